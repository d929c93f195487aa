"""A moving test pattern in unmistakable colours, the same on every machine."""

from __future__ import annotations

import numpy as np

from engine.frames import Pixels, Size
from engine.video.sources.generated import DrawFrame, GeneratedSource

DEFAULT_SIZE = Size(640, 480)
BARS = np.array(
    [(235, 20, 20), (20, 200, 20), (20, 20, 235), (235, 220, 20), (220, 20, 220), (20, 220, 220)],
    dtype=np.uint8,
)
"""The colours of the bars, from left to right in frame 0."""
SPEED = 4
"""Pixels that the bars move to the left from one frame to the next."""


def synthetic_source(
    size: Size = DEFAULT_SIZE, *, fps: float = 30.0, frames: int | None = None, live: bool = True
) -> GeneratedSource:
    """Coloured bars that wander to the left, with a white square that crosses them."""
    return GeneratedSource(
        "synthetic",
        lambda: _pattern(size),
        size=size,
        fps=fps,
        frames=frames,
        live=live,
    )


def _pattern(size: Size) -> DrawFrame:
    columns = np.arange(size.width) * len(BARS) // size.width
    bars = np.ascontiguousarray(np.broadcast_to(BARS[columns], (size.height, size.width, 3)))
    side = max(size.height // 8, 1)

    def draw(number: int) -> Pixels:
        picture: Pixels = np.roll(bars, -SPEED * number, axis=1)
        x = (2 * SPEED * number) % max(size.width - side, 1)
        y = (SPEED * number) % max(size.height - side, 1)
        picture[y : y + side, x : x + side] = 255
        return picture

    return draw
