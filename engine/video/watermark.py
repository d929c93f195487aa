"""The marks of every styled picture: the small "AI" in a corner, and the invisible one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.frames import Pixels, Size, StyledFrame, size_of
from engine.provenance.mark.embedding import add_mark, can_bear, prepare_mark
from engine.provenance.mark.payload import this_version

_SHARE = 0.055  # height of the badge in heights of the picture
_SMALLEST = 18  # pixels: below this the letters cannot be read
_FINER = 4  # drawn larger by this factor, then scaled down, for smooth edges


class Corner(Enum):
    """Where the mark sits."""

    TOP_LEFT = "top left"
    TOP_RIGHT = "top right"
    BOTTOM_LEFT = "bottom left"
    BOTTOM_RIGHT = "bottom right"


@dataclass(frozen=True, slots=True)
class AiWatermark:
    """Says that the picture is AI-generated: `shown` to viewers, `invisible` to programs."""

    corner: Corner = Corner.BOTTOM_RIGHT
    shown: bool = True
    invisible: bool = True

    def prepare(self, size: Size) -> None:
        """Compute what pictures of this size are marked with; it takes a moment."""
        if self.invisible:
            prepare_mark(size, this_version())

    def stamp(self, frame: StyledFrame) -> StyledFrame:
        """The frame with its marks; the frame itself where both are off, or for an original."""
        if frame.original or not (self.shown or self.invisible):
            return frame
        pixels = self.draw(frame.pixels) if self.shown else frame.pixels
        marked = self.invisible and can_bear(size_of(pixels))
        if marked:
            own = pixels is not frame.pixels  # one copy is enough for both
            pixels = add_mark(pixels, frame.number, this_version(), in_place=own)
        return replace(frame, pixels=pixels, marked=marked)

    def draw(self, pixels: Pixels) -> Pixels:
        """A copy of the picture with the visible mark; one too small for it comes back as it is."""
        height, width = pixels.shape[:2]
        badge = _badge(max(round(height * _SHARE), _SMALLEST))
        rows, columns = badge.weight.shape[:2]
        margin = rows // 2
        if rows + 2 * margin > height or columns + 2 * margin > width:
            return pixels
        top = margin if "top" in self.corner.value else height - margin - rows
        left = margin if "left" in self.corner.value else width - margin - columns
        marked = pixels.copy()
        area = marked[top : top + rows, left : left + columns]
        area[:] = (area * badge.weight + badge.ink).astype(np.uint8)
        return marked


@dataclass(frozen=True, slots=True)
class _Badge:
    """A picture to lay over another one: result = below * weight + ink.

    weight: (height, width, 1) in 0..1. ink: (height, width, 3) in 0..255.
    """

    weight: NDArray[np.float32]
    ink: NDArray[np.float32]


@lru_cache(maxsize=4)
def _badge(height: int) -> _Badge:
    """White letters on a dark, half clear pill of this height."""
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415 - the window must be up first

    tall, wide = height * _FINER, round(height * 1.55) * _FINER
    image = Image.new("RGBA", (wide, tall), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    line = max(tall // 16, 1)
    pen.rounded_rectangle(
        (line // 2, line // 2, wide - line // 2 - 1, tall - line // 2 - 1),
        radius=tall // 3,
        fill=(18, 20, 26, 165),
        outline=(255, 255, 255, 190),
        width=line,
    )
    font = ImageFont.load_default(size=tall * 0.66)
    pen.text((wide / 2, tall / 2), "AI", font=font, fill=(255, 255, 255, 240), anchor="mm")
    small = image.resize((wide // _FINER, height), Image.Resampling.LANCZOS)
    rgba = np.asarray(small, dtype=np.float32)
    opacity = rgba[..., 3:] / np.float32(255)
    return _Badge(weight=np.float32(1) - opacity, ink=rgba[..., :3] * opacity)
