"""Lowers one setting at a time when memory runs out, so that the stream can continue."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.errors import MemoryShortError
from engine.memory_ladder import lower_caches, lower_steps, smaller_sizes
from engine.settings import BuildSettings, LiveSettings

_REMEDY = "Close other programs, or choose this setting from the start."


@dataclass(frozen=True, slots=True)
class MemoryLimits:
    """Limits of a stream. steps: of denoising, however many are requested."""

    build: BuildSettings
    steps: int

    def within(self, live: LiveSettings) -> LiveSettings:
        """These settings, with no more steps than allowed."""
        return live if live.steps <= self.steps else replace(live, steps=self.steps)


def next_lower_setting(limits: MemoryLimits) -> tuple[MemoryLimits, MemoryShortError] | None:
    """The next setting of `engine.memory_ladder`, and its message; None at the end."""
    build = limits.build
    for cache in lower_caches(build.cache):
        error = MemoryShortError(
            "Memory ran out; the stream goes on with past frames kept in 8 bits.", _REMEDY
        )
        return replace(limits, build=replace(build, cache=cache)), error
    for steps in lower_steps(limits.steps):
        error = MemoryShortError(
            "Memory ran out; the stream goes on with denoising steps: {steps}.",
            _REMEDY,
            steps=steps,
        )
        return replace(limits, steps=steps), error
    for size in smaller_sizes(build.size):
        error = MemoryShortError(
            "Memory ran out; the stream goes on at {size}, enlarged.", _REMEDY, size=size
        )
        return replace(limits, build=replace(build, size=size)), error
    return None
