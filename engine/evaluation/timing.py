"""Times the work of a translator, without what happens between its calls."""

from __future__ import annotations

import time
from collections.abc import Sequence
from statistics import median

import psutil

from engine.frames import Frame, Pixels, StyledFrame
from engine.interfaces import Translator, Wait


class Stopwatch:
    """Feeds pictures to a translator and times it, without the warm-up.

    The clock is stopped between calls: a frame's latency is how long the translator was busy
    from the frame's arrival to its result, also where steps run as a batch and the result is late.

    overlapping: let the translator work on neighbouring frames at the same time, if it can. Only
    for callers that do nothing between calls: work that went on meanwhile would not be timed.
    """

    def __init__(self, translator: Translator, *, overlapping: bool = False) -> None:
        self._translator, self._overlapping = translator, overlapping
        self._now = 0.0
        self._warm = False
        self._number = 0
        self._work: list[float] = []
        self._latencies: list[float] = []
        self._peak = 0

    def step(self, pixels: Pixels) -> Sequence[StyledFrame]:
        """Submit the next picture (H, W, 3) of the stream; returns what is finished."""
        began = time.perf_counter()
        self._translator.submit(Frame(pixels, self._number, captured_at=self._now))
        wait = Wait.NOTHING if self._overlapping else Wait.SUBMITTED
        results = self._translator.take_finished(wait)
        spent = time.perf_counter() - began
        self._now += spent
        self._number += 1
        if self._warm:
            self._work.append(spent)
            self._latencies += [self._now - result.captured_at for result in results]
        self._warm = self._warm or bool(results)
        self._peak = max(self._peak, psutil.Process().memory_info().rss)
        return results

    def forget(self) -> None:
        """Discard the times so far; the stream continues."""
        self._work.clear()
        self._latencies.clear()

    def restart(self) -> None:
        """Start another clip; the figures continue."""
        self._translator.reset()
        self._warm = False

    @property
    def frames(self) -> int:
        """Frames that have been timed."""
        return len(self._work)

    @property
    def fps(self) -> float:
        """Frames per second of the stream; 0 before the first timed frame."""
        return len(self._work) / sum(self._work) if self._work else 0.0

    @property
    def latency_ms(self) -> float:
        """Median time from a picture to its result; 0 before the first."""
        return 1000.0 * median(self._latencies) if self._latencies else 0.0

    @property
    def peak_memory_mb(self) -> float:
        """The peak memory of the process after a frame, in MB."""
        return self._peak / 1e6
