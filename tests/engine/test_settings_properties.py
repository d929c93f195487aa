"""Settings are valid exactly within their ranges, and sizes are read as they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import SettingError
from engine.frames import Size
from engine.settings import (
    MAX_SEED,
    MAX_SIDE,
    BuildSettings,
    Character,
    LiveSettings,
    Rgb,
    colour_text,
    parse_colour,
    parse_size,
)

RANGES = {
    "strength": (0.2, 1.0),
    "structure": (0.0, 1.5),
    "noise_consistency": (0.0, 1.0),
    "flicker_reduction": (0.0, 0.9),
    "steps": (1, 8),
    "seed": (0, MAX_SEED),
}
NUMBERS = st.floats(-2, 2) | st.integers(-2, 2**33) | st.just(float("nan"))


def accepts(**fields: object) -> bool:
    try:
        LiveSettings(**fields)  # type: ignore[arg-type]
    except SettingError:
        return False
    return True


@pytest.mark.parametrize("name", RANGES)
@given(value=NUMBERS)
def test_a_setting_takes_its_range_and_nothing_else(name: str, value: float) -> None:
    low, high = RANGES[name]
    assert accepts(**{name: value}) is (low <= value <= high)


CHARACTER_RANGES = {"eye_size": (1.0, 1.8), "blush": (0.0, 2.0), "line_weight": (0.4, 2.5)}


@pytest.mark.parametrize("name", CHARACTER_RANGES)
@given(value=st.floats(-1, 4) | st.just(float("nan")))
def test_a_characters_setting_takes_its_range_and_nothing_else(name: str, value: float) -> None:
    low, high = CHARACTER_RANGES[name]
    assert is_character(**{name: value}) is (low <= value <= high)


@given(st.tuples(*3 * [st.integers(-100, 400)]))
def test_a_colour_is_three_bytes(colour: Rgb) -> None:
    valid = all(0 <= value <= 255 for value in colour)
    assert is_character(eye_colour=colour) is valid
    assert is_character(hair_colour=colour) is valid


def is_character(**fields: object) -> bool:
    try:
        Character(**fields)  # type: ignore[arg-type]
    except SettingError:
        return False
    return True


@given(st.tuples(*3 * [st.integers(0, 255)]))
def test_a_colour_is_read_as_it_is_written(colour: Rgb) -> None:
    text = colour_text(colour)
    assert {parse_colour(text), parse_colour(text.upper()), parse_colour(text[1:])} == {colour}


@given(st.text())
def test_any_text_is_a_colour_or_an_error_that_shows_it(text: str) -> None:
    assert colour_complaint(text) in {"", f"'{text}' is not a colour."}


def colour_complaint(text: str) -> str:
    try:
        Character(eye_colour=parse_colour(text))
    except SettingError as error:
        return error.message
    return ""


def test_a_character_tells_what_was_chosen_and_nothing_else() -> None:
    assert Character().chosen() == {}
    chosen = Character(eye_size=1.6, hair_colour=(255, 0, 16), blush=0.0).chosen()
    assert chosen == {"eye_size": "1.6", "hair_colour": "#ff0010", "blush": "0"}


@given(st.integers(0, 99999), st.integers(0, 99999))
def test_a_size_is_read_as_it_is_written(width: int, height: int) -> None:
    assert parse_size(str(Size(width, height))) == Size(width, height)


def complaint(text: str) -> str:
    try:
        parse_size(text)
    except SettingError as error:
        return error.message
    return ""


@given(st.text())
def test_any_text_is_a_size_or_an_error_that_shows_it(text: str) -> None:
    assert complaint(text) in {"", f"'{text}' is not a valid size."}


@given(st.integers(0, 3000), st.integers(0, 3000))
def test_the_engine_takes_multiples_of_8_up_to_the_largest_side(width: int, height: int) -> None:
    valid = all(side % 8 == 0 and 64 <= side <= MAX_SIDE for side in (width, height))
    try:
        BuildSettings(size=Size(width, height))
    except SettingError:
        assert not valid
    else:
        assert valid
