"""The engine's size has the picture's shape; the output's is even."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import SettingError
from engine.frames import Size
from engine.picture_sizes import engine_size, own_shape, parse_output_size
from engine.settings import BuildSettings

SIDES = st.integers(64, 4096)


@pytest.mark.parametrize(
    ("picture", "engine"),
    [
        (Size(1280, 720), Size(640, 360)),
        (Size(1920, 1080), Size(640, 360)),
        (Size(720, 1280), Size(360, 640)),
        (Size(1440, 1080), Size(552, 416)),
        (Size(600, 600), Size(480, 480)),
        (Size(640, 360), Size(640, 360)),
        (Size(128, 96), Size(128, 96)),
    ],
)
def test_it_has_the_shape_of_the_picture(picture: Size, engine: Size) -> None:
    assert engine_size(picture, 640 * 360) == engine


def test_a_size_of_which_the_picture_is_a_multiple_is_preferred() -> None:
    assert engine_size(Size(1280, 720), 512 * 512) == Size(640, 360)
    assert engine_size(Size(1280, 720), 400 * 400) != Size(640, 360)


def test_a_picture_that_is_hardly_larger_is_computed_as_it_is() -> None:
    assert engine_size(Size(640, 480), 512 * 512) == Size(640, 480)


@given(SIDES, SIDES, st.sampled_from([512 * 288, 640 * 360, 1280 * 720]))
def test_any_picture_has_a_size_that_the_engine_supports(
    width: int, height: int, pixels: int
) -> None:
    size = engine_size(Size(width, height), pixels)
    assert BuildSettings(size=size).size == size


@pytest.mark.parametrize(
    ("source", "rotate", "largest", "own"),
    [
        (Size(1920, 1080), 0, None, Size(1920, 1080)),
        (Size(1920, 1080), 90, None, Size(1080, 1920)),
        (Size(1920, 1080), 0, Size(1280, 720), Size(1280, 720)),
        (Size(1080, 1920), 0, Size(1280, 720), Size(720, 1280)),
        (Size(640, 480), 0, Size(1280, 720), Size(640, 480)),
        (Size(641, 479), 0, None, Size(640, 480)),
        (Size(10, 2), 0, None, Size(64, 64)),
    ],
)
def test_the_whole_picture_keeps_its_shape(
    source: Size, rotate: int, largest: Size | None, own: Size
) -> None:
    assert own_shape(source, rotate, largest) == own


def test_auto_is_no_size() -> None:
    assert parse_output_size(" Auto ") is None
    assert parse_output_size("1280x720") == Size(1280, 720)


@pytest.mark.parametrize("text", ["wide", "1281x720", "32x720", "1280x9000"])
def test_an_output_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(SettingError):
        parse_output_size(text)
