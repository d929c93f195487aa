"""The one way in which this program starts a thread."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

logger = logging.getLogger(__name__)

_unstoppable: set[Worker] = set()


class Worker:
    """Runs `work` once on a daemon thread of this name; it ends when `work` returns.

    `work` gets the event that `stop` sets, to poll or to wait on. What it raises goes to
    `on_error`, on that thread, or is logged if there is none: no error is lost, and none
    reaches the interpreter. stoppable: False for work within a library that cannot be asked to
    stop; see `unstoppable_is_running`.
    """

    def __init__(
        self,
        name: str,
        work: Callable[[threading.Event], object],
        *,
        on_error: Callable[[Exception], None] | None = None,
        stoppable: bool = True,
    ) -> None:
        self.name = name
        self._work, self._on_error, self._stoppable = work, on_error, stoppable
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    @property
    def running(self) -> bool:
        """Whether it has been started and has not ended."""
        return self._thread.is_alive()

    def start(self) -> None:
        """Start. Raises RuntimeError the second time."""
        if not self._stoppable:
            _unstoppable.add(self)
        self._thread.start()

    def stop(self) -> None:
        """Ask it to end; returns at once. Harmless at any time."""
        self._stopping.set()

    def join(self, timeout: float | None = None) -> bool:
        """Wait at most `timeout` seconds for it to end; whether it has ended, or never started."""
        if self._thread.ident is not None:
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            self._work(self._stopping)
        except Exception as error:
            if self._on_error is None:
                logger.exception("%s failed", self.name)
            else:
                self._on_error(error)
        finally:
            _unstoppable.discard(self)
            # its owner often keeps it: what it holds of the owner would keep both until a
            # collection, with all memory and threads of theirs
            del self._work, self._on_error


def unstoppable_is_running() -> bool:
    """Whether work is running that cannot be stopped: if the interpreter ended while it runs, it
    would crash.
    """
    return any(worker.running for worker in tuple(_unstoppable))
