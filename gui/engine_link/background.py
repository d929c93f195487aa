"""Work off the GUI thread, one piece after the other."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable

from engine.concurrency.worker import Worker

logger = logging.getLogger(__name__)


class Deadline:
    """One time limit for several things that are waited for one after the other."""

    def __init__(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds that are left; 0 once it has passed."""
        return max(0.0, self._at - time.monotonic())


class Background:
    """Does one piece of work after the other, on a thread that ends when there is no more.

    stay_s: how long it waits for more before it ends. Starting a thread means waiting until it
    runs, so frequent work had better find one that is there. A driver that hangs cannot keep the
    program from ending.
    """

    def __init__(self, name: str, *, stay_s: float = 0.0) -> None:
        self._name, self._stay_s = name, stay_s
        self._pieces: queue.SimpleQueue[Callable[[], object] | None] = queue.SimpleQueue()
        self._guard = threading.Lock()
        self._worker: Worker | None = None

    def run(self, work: Callable[[], object]) -> None:
        """Begin `work` soon. It handles its own errors; any other is logged."""
        with self._guard:
            self._pieces.put(work)
            if self._worker is None:
                self._worker = Worker(self._name, lambda _: self._serve())
                self._worker.start()

    def wait(self, timeout: float) -> bool:
        """Wait for what was begun, and for the thread to end; True when it has."""
        with self._guard:
            worker = self._worker
            self._pieces.put(None)
        return worker is None or worker.join(timeout)

    def _serve(self) -> None:
        while (work := self._next()) is not None or not self._may_end():
            try:
                if work is not None:
                    work()
            except Exception:
                logger.exception("%s failed", self._name)

    def _next(self) -> Callable[[], object] | None:
        """The next piece; None if there is none in time, or somebody waits for the end."""
        try:
            return self._pieces.get(timeout=self._stay_s)
        except queue.Empty:
            return None

    def _may_end(self) -> bool:
        """Whether the thread may end: no work has been added meanwhile."""
        with self._guard:
            if not self._pieces.empty():
                return False
            self._worker = None
            return True
