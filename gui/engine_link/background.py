"""Work off the GUI thread, one piece after the other."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable

logger = logging.getLogger(__name__)


class Deadline:
    """Shared by several that are waited for one after the other."""

    def __init__(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds that are left; 0 once it has passed."""
        return max(0.0, self._at - time.monotonic())


class Background:
    """Does each piece once the one before has ended, on a thread that goes when there is no more.

    stay_s: how long it waits for more before it goes. Starting a thread means waiting until it
    runs, so what comes again and again rather finds one that is there. The thread is a daemon: a
    driver that hangs cannot keep the program from ending.
    """

    def __init__(self, name: str, *, stay_s: float = 0.0) -> None:
        self._name, self._stay_s = name, stay_s
        self._pieces: queue.SimpleQueue[Callable[[], object] | None] = queue.SimpleQueue()
        self._guard = threading.Lock()
        self._thread: threading.Thread | None = None

    def run(self, work: Callable[[], object]) -> None:
        """Begin `work` soon. It reports its own errors; what it forgets is logged."""
        with self._guard:
            self._pieces.put(work)
            if self._thread is None:
                self._thread = threading.Thread(target=self._serve, name=self._name, daemon=True)
                self._thread.start()

    def wait(self, timeout: float) -> bool:
        """Wait for what was begun, and for the thread to go; True when it has."""
        with self._guard:
            thread = self._thread
            self._pieces.put(None)
        if thread is not None:
            thread.join(timeout)
        return thread is None or not thread.is_alive()

    def _serve(self) -> None:
        while (work := self._next()) is not None or not self._gone():
            try:
                if work is not None:
                    work()
            except Exception:
                logger.exception("%s failed", self._name)

    def _next(self) -> Callable[[], object] | None:
        """The next piece; None where there is none in time, or somebody waits for the end."""
        try:
            return self._pieces.get(timeout=self._stay_s)
        except queue.Empty:
            return None

    def _gone(self) -> bool:
        """Whether the thread may go: nothing has come meanwhile."""
        with self._guard:
            if not self._pieces.empty():
                return False
            self._thread = None
            return True
