"""Holds a generator or a file to its own rate, as a camera would."""

from __future__ import annotations

import time
from collections.abc import Callable

LONGEST_WAIT = 1.0
"""Seconds: a longer pause between two frames is cut short, so that a stop is never waited for."""


class Pacer:
    """Waits until a moment of the stream has come.

    A reader that falls behind by more than `slack` seconds starts afresh from where it is, so
    that it never rushes through what it missed.
    """

    def __init__(
        self,
        *,
        slack: float = 0.5,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._slack, self._now, self._sleep = slack, now, sleep
        self._start: float | None = None

    def wait_for(self, moment: float) -> None:
        """Wait until `moment`, in seconds since the first frame of the stream."""
        if self._start is None:
            self._start = self._now() - moment
        early = self._start + moment - self._now()
        if not -self._slack <= early <= LONGEST_WAIT:
            early = min(max(early, 0.0), LONGEST_WAIT)
            self._start = self._now() + early - moment
        if early > 0:
            self._sleep(early)
