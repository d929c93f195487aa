"""What a stream goes on with when memory runs out: one setting less at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.errors import MemoryShortError
from engine.frames import Size
from engine.settings import BuildSettings, CachePrecision, LiveSettings

SMALLEST_SIDE = 256
SIDE_STEP = 64
_REMEDY = "Close other programs, or choose this setting from the start."


@dataclass(frozen=True, slots=True)
class MemoryLimits:
    """What a stream may take at most. steps: denoising steps, however many are asked for."""

    build: BuildSettings
    steps: int

    def within(self, live: LiveSettings) -> LiveSettings:
        """These settings with no more steps than may be."""
        return live if live.steps <= self.steps else replace(live, steps=self.steps)


def next_lower_setting(limits: MemoryLimits) -> tuple[MemoryLimits, MemoryShortError] | None:
    """The next lesser setting, and the words for it; None where there is none.

    The precision of the window goes first, then steps, then the size.
    """
    build = limits.build
    if build.cache is CachePrecision.SAME:
        told = MemoryShortError(
            "Memory ran out; the stream goes on with past frames kept in 8 bits.", _REMEDY
        )
        return replace(limits, build=replace(build, cache=CachePrecision.INT8)), told
    if limits.steps > 1:
        steps = limits.steps - 1
        told = MemoryShortError(
            "Memory ran out; the stream goes on with denoising steps: {steps}.",
            _REMEDY,
            steps=steps,
        )
        return replace(limits, steps=steps), told
    if (size := _smaller(build.size)) is None:
        return None
    told = MemoryShortError(
        "Memory ran out; the stream goes on at {size}, enlarged.", _REMEDY, size=size
    )
    return replace(limits, build=replace(build, size=size)), told


def _smaller(size: Size) -> Size | None:
    """About the same shape with the shorter side 64 less, sides multiples of 8."""
    shorter = min(size.width, size.height)
    if shorter <= SMALLEST_SIDE:
        return None
    scale = max(shorter - SIDE_STEP, SMALLEST_SIDE) / shorter
    return Size(round(size.width * scale / 8) * 8, round(size.height * scale / 8) * 8)
