"""What a fault has at hand: the real window, the publisher behind it, a reader of the camera."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from gui.app import Application
from gui.state.app_state import AppState
from tests.engine.virtual_camera.helpers import publishers
from tests.soak.reader import CameraReader

_STEP_MS = 20


class NeverHappenedError(Exception):
    """What was waited for did not come."""


class Desk:
    """Runs on the GUI thread; while it waits, the window goes on."""

    def __init__(self, app: Application, reader: CameraReader, folder: Path) -> None:
        """folder: where application and publisher meet."""
        self.app, self.reader, self.folder = app, reader, folder
        self.since = 0.0
        """When the present fault began."""

    @property
    def state(self) -> AppState:
        """What the window shows."""
        return self.app.app_model.state

    @property
    def publisher(self) -> int:
        """The one publisher's process."""
        self.until(lambda: len(publishers(self.folder)) == 1, "one publisher runs", 20)
        return publishers(self.folder)[0]

    @property
    def newest_number(self) -> int:
        """The number of the styled frame shown last; -1 before the first."""
        frame = self.app.app_model.last_output
        return -1 if frame is None else frame.number

    def click(self, widget: QWidget) -> None:
        """As a user does it."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    def until(self, ready: Callable[[], bool], what: str, seconds: float) -> float:
        """Wait until it is so; how long that took. Raises NeverHappenedError."""
        began = time.monotonic()
        while not ready():
            if time.monotonic() - began > seconds:
                raise NeverHappenedError(f"not within {seconds:g} s: {what}")
            QTest.qWait(_STEP_MS)
        return time.monotonic() - began

    def pause(self, seconds: float) -> None:
        """Let the window go on for so long."""
        QTest.qWait(round(1000 * seconds))

    def until_live(self, seconds: float = 60) -> float:
        """Wait until the window says that it is live."""
        return self.until(lambda: self.state.live, "the window is live", seconds)

    def go_live(self) -> None:
        """Click the start button where nothing runs, and wait."""
        self.until(self.app.window.on_air.button.isEnabled, "the start button is enabled", 20)
        if not self.state.running:
            self.click(self.app.window.on_air.button)
        self.until_live()
