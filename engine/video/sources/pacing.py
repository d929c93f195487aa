"""What sources share: the pace of a camera, the numbers of frames, and the error when not open."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from engine.concurrency.pacing import reachable_deadline
from engine.errors import EngineError, SourceError
from engine.frames import Frame, Pixels, Span

LONGEST_WAIT = 1.0
"""Seconds: a longer pause between two frames is cut short, so that nobody waits for a stop."""


class Pacer:
    """Waits for the time of each frame of a stream.

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
        now = self._now()
        if self._start is None:
            self._start = now - moment
        wanted = self._start + moment
        due = min(reachable_deadline(wanted, now, self._slack), now + LONGEST_WAIT)
        if due != wanted:
            self._start = due - moment
        if due > now:
            self._sleep(due - now)


class PacedSource:
    """The base of all sources. live: frames come at `fps` frames per second, as from a camera."""

    def __init__(self, name: str, fps: float, *, live: bool = True) -> None:
        self.name, self.fps, self.live = name, fps, live
        self.frames: int | None = None
        self._pacer = Pacer()
        self._number = 0

    def _start_over(self) -> None:
        """The next frame is number 0, and the pace is counted from it."""
        self._pacer, self._number = Pacer(), 0

    def _wait_for_turn(self, moment: float | None = None) -> None:
        """Where the source is live, wait for the next frame's time: `moment` seconds after the
        first frame's, or what its number makes at `fps`.
        """
        if self.live:
            self._pacer.wait_for(self._number / self.fps if moment is None else moment)

    def remarks(self) -> Sequence[EngineError]:
        """Cameras, screens and generated pictures have nothing to tell."""
        return ()

    def _frame(
        self, pixels: Pixels, captured_at: float | None = None, span: Span | None = None
    ) -> Frame:
        """The next frame. captured_at: `time.monotonic()` seconds; now if left out."""
        captured_at = time.monotonic() if captured_at is None else captured_at
        frame = Frame(pixels, self._number, captured_at, span)
        self._number += 1
        return frame

    def _not_open(self) -> SourceError:
        return SourceError("{source} is not open.", "Start it first.", source=self.name)
