"""What a stream goes on with when memory runs out: one setting less at a time."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from engine.errors import MemoryShortError
from engine.frames import Frame, Pixels, Size, StyledFrame
from engine.interfaces import Translator
from engine.memory_ladder import lower_caches, lower_steps, smaller_sizes
from engine.settings import BuildSettings, LiveSettings

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


class ScaledTranslator:
    """A translator that works at a smaller size than the frames that come and go."""

    def __init__(self, inner: Translator, outer: Size, within: Size) -> None:
        self._inner, self._outer, self._within = inner, outer, within

    @property
    def warm_up_progress(self) -> tuple[int, int]:
        return self._inner.warm_up_progress

    @property
    def seconds_until_ready(self) -> float:
        return self._inner.seconds_until_ready

    def step(self, frame: Frame) -> Sequence[StyledFrame]:
        small = replace(frame, pixels=_resized(frame.pixels, self._within))
        return self._enlarged(self._inner.step(small))

    def take_finished(self, *, wait: bool = False) -> Sequence[StyledFrame]:
        return self._enlarged(self._inner.take_finished(wait=wait))

    def on_ready(self, ready: Callable[[], None]) -> None:
        self._inner.on_ready(ready)

    def flush(self) -> Sequence[StyledFrame]:
        return self._enlarged(self._inner.flush())

    def apply(self, settings: LiveSettings) -> None:
        self._inner.apply(settings)

    def render_still(self, pixels: Pixels, settings: LiveSettings) -> Generator[None, None, Pixels]:
        styled = yield from self._inner.render_still(_resized(pixels, self._within), settings)
        return _resized(styled, self._outer)

    def reset(self) -> None:
        self._inner.reset()

    def close(self) -> None:
        self._inner.close()

    def _enlarged(self, results: Sequence[StyledFrame]) -> list[StyledFrame]:
        return [replace(r, pixels=_resized(r.pixels, self._outer)) for r in results]


def _resized(pixels: Pixels, size: Size) -> Pixels:
    smaller = size.width < pixels.shape[1]
    way = cv2.INTER_AREA if smaller else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(pixels, (size.width, size.height), interpolation=way), np.uint8)
