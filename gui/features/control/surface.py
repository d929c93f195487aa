"""One way in from outside, started and ended off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from engine.errors import EngineError
from gui.engine_link.background import Background
from gui.engine_link.task import Task

T_contra = TypeVar("T_contra", contravariant=True)


class Applicable(Protocol[T_contra]):
    """What the engine's surfaces have in common."""

    def apply(self, settings: T_contra, /) -> object: ...

    def close(self, timeout: float, /) -> bool: ...


class SurfaceTask(QObject):
    """Applies settings one after the other; a driver that hangs holds up nothing else.

    make: makes the surface on the first use, so that nothing is imported for what is off.
    """

    changed = Signal()
    """There is another outcome."""

    def __init__(
        self, name: str, make: Callable[[], Applicable[Any]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._make = make
        self._surface: Applicable[Any] | None = None
        self._applied: object = None
        self._outcome: object = None
        self._error: EngineError | None = None
        self._task = Task(Background(name), self)
        self._task.done.connect(self._on_done)
        self._task.failed.connect(self._on_failed)

    @property
    def surface(self) -> Any:
        """The engine's own; None before the first use."""
        return self._surface

    @property
    def outcome(self) -> Any:
        """What applying has returned; None where it has failed, or was never done."""
        return self._outcome

    @property
    def error(self) -> EngineError | None:
        """Why it does not work; None while it does, or is off."""
        return self._error

    def apply(self, settings: object, *, on: bool, again: bool = False) -> None:
        """Use these settings, unless they are in use; again: even then. on: whether they ask for
        anything.
        """
        if (settings == self._applied and not again) or (not on and self._surface is None):
            return
        self._applied = settings
        self._task.run(lambda: self._apply(settings))

    def close(self, timeout: float) -> bool:
        """End it; whether that was done within `timeout` seconds."""
        if self._surface is not None:
            self._task.run(lambda: self._end(timeout))
        return self._task.wait(timeout)

    def _apply(self, settings: object) -> object:
        if self._surface is None:
            self._surface = self._make()
        return self._surface.apply(settings)

    def _end(self, timeout: float) -> None:
        """There is no outcome any more."""
        if self._surface is not None:
            self._surface.close(timeout)

    def _on_done(self, outcome: object) -> None:
        self._outcome, self._error = outcome, None
        self.changed.emit()

    def _on_failed(self, error: Exception) -> None:
        self._outcome = None
        self._error = error if isinstance(error, EngineError) else None
        self.changed.emit()
