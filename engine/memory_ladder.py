"""What to give up when memory runs short, in this order: precision of past frames, steps, size."""

from __future__ import annotations

from collections.abc import Iterator

from engine.frames import Size
from engine.settings import PIXELS_PER_LATENT, CachePrecision

SIDE_STEP = 64
"""The shorter side of a smaller size is a multiple of this."""

SMALLEST_SIDE = 256
"""Below this, pictures are no longer worth having."""


def lower_caches(cache: CachePrecision) -> tuple[CachePrecision, ...]:
    """The precisions of past frames that take less memory."""
    return (CachePrecision.INT8,) if cache is CachePrecision.SAME else ()


def lower_steps(steps: int) -> range:
    """Fewer denoising steps, one less at a time."""
    return range(steps - 1, 0, -1)


def smaller_sizes(size: Size) -> Iterator[Size]:
    """Smaller sizes of about the same shape, down to 256 on the shorter side."""
    shorter = min(size.width, size.height)
    for side in range((shorter - 1) // SIDE_STEP * SIDE_STEP, SMALLEST_SIDE - 1, -SIDE_STEP):
        scale = side / shorter
        yield Size(_aligned(size.width * scale), _aligned(size.height * scale))


def _aligned(side: float) -> int:
    return round(side / PIXELS_PER_LATENT) * PIXELS_PER_LATENT
