"""The one place that decides what other programs see. It fails closed."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from statistics import median

from engine.virtual_camera.protocol import STALE_AFTER, OnAir

_ENOUGH = 3
"""Intervals from which a slow engine's rate is believed; one pause must not pass for a rate."""

_LONGEST_INTERVAL = 3.0
"""Seconds. Nothing slower counts as a stream."""


@dataclass(frozen=True, slots=True)
class ApplicationStatus:
    """What the application says at one moment: its heartbeat, its session (0: none), panic.

    owner: the nonce of the connection that owns the camera now, 0 for none.
    """

    heartbeat: int
    session: int
    panic: bool
    owner: int


@dataclass(frozen=True, slots=True)
class HeldFrame:
    """The frame at hand: of which owner and session, and whether it is an original that the user
    asked for.
    """

    session: int
    original: bool
    owner: int


class SafetyGate:
    """Says whether the frame at hand may be shown. Times are seconds of one monotonic clock.

    A frame may be shown while all of this is true: no panic; it came from the present owner of the
    camera and belongs to the session that is live; the application's heartbeat moved within
    STALE_AFTER; and the frame came within the longer of STALE_AFTER and three of the usual
    intervals between frames.
    """

    def __init__(self, signs: ApplicationStatus) -> None:
        # The first beat seen may be left over from a dead application: only a move counts.
        self._beat = signs.heartbeat
        self._beat_at: float | None = None
        self._held: HeldFrame | None = None
        self._held_at = 0.0
        self._intervals: deque[float] = deque(maxlen=9)

    def hold(self, held: HeldFrame, now: float) -> None:
        """A new whole frame has come."""
        if self._held is None or (self._held.owner, self._held.session) != (
            held.owner,
            held.session,
        ):
            self._intervals.clear()
        else:
            self._intervals.append(min(now - self._held_at, _LONGEST_INTERVAL))
        self._held, self._held_at = held, now

    def drop(self) -> None:
        """No frame is at hand any more."""
        self._held = None

    def decide(self, signs: ApplicationStatus, now: float) -> OnAir:
        """What to send now."""
        if signs.heartbeat != self._beat:
            self._beat, self._beat_at = signs.heartbeat, now
        if signs.panic:
            return OnAir.PANIC
        held = self._held
        if held is None or held.owner != signs.owner or not signs.owner:
            return OnAir.PLACEHOLDER
        if held.session != signs.session or not signs.session:
            return OnAir.PLACEHOLDER
        if self.silent_for(now) > STALE_AFTER or now - self._held_at > self._patience():
            return OnAir.PLACEHOLDER
        return OnAir.ORIGINAL if held.original else OnAir.STYLED

    def silent_for(self, now: float) -> float:
        """Seconds since the application's beat moved; infinite before it ever did."""
        return float("inf") if self._beat_at is None else now - self._beat_at

    def _patience(self) -> float:
        known = len(self._intervals) >= _ENOUGH
        usual = median(self._intervals) if known else 0.0
        return max(STALE_AFTER, 3 * usual)
