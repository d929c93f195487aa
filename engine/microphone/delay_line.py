"""Sound that comes out later than it went in, by a delay that may change without a click."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
"""(N,) of one channel, -1..1."""

LONGEST_S = 5.0
"""The longest delay that is kept up with."""

_FASTEST = 0.003
"""Share by which sound may run fast or slow while the delay changes: 5 cents, not heard."""
_PULL = 0.5
"""Seconds over which an error is made good, unless that would be too fast."""
_JUMPS_FROM_S = 0.04
_FADE_S = 0.05
_SMOOTHING = 0.1


class DelayLine:
    """Written at one end, read at the other, each in its own rhythm; nothing here waits.

    Both ends say when: readings follow the clock, so that it does not matter which of the two comes
    first, and the drift between two sound cards is made good as well. A small error is made good by
    running a little fast or slow, a large one by a cross-fade. Times are seconds of one monotonic
    clock.
    """

    def __init__(self, rate: int, delay: float) -> None:
        """rate: samples per second. delay: seconds, 0..LONGEST_S."""
        self._rate = rate
        self._ring = np.zeros(1 << int(np.ceil(np.log2((LONGEST_S + 1.0) * rate))), np.float32)
        self._written, self._written_at = 0, 0.0
        self._position: float | None = None
        self._error = 0.0
        self._target = 0.0
        self.aim_for(delay)

    @property
    def target(self) -> float:
        """The delay in seconds that is aimed for."""
        return self._target

    def aim_for(self, delay: float) -> None:
        """Move to this delay."""
        self._target = min(max(delay, 0.0), LONGEST_S)

    def forget(self) -> None:
        """Leave nothing of what was written."""
        self._ring.fill(0)
        self._position = None

    def write(self, samples: Samples, now: float) -> None:
        """Take samples whose last one has just been recorded."""
        index = (self._written + np.arange(len(samples))) & (len(self._ring) - 1)
        self._ring[index] = samples
        self._written += len(samples)
        self._written_at = now

    def read(self, count: int, now: float) -> Samples:
        """The next `count` samples, of which the last one is heard at `now`; silence before any."""
        if not self._written or not count:
            return np.zeros(count, np.float32)
        elapsed = min(max(now - self._written_at, 0.0), 1.0)
        wanted = self._written + (elapsed - self._target) * self._rate - count
        if self._position is None:
            self._position, self._error = wanted, 0.0
        error = wanted - self._position
        self._error += _SMOOTHING * (error - self._error)
        if min(abs(error), abs(self._error)) > _JUMPS_FROM_S * self._rate:
            return self._jump(wanted, count)
        speed = 1.0 + max(-_FASTEST, min(_FASTEST, self._error / (_PULL * self._rate)))
        out = self._interpolate(self._position, speed, count)
        self._position += speed * count
        return out

    def _jump(self, wanted: float, count: int) -> Samples:
        """Fade from where it is to where it should be."""
        assert self._position is not None
        before = self._interpolate(self._position, 1.0, count)
        after = self._interpolate(wanted, 1.0, count)
        self._position, self._error = wanted + count, 0.0
        length = min(count, round(_FADE_S * self._rate))
        fade = np.ones(count, np.float32)
        fade[:length] = 0.5 - 0.5 * np.cos(np.linspace(0, np.pi, length, dtype=np.float32))
        return np.asarray(before * (1 - fade) + after * fade, np.float32)

    def _interpolate(self, start: float, speed: float, count: int) -> Samples:
        """Cubic (Catmull-Rom) between the samples; silence where there is none (yet, any more)."""
        places = start + speed * np.arange(count)
        whole = np.floor(places).astype(np.int64)
        part = (places - whole).astype(np.float32)
        oldest = self._written - len(self._ring)
        a, b, c, d = (self._at(whole + step, oldest) for step in (-1, 0, 1, 2))
        return np.asarray(
            b + 0.5 * part * (
                c - a + part * (2 * a - 5 * b + 4 * c - d + part * (3 * (b - c) + d - a))
            ),
            np.float32,
        )  # fmt: skip

    def _at(self, index: NDArray[np.int64], oldest: int) -> Samples:
        values = self._ring[index & (len(self._ring) - 1)]
        return np.where((index >= max(oldest, 0)) & (index < self._written), values, 0)
