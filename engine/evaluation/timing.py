"""Times a translator's own work, whatever happens between its calls."""

from __future__ import annotations

import time
from collections.abc import Sequence
from statistics import median

import psutil

from engine.frames import Frame, Pixels, StyledFrame
from engine.interfaces import Translator


class Stopwatch:
    """Feeds pictures to a translator and clocks it; the warm-up is left out.

    Time stands still between calls: a frame's latency is what the translator was busy for from
    the frame's arrival to its result, also where steps run as a batch and the result comes later.

    overlapping: neighbouring frames are worked on at a time, if the translator can. Only for
    callers that do nothing between calls, as work that went on meanwhile would not be clocked.
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
        """Hand over the next picture (H, W, 3) of the stream; gives what is finished."""
        began, came = time.perf_counter(), self._now
        results = list(self._translator.step(Frame(pixels, self._number, came)))
        if not self._overlapping:
            results += self._translator.take_finished(wait=True)
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
        """Leave out what was timed so far; the stream goes on."""
        self._work.clear()
        self._latencies.clear()

    def restart(self) -> None:
        """Another clip follows; the figures go on."""
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
        """The most memory that the process has had after a frame, in millions of bytes."""
        return self._peak / 1e6
