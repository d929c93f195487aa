"""What the doctor finds, asked in the background."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from engine.doctor.checks import Check
from engine.doctor.examine import examine
from gui.engine_link.background import Background

logger = logging.getLogger(__name__)


class DoctorTask(QObject):
    """Examines once when asked; `done` brings what was found."""

    done = Signal(object)

    def __init__(
        self, examiner: Callable[[], Sequence[Check]] = examine, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._examiner = examiner
        self._background = Background("diagnosis")
        self._checks: tuple[Check, ...] = ()
        self.done.connect(self._keep)

    @property
    def checks(self) -> tuple[Check, ...]:
        """What the last examination found."""
        return self._checks

    @property
    def text(self) -> str:
        """The same, a line for each check."""
        marks = {True: "ok", False: "FAILED", None: "unknown"}
        return "\n".join(f"{marks[c.passed]}: {c.name}: {c.detail}" for c in self._checks)

    def start(self) -> None:
        """Examine; `done` follows."""
        self._background.run(self._run)

    def wait(self, timeout: float) -> bool:
        """Wait until nothing is under way; True when so."""
        return self._background.wait(timeout)

    def _run(self) -> None:
        try:
            self.done.emit(tuple(self._examiner()))
        except Exception:
            logger.exception("the examination failed")

    def _keep(self, checks: tuple[Check, ...]) -> None:
        self._checks = checks
