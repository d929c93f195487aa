"""The driver behind the camera's device, as the window sees it: what can be done, and doing it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from engine.errors import EngineError, SinkError
from engine.virtual_camera.devices.driver_set_up import (
    Change,
    DriverPlan,
    change_driver,
    plan_driver,
)
from gui.engine_link.background import Background
from gui.engine_link.task import Task


@dataclass(frozen=True, slots=True)
class DriverActions:
    """What is asked and done; tests bring doubles."""

    plan: Callable[[], DriverPlan] = plan_driver
    change: Callable[[Change], None] = change_driver


class CameraDriver(QObject):
    """Plans and changes in the background, one thing after the other."""

    planned = Signal(DriverPlan)
    """What can be done now: after `look`, and after each change."""
    failed = Signal(EngineError)
    """Why a change was not made."""
    busy_changed = Signal(bool)
    """Whether a change is being made, which can take minutes."""

    def __init__(self, actions: DriverActions | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._actions = actions or DriverActions()
        self._plan, self._busy = DriverPlan(), False
        background = Background("camera driver")
        self._looking, self._changing = Task(background, self), Task(background, self)
        self._looking.done.connect(self._on_planned)
        self._changing.done.connect(lambda _: self._end())
        self._changing.failed.connect(self._on_failed)

    @property
    def plan(self) -> DriverPlan:
        """What the last look found."""
        return self._plan

    @property
    def busy(self) -> bool:
        """Whether a change is being made."""
        return self._busy

    def look(self) -> None:
        """Find out what can be done; `planned` follows, unless that cannot be known."""
        self._looking.run(self._actions.plan)

    def change(self, change: Change) -> None:
        """Set up or remove, as the user has asked; one change at a time."""
        if self._busy:
            return
        self._busy = True
        self.busy_changed.emit(True)
        self._changing.run(lambda: self._actions.change(change))

    def wait(self, timeout: float) -> bool:
        """Wait for what was begun; whether it ended within `timeout` seconds."""
        return self._looking.wait(timeout)

    def _on_planned(self, plan: DriverPlan) -> None:
        self._plan = plan
        self.planned.emit(plan)

    def _on_failed(self, error: Exception) -> None:
        self._end()
        known = error if isinstance(error, EngineError) else _unforeseen(error)
        self.failed.emit(known)

    def _end(self) -> None:
        self._busy = False
        self.busy_changed.emit(False)
        self.look()


def _unforeseen(error: Exception) -> SinkError:
    return SinkError(
        "The camera driver: {reason}.",
        "Restart the program and try again.",
        reason=str(error) or type(error).__name__,
    )
