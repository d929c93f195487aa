"""Pairs with engines on other computers, and has one of them do the work."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from engine.errors import EngineError
from engine.remote.engines import Engines, Reached
from gui.engine_link.background import Background
from gui.engine_link.task import Task
from gui.state.app_model import AppModel


class Elsewhere(QObject):
    """One question at a time; nothing here waits but `wait`."""

    reached = Signal(Reached)
    """The engine does the work from now on."""
    failed = Signal(EngineError)
    """It cannot be had; everything stays as it was."""

    def __init__(
        self, app_model: AppModel, engines: Engines | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._app_model, self._engines = app_model, engines or Engines()
        self._task = Task(Background("other computers"), self)
        self._task.done.connect(self._on_reached)
        self._task.failed.connect(self._on_failed)

    def pair(self, address: str, code: str) -> None:
        """Pair with the engine at an address, and use it; `reached` or `failed` follows."""
        self._task.run(lambda: self._engines.reach(address, code))

    def use(self, engine: str) -> None:
        """Use an engine that is paired; `reached` or `failed` follows."""
        self._task.run(lambda: self._engines.reach(engine))

    def wait(self, timeout: float) -> bool:
        """Wait for the answer; whether it came within `timeout` seconds."""
        return self._task.wait(timeout)

    def _on_reached(self, reached: Reached) -> None:
        self._app_model.compute_on(reached.address, reached.catalog)
        if reached.unkept is not None:
            self._app_model.report(reached.unkept)
        self.reached.emit(reached)

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(
            error
            if isinstance(error, EngineError)
            else EngineError("The other computer: {reason}.", "Try again.", reason=error)
        )
