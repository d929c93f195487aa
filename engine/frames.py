"""Pictures on their way through the program. Raw and finished ones are different types.

A sink takes `StyledFrame` alone, so the type checker proves that no code path hands a
raw camera frame to the virtual camera or to a recording by mistake.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
"""(height, width, 3) RGB, 0..255, C-contiguous."""


@dataclass(frozen=True, slots=True)
class Span:
    """When a picture of a film is shown: from `begin` to `end`, in seconds after the film's start.

    last: nothing follows, so that it stays for as long as the film's sound goes on.
    """

    begin: float
    end: float
    last: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture as the source gave it.

    number counts from 0 for each opened source; captured_at is `time.monotonic()` seconds. span:
    its place in the film it comes from; None where it comes from none.
    """

    pixels: Pixels
    number: int
    captured_at: float
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Motion:
    """How a picture has moved since an earlier one of the same stream.

    since: the number of that one. offsets: from places of the picture to where they were, in its
    pixels, (h, w, 2), x then y, at any smaller size. confidence: of each, (h, w), 0..1.
    """

    since: int
    offsets: NDArray[np.float32]
    confidence: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class StyledFrame:
    """A picture fit to go out: made by the translator, or an original the user asked to show.

    number, captured_at and span are those of the frame it was made from. original is true only for
    the knowingly chosen bypass. marked: it bears the invisible mark. motion: since the result
    before; None where it is not known, or what is shown has changed otherwise. interpolated: it
    lies between two results of the translator, and so do its number and captured_at. away: seconds
    of its way to another computer and back, without the work there.
    """

    pixels: Pixels
    number: int
    captured_at: float
    original: bool = False
    span: Span | None = None
    marked: bool = False
    motion: Motion | None = None
    interpolated: bool = False
    away: float = 0.0


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in pixels."""

    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.width}x{self.height}"


def size_of(pixels: Pixels) -> Size:
    """The size of a picture (height, width, 3)."""
    return Size(pixels.shape[1], pixels.shape[0])
