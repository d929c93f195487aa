"""The doctor's findings, asked for in the background."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from engine.doctor.checks import Check
from gui.engine_link.background import Background
from gui.engine_link.task import Task


def _examine() -> Sequence[Check]:
    """Its libraries load slowly, and are not needed before the window's first paint."""
    from engine.doctor.examine import examine  # noqa: PLC0415

    return examine()


class DoctorTask(QObject):
    """Examines the computer each time it is started; `done` brings the checks."""

    done = Signal(tuple)
    """The Check of each thing examined."""

    def __init__(
        self, examiner: Callable[[], Sequence[Check]] = _examine, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._examiner = examiner
        self._task = Task(Background("doctor"), self)
        self._checks: tuple[Check, ...] = ()
        self._task.done.connect(self._on_done)

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
        self._task.run(lambda: tuple(self._examiner()))

    def wait(self, timeout: float) -> bool:
        """Wait for the examination; whether it ended within `timeout` seconds."""
        return self._task.wait(timeout)

    def _on_done(self, checks: tuple[Check, ...]) -> None:
        self._checks = checks
        self.done.emit(checks)
