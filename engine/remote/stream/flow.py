"""How many frames may be on their way to another computer: enough to fill the line, no queue."""

from __future__ import annotations

import math
from collections import deque

FEWEST, MOST = 3, 12
"""Live frames that may be on their way at one time."""

GIVEN_UP_AFTER_S = 0.3
"""Seconds after which a live frame without an answer makes room; or twice the usual, if longer."""

DRIFT = 1.0005
"""Growth of the shortest round trip with each answer, so that a longer way is learnt in time."""


class Flow:
    """Counts frames by their order, which rises. Times are `time.monotonic()` seconds.

    A line whose queue grows answers later, but its shortest round trip stays: as many frames as
    that takes, at their rate, and two more, are let go. Frames that the other end skips are
    answered by the next one that it does not.
    """

    def __init__(self) -> None:
        self._waiting: deque[tuple[int, float]] = deque()
        self._round_trip = math.inf
        self._between_frames = self._between_answers = 0.0
        self._sent_at = self._answered_at = 0.0
        self._answered = -1
        self._waiting_since: float | None = None

    @property
    def waiting(self) -> int:
        """Frames without an answer, as far as they have not been given up."""
        return len(self._waiting)

    @property
    def between_answers(self) -> float:
        """The usual interval between two answers, in seconds; 0 before it is known."""
        return self._between_answers

    def sent(self, order: int, now: float) -> None:
        """A frame sets out."""
        if self._sent_at:
            self._between_frames = _usual(self._between_frames, now - self._sent_at)
        self._sent_at = now
        self._waiting.append((order, now))
        if self._waiting_since is None:
            self._waiting_since = now

    def answered(self, order: int, now: float) -> None:
        """A frame has been answered, and with it those before; once counts."""
        if order <= self._answered:
            return
        self._answered = order
        while self._waiting and self._waiting[0][0] <= order:
            of, since = self._waiting.popleft()
            if of == order:
                self._round_trip = min(self._round_trip * DRIFT, now - since)
        if self._answered_at:
            self._between_answers = _usual(self._between_answers, now - self._answered_at)
        self._answered_at = now
        self._waiting_since = now if self._waiting else None

    def give_up_oldest(self) -> None:
        """Wait for one frame no longer."""
        self._waiting.popleft()

    def forget(self) -> None:
        """Wait for none any more."""
        self._waiting.clear()
        self._answered_at = 0.0
        self._waiting_since = None

    def seconds_until_room(self, now: float) -> float:
        """Until the next live frame had better set out."""
        known = math.isfinite(self._round_trip)
        patience = max(GIVEN_UP_AFTER_S, 2 * self._round_trip if known else 0.0)
        while self._waiting and now - self._waiting[0][1] > patience:
            self._waiting.popleft()
        if len(self._waiting) < self._most():
            return 0.0
        return self._waiting[0][1] + patience - now

    def stopped(self, now: float, seconds: float) -> bool:
        """Whether answers have come and then stopped for so long, or for four of the usual
        intervals between them, although frames were sent.
        """
        if not self._answered_at or self._waiting_since is None:
            return False
        return now - self._waiting_since > max(seconds, 4 * self._between_answers)

    def _most(self) -> int:
        if not math.isfinite(self._round_trip) or not self._between_frames:
            return MOST
        under_way = math.ceil(self._round_trip / self._between_frames)
        return min(max(under_way + 2, FEWEST), MOST)


def _usual(before: float, newest: float) -> float:
    return newest if not before else before + 0.1 * (newest - before)
