"""Shows results at a steady rate, with interpolated pictures between those of a slow model."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace

from engine.concurrency.pacing import reachable_deadline
from engine.concurrency.worker import Worker
from engine.frames import StyledFrame
from engine.model.images.interpolation import belong_together, interpolate
from engine.session.presentation.timeline import Due, Result, Timeline

Show = Callable[[StyledFrame, tuple[Result, ...]], None]
"""Hands a picture over. The results are those whose turn has come with it."""


class Presenter:
    """Shows what it is given on a thread of its own. fps: of the steady rate.

    Whoever owns it guards `show` and `clear` by one lock: once `clear` has returned, nothing that
    was given before is shown, however far it was.
    """

    def __init__(self, fps: float, show: Show, guard: threading.RLock) -> None:
        self.fps = fps
        self._show, self._guard = show, guard
        self._news = threading.Condition(guard)
        self._timeline = Timeline(1.0 / fps)
        self._stream = 0
        self._pair: tuple[int, int, bool] | None = None
        self._failure: Exception | None = None
        self._worker = Worker("interpolation", self._run, on_error=self._failed)
        self._worker.start()

    def put(self, result: Result) -> None:
        """Show this result when its turn has come; returns at once. Raises whatever has ended the
        thread: nothing would be shown any more.
        """
        if self._failure is not None:
            raise self._failure
        with self._guard:
            self._timeline.add(result)
            self._news.notify_all()

    def clear(self) -> None:
        """Show nothing of what was given."""
        with self._guard:
            self._stream += 1
            self._timeline, self._pair = Timeline(1.0 / self.fps), None

    def close(self) -> tuple[Result, ...]:
        """End; returns the results whose turn has not come, in order."""
        self._worker.stop()
        with self._guard:
            self._news.notify_all()
        self._worker.join()
        return self._timeline.rest()

    def _failed(self, error: Exception) -> None:
        self._failure = error

    def _run(self, stopping: threading.Event) -> None:
        turn = time.monotonic()
        while True:
            with self._guard:
                self._news.wait_for(lambda: stopping.is_set() or not self._timeline.idle)
                if stopping.is_set():
                    return
                stream, due = self._stream, self._timeline.due(time.monotonic())
                steady = self._timeline.interpolating
            self._show_due(due, stream)
            if steady:
                now = time.monotonic()
                turn = reachable_deadline(turn + 1.0 / self.fps, now, 1.0 / self.fps)
                stopping.wait(max(turn - now, 0.0))

    def _show_due(self, due: Due, stream: int) -> None:
        picture = self._between(due)
        if picture is None:
            if not due.results:
                return
            picture = due.results[-1].frame
        with self._guard:
            if stream == self._stream:
                self._show(picture, due.results)

    def _between(self, due: Due) -> StyledFrame | None:
        """The picture between two results, if one is due and would not be a ghost."""
        if due.earlier is None or due.later is None:
            return None
        earlier, later, share = due.earlier.frame, due.later.frame, due.share
        assert later.motion is not None, "the timeline gives pairs of known motion"
        if not self._belong_together(earlier, later):
            return None
        return replace(
            later,
            pixels=interpolate(earlier.pixels, later.pixels, later.motion, share),
            number=round(earlier.number + share * (later.number - earlier.number)),
            captured_at=earlier.captured_at + share * (later.captured_at - earlier.captured_at),
            motion=None,
            interpolated=True,
        )

    def _belong_together(self, earlier: StyledFrame, later: StyledFrame) -> bool:
        """Asked once for each pair."""
        pair = self._pair
        if pair is None or pair[:2] != (earlier.number, later.number):
            assert later.motion is not None
            alike = belong_together(earlier.pixels, later.pixels, later.motion)
            self._pair = pair = (earlier.number, later.number, alike)
        return pair[2]
