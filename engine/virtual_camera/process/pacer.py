"""A steady beat without drift, which may lean towards the arrival of frames."""

from __future__ import annotations

import time
from collections.abc import Callable

from engine.concurrency.pacing import reachable_deadline

_AIM = 0.004
"""Seconds that a frame should have waited when its turn comes: early enough to be whole."""

_REACH = 0.01
"""Share of an interval by which one turn may come earlier or later to follow the frames."""

_GAIN = 0.1
"""Share of the way to `_AIM` that one turn goes."""


class Pacer:
    """Says when the next picture is due. Deadlines are counted on, so that errors never add up."""

    def __init__(
        self,
        fps: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._interval = 1 / fps
        self._clock, self._sleep = clock, sleep
        self._due = clock()

    def wait(self) -> None:
        """Wait until the next turn. Turns missed are left out, never made up for in a burst."""
        self._due += self._interval
        now = self._clock()
        self._due = reachable_deadline(self._due, now, self._interval)
        self._sleep(max(0.0, self._due - now))

    def lean(self, waited: float) -> None:
        """Move the turns a little towards the frames. waited: seconds this frame lay ready.

        With an engine at the camera's own rate the delay shrinks from half an interval to
        almost nothing; at other rates the nudges are too small to be seen.
        """
        if 0 <= waited <= self._interval:
            reach = _REACH * self._interval
            self._due -= min(reach, max(-reach, (waited - _AIM) * _GAIN))
