"""News of a newer version, for users who have asked for it."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from engine.updates.source import built_in_source, state_file
from gui.engine_link.background import Background
from gui.engine_link.task import Task

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Update:
    """A newer version. page: where people read about it and get it."""

    version: str
    news: str
    page: str


def can_look() -> bool:
    """Whether this build of the program was given a list of new versions to ask for."""
    return bool(built_in_source().key)


def look() -> Update | None:
    """Ask over the network; None where this version is the newest. Raises EngineError."""
    from engine.updates.check import look_for_update  # noqa: PLC0415 - its libraries load slowly

    today = datetime.datetime.now(datetime.UTC).date()
    feed = look_for_update(built_in_source(), state_file(), today=today)
    return None if feed is None else Update(feed.version, feed.news, feed.page)


class UpdateNotice(QObject):
    """Looks in the background; what goes wrong is logged, and disturbs nobody."""

    found = Signal(object)
    """The update."""

    def __init__(
        self, look_for_one: Callable[[], Update | None] = look, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look_for_one
        self._task = Task(Background("update notice"), self)
        self._task.done.connect(self._on_done)
        self._task.failed.connect(lambda error: logger.warning("no news of versions: %s", error))

    def look(self) -> None:
        """Begin soon; `found` follows where there is a newer version."""
        self._task.run(self._look)

    def wait(self, timeout: float) -> bool:
        """Wait for what was begun; whether it ended within `timeout` seconds."""
        return self._task.wait(timeout)

    def _on_done(self, update: Update | None) -> None:
        if update is not None:
            self.found.emit(update)
