"""Pause, resume and cancel of long work, from any thread."""

from __future__ import annotations

import threading


class Cancelled(Exception):  # noqa: N818 - the user's decision, not an error
    """The user has cancelled the work. What has been done so far is kept for the next time."""


class CancellationToken:
    """Pauses, resumes and cancels, from any thread, the work that calls `check`."""

    def __init__(self) -> None:
        self._running = threading.Event()
        self._running.set()
        self._cancelled = threading.Event()

    @property
    def paused(self) -> bool:
        """Whether `check` would wait."""
        return not self._running.is_set()

    def pause(self) -> None:
        """Make the next `check` wait."""
        self._running.clear()

    def resume(self) -> None:
        """Let the work go on after a pause."""
        self._running.set()

    def cancel(self) -> None:
        """Make the next `check` raise Cancelled, paused or not."""
        self._cancelled.set()
        self._running.set()

    def check(self) -> None:
        """Wait while paused. Raises Cancelled."""
        self._running.wait()
        if self._cancelled.is_set():
            raise Cancelled

    def sleep(self, seconds: float) -> None:
        """Wait, but no longer than until it is cancelled. Raises Cancelled."""
        self._cancelled.wait(seconds)
        self.check()
