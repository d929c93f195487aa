"""What a command changes in the settings, for everyone who carries commands out."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from engine.control.commands import Adjust, SetBlend, SetInput, SetMark
from engine.errors import SettingError
from engine.settings import Blend, LiveSettings


def given(command: Adjust | SetMark | SetInput) -> dict[str, Any]:
    """The words of a command that are there."""
    words = {field.name: getattr(command, field.name) for field in fields(command)}
    return {name: word for name, word in words.items() if word is not None}


def blended(live: LiveSettings, wanted: SetBlend) -> LiveSettings:
    """The settings with another blend; whether its style exists is not asked. Raises SettingError
    where there is no second style.
    """
    former = live.blend or Blend("", 0.5)
    style = former.style if wanted.style is None else wanted.style
    weight = former.weight if wanted.weight is None else wanted.weight
    if style == live.style or (not style and wanted.style is None):
        raise SettingError(
            "There is no second style to blend in.", "Name one that is not the first."
        )
    return replace(live, blend=Blend(style, weight) if style else None)


def next_style(names: tuple[str, ...], chosen: str, by: int) -> str:
    """The style `by` places on, and from the last to the first."""
    index = names.index(chosen) if chosen in names else -1
    return names[(index + by) % len(names)]
