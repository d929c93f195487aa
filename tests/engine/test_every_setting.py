"""Every setting has its range, its option and its widget; a new field without one fails here."""

from __future__ import annotations

from dataclasses import fields, replace
from enum import Enum
from typing import get_args

import pytest

from cli.options import RunOptions
from engine.errors import SettingError
from engine.events import Event, ProgressKind, SessionState
from engine.frames import Size
from engine.memory_ladder import SMALLEST_SIDE, lower_caches, lower_steps, smaller_sizes
from engine.session.commands import Command
from engine.session.engine_thread import EngineThread
from engine.settings import (
    FORMER_NAMES,
    MAX_SEED,
    MAX_SIDE,
    MAX_STEPS,
    Blend,
    BuildSettings,
    CachePrecision,
    Character,
    FitMode,
    InputSettings,
    Interpolation,
    LiveSettings,
    Precision,
    parse_size,
)

RANGES = {
    "strength": ("Strength", 0.2, 1.0),
    "steps": ("The number of steps", 1, MAX_STEPS),
    "structure": ("Structure", 0.0, 1.5),
    "noise_consistency": ("Noise consistency", 0.0, 1.0),
    "flicker_reduction": ("Flicker reduction", 0.0, 0.9),
    "seed": ("The seed", 0, MAX_SEED),
}
NOT_NUMBERS = {
    *("style", "blend", "prompt", "character", "composition"),
    *("auto_framing", "interpolation"),
}
WITHOUT_OPTION = {"structure", "noise_consistency", "at_once", "resumed"}
"""Only the window has the first two; the session decides the last two."""


def names(settings: type) -> set[str]:
    return {field.name for field in fields(settings)}


def live(name: str, value: float) -> LiveSettings:
    """The defaults but for one setting."""
    return replace(LiveSettings(), **{name: value})  # type: ignore[arg-type]


def test_every_live_number_has_a_range() -> None:
    assert names(LiveSettings) == set(RANGES) | NOT_NUMBERS


@pytest.mark.parametrize("name", RANGES)
def test_both_ends_of_a_range_are_in_it(name: str) -> None:
    for end in RANGES[name][1:]:
        assert getattr(live(name, end), name) == end


@pytest.mark.parametrize("name", RANGES)
@pytest.mark.parametrize("end", ["low", "high"])
def test_what_lies_beyond_is_told_with_its_range(name: str, end: str) -> None:
    title, low, high = RANGES[name]
    value = low - 1 if end == "low" else high + 1
    with pytest.raises(SettingError) as caught:
        live(name, value)
    told, least, most = (f"{figure:.12g}" for figure in (value, low, high))
    assert caught.value.message == f"{title} is {told}, but must lie between {least} and {most}."
    assert caught.value.remedy == f"Choose a value from {least} to {most}."


@pytest.mark.parametrize("name", RANGES)
def test_what_is_no_number_is_in_no_range(name: str) -> None:
    with pytest.raises(SettingError):
        live(name, float("nan"))


@pytest.mark.parametrize("weight", [-0.01, 1.01])
def test_a_blend_weighs_between_nothing_and_all(weight: float) -> None:
    with pytest.raises(SettingError, match="weight of the blend"):
        Blend("ink", weight)


@pytest.mark.parametrize("settings", [LiveSettings, BuildSettings, Character])
def test_every_setting_has_an_option(settings: type) -> None:
    own = names(settings) - {"character", "composition"}  # theirs have options of their own
    assert own - names(RunOptions) - WITHOUT_OPTION == set()


def test_settings_of_older_files_have_one_name_each_today() -> None:
    assert FORMER_NAMES == {"smoothness": "noise_consistency", "steadiness": "flicker_reduction"}
    assert set(FORMER_NAMES.values()) <= names(LiveSettings)


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_pictures_are_rotated_by_quarters(angle: int) -> None:
    assert InputSettings(rotate=angle).rotate == angle


@pytest.mark.parametrize("angle", [45, -90, 360])
def test_any_other_angle_is_refused(angle: int) -> None:
    with pytest.raises(SettingError) as caught:
        InputSettings(rotate=angle)
    assert caught.value.message == f"A picture cannot be rotated by {angle} degrees."
    assert caught.value.remedy == "Choose 0, 90, 180 or 270."


@pytest.mark.parametrize("size", [Size(64, 64), Size(MAX_SIDE, MAX_SIDE), Size(64, MAX_SIDE)])
def test_the_smallest_and_the_largest_sizes_are_supported(size: Size) -> None:
    assert BuildSettings(size=size).size == size


@pytest.mark.parametrize(
    ("size", "name", "side"),
    [(Size(60, 64), "width", 60), (Size(64, 2056), "height", 2056), (Size(56, 64), "width", 56)],
)
def test_other_sizes_are_refused_by_the_side_that_is_wrong(
    size: Size, name: str, side: int
) -> None:
    with pytest.raises(SettingError) as caught:
        BuildSettings(size=size)
    assert caught.value.message == f"The {name} {side} is not supported."
    assert caught.value.remedy == "Use multiples of 8 from 64 to 2048, such as 512x512."


@pytest.mark.parametrize("text", ["512x384", "512X384", " 512 x 384 ", "512×384"])
def test_a_size_is_read_however_it_is_written(text: str) -> None:
    assert parse_size(text) == Size(512, 384)


@pytest.mark.parametrize(
    "kind", [CachePrecision, Precision, FitMode, Interpolation, SessionState, ProgressKind]
)
def test_the_words_of_files_and_of_the_command_line_are_plain(kind: type[Enum]) -> None:
    values = [str(member.value) for member in kind]
    assert len(set(values)) == len(values)
    assert all(value == value.lower().strip() != "" for value in values)


@pytest.mark.parametrize("command", get_args(Command), ids=lambda command: command.__name__)
def test_every_command_is_handled_by_the_engine_thread(command: type) -> None:
    """Its one `match` names every command by its class."""
    assert command.__name__ in EngineThread._run_command.__code__.co_names


@pytest.mark.parametrize("kind", [*get_args(Command), *get_args(Event)])
def test_commands_and_events_cannot_be_changed_on_their_way(kind: type) -> None:
    assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined]


@pytest.mark.parametrize("cache", CachePrecision)
def test_past_frames_are_given_up_once(cache: CachePrecision) -> None:
    lower = lower_caches(cache)
    assert cache not in lower
    assert all(lower_caches(each) == () for each in lower)


def test_steps_are_given_up_one_at_a_time() -> None:
    assert list(lower_steps(4)) == [3, 2, 1]
    assert list(lower_steps(1)) == []


@pytest.mark.parametrize("size", [Size(512, 512), Size(1280, 720), Size(360, 640), Size(300, 256)])
def test_smaller_sizes_are_valid_and_become_ever_smaller(size: Size) -> None:
    sizes = list(smaller_sizes(size))
    shorter = [min(each.width, each.height) for each in sizes]
    assert shorter == sorted(set(shorter), reverse=True)
    assert all(side >= SMALLEST_SIDE for side in shorter)
    assert all(BuildSettings(size=each).size == each for each in sizes)
    assert not sizes or shorter[-1] == SMALLEST_SIDE
