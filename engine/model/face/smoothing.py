"""The 1 euro filter (Casiez, Roussel and Vogel, CHI 2012) for the points of a face.

Points at rest are kept at rest, moving ones are followed without delay. Time is counted in frames,
so that the same frames give the same points however fast they are computed.
"""

from __future__ import annotations

import math

import numpy as np

from engine.model.face.geometry import Points

FRAMES_PER_SECOND = 30.0
"""The duration of a frame is assumed to be 1 / this."""

SLOWEST_HZ = 1.0
"""Cut-off frequency at rest: lower means less jitter, but a later start of movements."""

SPEED_GAIN = 25.0
"""By how many hertz the cut-off rises at a speed of one face width a second."""

DERIVATIVE_HZ = 2.0


class OneEuroFilter:
    """Smooths the points (N, 3) of one face independently."""

    def __init__(self) -> None:
        self._value: Points | None = None
        self._speed: Points | None = None

    def smooth(self, points: Points, size: float) -> Points:
        """The next frame's points; size: the face's width, in the same unit as the points."""
        if self._value is None or self._speed is None:
            self._value, self._speed = points, np.zeros_like(points)
            return points
        speed = ((points - self._value) * (FRAMES_PER_SECOND / size)).astype(np.float32)
        self._speed = self._speed + _share(DERIVATIVE_HZ) * (speed - self._speed)
        magnitude = np.hypot(self._speed[:, 0], self._speed[:, 1])[:, None]
        cut_off = (SLOWEST_HZ + SPEED_GAIN * magnitude).astype(np.float32)
        self._value = (self._value + _share(cut_off) * (points - self._value)).astype(np.float32)
        return self._value


def _share(cut_off: Points | float) -> Points | float:
    """The weight of a new value at a cut-off frequency in hertz: a first-order low-pass filter."""
    ratio = 2.0 * math.pi * cut_off / FRAMES_PER_SECOND
    return ratio / (ratio + 1.0)
