"""Work off the GUI thread, one piece after the other."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class Deadline:
    """Shared by several that are waited for one after the other."""

    def __init__(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds that are left; 0 once it has passed."""
        return max(0.0, self._at - time.monotonic())


class Background:
    """Runs each piece on a thread of its own once the one before has ended.

    The threads are daemons: a driver that hangs cannot keep the program from ending.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._last: threading.Thread | None = None

    def run(self, work: Callable[[], object]) -> None:
        """Begin `work` soon; returns at once. `work` reports its own errors."""
        before = self._last

        def follow() -> None:
            if before is not None:
                before.join()
            work()

        self._last = threading.Thread(target=follow, name=self._name, daemon=True)
        self._last.start()

    def wait(self, timeout: float) -> bool:
        """Wait for what was begun; True when all of it has ended."""
        if self._last is not None:
            self._last.join(timeout)
        return self._last is None or not self._last.is_alive()
