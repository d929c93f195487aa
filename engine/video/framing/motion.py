"""Moves a window as a calm cameraman would: limited speed and acceleration, no overshooting.

Position and size change together along straight lines, so that on its way between two windows that
lie within the picture it lies within the picture, too.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from engine.imaging import WHOLE_PICTURE, Window

FASTEST = 0.25
"""Sides of the picture a second, for position and size together."""

HARDEST = 0.5
"""The largest change of that speed, in sides per second squared."""

BRAKING = 0.6
"""The share of that acceleration that braking is planned with: the rest keeps it from overshooting
where the goal moves or frames come unevenly."""

SETTLING = 0.25
"""Seconds in which the last bit of the way fades out."""

THERE = 2e-4
"""A distance that nobody sees: a quarter of a pixel of 1280."""

LONGEST_STEP = 0.1
"""Seconds. After a pause the window goes on from where it was."""

Vector = NDArray[np.float64]


class CalmMotion:
    """A window that moves towards its goal, step by step."""

    def __init__(self) -> None:
        self._place, self._speed = _vector(WHOLE_PICTURE), np.zeros(3)

    @property
    def window(self) -> Window:
        """Where it is now."""
        x, y, side = self._place
        side = float(min(side, 1.0))
        return Window(_inside(float(x), side), _inside(float(y), side), side, side)

    @property
    def at_rest(self) -> bool:
        """Whether it stands still."""
        return not self._speed.any()

    def step(self, goal: Window, seconds: float) -> Window:
        """Move for this time towards a goal; returns where it is then."""
        seconds = min(max(seconds, 0.0), LONGEST_STEP)
        way = _vector(goal) - self._place
        far = float(np.linalg.norm(way))
        if far <= THERE and np.linalg.norm(self._speed) * seconds <= THERE:
            self._place, self._speed = _vector(goal), np.zeros(3)
            return self.window
        wanted = min(FASTEST, math.sqrt(2.0 * BRAKING * HARDEST * far), far / SETTLING)
        change = (way / far * wanted if far else 0.0) - self._speed
        size = float(np.linalg.norm(change))
        if size > HARDEST * seconds:
            change *= HARDEST * seconds / size
        self._speed = self._speed + change
        self._place = self._place + self._speed * seconds
        return self.window


def _vector(window: Window) -> Vector:
    """Centre and side of a window of the picture's own shape."""
    half = window.width / 2
    return np.array((window.left + half, window.top + half, window.width))


def _inside(centre: float, side: float) -> float:
    """Where a window of this side begins, within the picture."""
    return min(max(centre - side / 2, 0.0), 1.0 - side)
