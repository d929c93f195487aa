"""Gives the virtual camera the placeholder that the user has chosen."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject

from engine.errors import EngineError
from gui.engine_link.background import Background
from gui.engine_link.task import Task
from gui.features.placeholder_image import draw_placeholder, usual_text
from gui.state.app_model import AppModel
from gui.state.preferences import Preferences


class PlaceholderSender(QObject):
    """Draws in the background: a large photograph takes a while to read."""

    def __init__(self, app_model: AppModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app_model = app_model
        self._task = Task(Background("placeholder"), self)
        self._sent = app_model.preferences.placeholder
        self._task.failed.connect(self._on_failed)
        app_model.preferences_changed.connect(self._on_preferences)

    def send(self) -> None:
        """Send the chosen placeholder, with its text in the current language."""
        self._sent = chosen = self._app_model.preferences.placeholder
        chosen = replace(chosen, text=chosen.text or usual_text())
        camera = self._app_model.camera
        self._task.run(lambda: camera.set_placeholder(draw_placeholder(chosen)))

    def wait(self, timeout: float) -> bool:
        """Wait until it is sent; whether it was within `timeout` seconds."""
        return self._task.wait(timeout)

    def _on_preferences(self, preferences: Preferences) -> None:
        if preferences.placeholder != self._sent:
            self.send()

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, EngineError):
            self._app_model.report(error)
