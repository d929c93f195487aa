"""What was set while a film was made: at its beginning, and what was changed on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

MOST_CHANGES = 100
"""So many are listed; the last one then says how it was in the end, and how many are not."""
SETTLED_S = 1.0
"""Changes within this time count as one: a slider is moved in many steps."""
_SAID = ("strength", "steps", "blend", "styled", "behind", "engine_size")
"""Settings that the credentials name, what is unstyled among them. A prompt is the user's own
words, and stays out of them."""


class Made(Protocol):
    """How a picture was made."""

    @property
    def model(self) -> str: ...

    @property
    def style(self) -> str: ...

    @property
    def settings(self) -> Mapping[str, str]: ...


@dataclass(frozen=True, slots=True)
class Change:
    """said: what is set from this second of the film on. unlisted: how many changes came between
    the one before and this one, and are not listed.
    """

    second: float
    said: Mapping[str, str]
    unlisted: int = 0


def said_of(made: Made) -> dict[str, str]:
    """What the credentials say of the settings."""
    settings = {name: made.settings[name] for name in _SAID if name in made.settings}
    return {"model": made.model, "style": made.style, **settings}


class History:
    """Keeps what was set when. One thread notes, another one may read."""

    def __init__(self, made: Made) -> None:
        self.made = made
        self._changes: tuple[Change, ...] = ()

    @property
    def changes(self) -> tuple[Change, ...]:
        """What was changed after the beginning, in order."""
        return self._changes

    def note(self, second: float, made: Made) -> None:
        """From this second of the film on, this is set."""
        said = said_of(made)
        if second <= 0:
            self.made = made
        elif said != self._said_last():
            self._changes = self._without_way_back(self._with(second, said))

    def _said_last(self) -> Mapping[str, str]:
        return self._changes[-1].said if self._changes else said_of(self.made)

    def _with(self, second: float, said: Mapping[str, str]) -> tuple[Change, ...]:
        last = self._changes[-1] if self._changes else None
        if last is not None and second - last.second < SETTLED_S:
            return (*self._changes[:-1], replace(last, said=said))
        if last is not None and len(self._changes) == MOST_CHANGES:
            return (*self._changes[:-1], Change(second, said, last.unlisted + 1))
        return (*self._changes, Change(second, said))

    def _without_way_back(self, changes: tuple[Change, ...]) -> tuple[Change, ...]:
        """Without a last change that ends where the one before it was."""
        before = changes[-2].said if len(changes) > 1 else said_of(self.made)
        return changes[:-1] if changes[-1].said == before and not changes[-1].unlisted else changes
