"""Rates and latencies of the stream over its last seconds. Bounded, however long it runs."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np

from engine.events import Stats

SPAN = 10.0
"""Seconds that the figures cover."""

_MOST = 4096
"""Number of frames kept at most: 10 s at 400 frames/s."""


@dataclass(frozen=True, slots=True)
class Timing:
    """When a frame passed each stage, in `time.monotonic()` seconds.

    captured: read from the source. started: the engine began. styled: the engine was done. due: its
    turn came, which takes a while where frames are interpolated. delivered: every sink has
    received it. away: the share of a line to another computer in the engine's time, in seconds.
    """

    captured: float
    started: float
    styled: float
    due: float
    delivered: float
    away: float = 0.0

    @property
    def latency(self) -> float:
        """Seconds from capture to delivery."""
        return self.delivered - self.captured


class StreamStatistics:
    """Records frames in and frames out; `stats` sums them up. Interpolated pictures are counted
    apart.

    Each method may be called on a different thread: `stats` works on copies.
    """

    def __init__(self) -> None:
        self._out: deque[Timing] = deque(maxlen=_MOST)
        self._in: deque[float] = deque(maxlen=_MOST)
        self._between: deque[float] = deque(maxlen=_MOST)
        self._first: Timing | None = None
        self._last = 0.0
        self._at_once = 0
        self.frames_in = 0
        self.frames_out = 0
        self.interpolated = 0

    def frame_in(self, now: float) -> None:
        """A frame has arrived from the source."""
        self._in.append(now)
        self.frames_in += 1

    def frame_out(self, timing: Timing) -> None:
        """A frame has been delivered."""
        self._out.append(timing)
        self._first, self._last = self._first or timing, timing.delivered
        # those of a warm-up are finished together: only what follows them has a rate
        self._at_once += timing.styled == self._first.styled
        self.frames_out += 1

    def interpolated_out(self, now: float) -> None:
        """A picture has been delivered that lies between two frames."""
        self._between.append(now)
        self.interpolated += 1

    def stats(self, now: float, dropped: int) -> Stats:
        """Figures of the last 10 s; zeros if there was nothing."""
        recent = [timing for timing in tuple(self._out) if timing.delivered > now - SPAN]
        between = sum(moment > now - SPAN for moment in tuple(self._between))
        p50, p95 = self._percentiles([timing.latency for timing in recent])
        return Stats(
            latency_p50_ms=p50,
            latency_p95_ms=p95,
            capture_ms=_mean_ms([t.started - t.captured for t in recent]),
            engine_ms=_mean_ms([t.styled - t.started - t.away for t in recent]),
            publish_ms=_mean_ms([t.delivered - t.due for t in recent]),
            fps_in=_rate([moment for moment in tuple(self._in) if moment > now - SPAN]),
            fps_out=_rate([timing.delivered for timing in recent]),
            dropped=dropped,
            frames_out=self.frames_out,
            fps_overall=self._overall(),
            interpolated=self.interpolated,
            interpolation_ms=_mean_ms([t.due - t.styled for t in recent]),
            fps_interpolated=_frequency(between, recent),
            network_ms=_mean_ms([t.away for t in recent]),
        )

    def _overall(self) -> float:
        """Frames per second since the first styled frame."""
        later = self.frames_out - self._at_once
        span = self._last - self._first.styled if self._first is not None else 0.0
        return later / span if later and span > 0.0 else 0.0

    @staticmethod
    def _percentiles(seconds: list[float]) -> tuple[float, float]:
        if not seconds:
            return 0.0, 0.0
        p50, p95 = np.percentile(seconds, (50, 95)) * 1000.0
        return float(p50), float(p95)


def _mean_ms(seconds: list[float]) -> float:
    return 1000.0 * sum(seconds) / len(seconds) if seconds else 0.0


def _frequency(count: int, timings: list[Timing]) -> float:
    """Events per second in the time of these frames."""
    span = timings[-1].delivered - timings[0].delivered if timings else 0.0
    return count / span if span > 0.0 else 0.0


def _rate(moments: list[float]) -> float:
    """Events per second between the first and the last of these."""
    if len(moments) < 2 or moments[-1] <= moments[0]:
        return 0.0
    return (len(moments) - 1) / (moments[-1] - moments[0])
