"""Pause, resume and cancel of long work, from any thread."""

from __future__ import annotations

import threading


class Cancelled(Exception):  # noqa: N818 - the user's wish, not an error
    """The user has called the transfer off. What came so far is kept for the next time."""


class CancellationToken:
    """Pause, go on and cancel, from any thread, of whatever checks in with it."""

    def __init__(self) -> None:
        self._running = threading.Event()
        self._running.set()
        self._cancelled = threading.Event()

    @property
    def paused(self) -> bool:
        """Whether `check` would wait."""
        return not self._running.is_set()

    def pause(self) -> None:
        """Hold at the next block."""
        self._running.clear()

    def resume(self) -> None:
        """Go on after a pause."""
        self._running.set()

    def cancel(self) -> None:
        """End at the next block, paused or not."""
        self._cancelled.set()
        self._running.set()

    def check(self) -> None:
        """Wait while paused. Raises Cancelled."""
        self._running.wait()
        if self._cancelled.is_set():
            raise Cancelled

    def sleep(self, seconds: float) -> None:
        """Wait, but no longer than until a cancel. Raises Cancelled."""
        self._cancelled.wait(seconds)
        self.check()
