"""One kind of work off the GUI thread, with its outcome as a signal."""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from engine.errors import EngineError
from gui.engine_link.background import Background

logger = logging.getLogger(__name__)


class Task(QObject):
    """Does its work on a `Background`, which several tasks may share: one piece after the other.

    Both signals arrive on the thread that the task was made on.
    """

    done = Signal(object)
    """What the work returned."""
    failed = Signal(Exception)
    """What it raised instead. Anything but an EngineError is a fault of ours and is logged."""

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background

    def run(self, work: Callable[[], object]) -> None:
        """Begin soon; `done` or `failed` follows."""
        self._background.run(lambda: self._do(work))

    def wait(self, timeout: float) -> bool:
        """Wait for what was begun; whether it ended within `timeout` seconds."""
        return self._background.wait(timeout)

    def _do(self, work: Callable[[], object]) -> None:
        try:
            result = work()
        except EngineError as error:
            self.failed.emit(error)
        except Exception as error:
            logger.exception("unexpected in the background")
            self.failed.emit(error)
        else:
            self.done.emit(result)
