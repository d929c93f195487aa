"""Which sizes suit a picture: of what leaves the program, and of what the model computes."""

from __future__ import annotations

import math
from collections.abc import Iterator

from engine.errors import SettingError, TranslatableValue
from engine.frames import Size
from engine.settings import MAX_SIDE, PIXELS_PER_LATENT, check_range, parse_size

AUTOMATIC = "auto"
"""The word for a size that the program finds itself."""

SMALLEST_SIDE, LARGEST_SIDE = 64, 4096
"""Limits of an output's sides, in pixels; they are even, as video formats require."""

_NEARLY = 1.2
"""A picture with this many times the pixels is computed as it is: enlarging would gain nothing."""

_SHAPE_COUNTS = 4.0
"""How much more the shape of the engine's picture counts than its number of pixels."""


_WHOLE_COUNTS = 0.15
"""What it is worth, in the same terms, if the picture is a whole number of times as large: it is
then shrunk in an eighth of the time, and its shape is met exactly."""


def parse_output_size(text: str) -> Size | None:
    """Read "WIDTHxHEIGHT", or "auto" as None. Raises SettingError."""
    if text.strip().lower() == AUTOMATIC:
        return None
    size = parse_size(text)
    check_range(TranslatableValue("The output's width"), size.width, SMALLEST_SIDE, LARGEST_SIDE)
    check_range(TranslatableValue("The output's height"), size.height, SMALLEST_SIDE, LARGEST_SIDE)
    if size.width % 2 or size.height % 2:
        raise SettingError(
            "The output cannot be {size}: video formats need even sides.",
            "Use even numbers, such as 1280x720.",
            size=size,
        )
    return size


def own_shape(source: Size, rotate: int, largest: Size | None = None) -> Size:
    """The size of a source's whole picture, with even sides.

    rotate: clockwise, in degrees. largest: its number of pixels is the limit, whatever the shape.
    """
    if rotate in (90, 270):
        source = Size(source.height, source.width)
    scale = 1.0
    if largest is not None:
        scale = min(1.0, math.sqrt(_area(largest) / _area(source)))
    return Size(*(_even(side * scale) for side in (source.width, source.height)))


def engine_size(picture: Size, pixels: int) -> Size:
    """The engine's size for a picture: its shape, about this many pixels, and no more than it has.

    Sides are multiples of 8, so the shape may be off by a little; the result is scaled back.
    """
    pixels = _area(picture) if _area(picture) <= _NEARLY * pixels else pixels
    aspect = picture.width / picture.height

    def misfit(size: Size) -> float:
        shape = abs(math.log(size.width / size.height / aspect))
        times, beyond = divmod(picture.width, size.width)
        whole = beyond == 0 and times * size.height == picture.height
        amount = abs(math.log(_area(size) / pixels))
        return _SHAPE_COUNTS * shape + amount - _WHOLE_COUNTS * whole

    return min(_candidates(aspect, pixels), key=misfit)


def _candidates(aspect: float, pixels: int) -> Iterator[Size]:
    """Sizes of about this shape and number of pixels."""
    middle = math.sqrt(pixels / aspect) / PIXELS_PER_LATENT
    for rows in range(math.floor(middle * 0.85), math.ceil(middle * 1.15) + 1):
        columns = round(rows * aspect)
        yield Size(_side(columns * PIXELS_PER_LATENT), _side(rows * PIXELS_PER_LATENT))


def _side(side: int) -> int:
    """The nearest side that the engine supports."""
    return min(max(side, SMALLEST_SIDE), MAX_SIDE)


def _even(side: float) -> int:
    return min(max(2 * round(side / 2), SMALLEST_SIDE), LARGEST_SIDE)


def _area(size: Size) -> int:
    return size.width * size.height
