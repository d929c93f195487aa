"""Work off the GUI thread, one piece after the other."""

from __future__ import annotations

import threading
from collections.abc import Callable


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
