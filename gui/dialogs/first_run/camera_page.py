"""Choosing a camera by its picture, once the user has let it be turned on."""

from __future__ import annotations

import sys
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPushButton, QVBoxLayout, QWidget

from engine.errors import EngineError
from engine.frames import Pixels
from engine.settings import FitMode
from gui.dialogs.base import paragraph
from gui.dialogs.first_run.page import page_column
from gui.engine_link.camera_list import CameraList
from gui.engine_link.camera_preview import CameraPreview
from gui.state.app_model import AppModel
from gui.text.wording import error_with_remedy
from gui.theme.theme import UNIT
from gui.widgets.video_view import VideoView

DEMO = "demo"


class CameraPage(QWidget):
    """The camera stays off until the user turns it on here; the demo needs no leave."""

    def __init__(
        self, app_model: AppModel, cameras: CameraList, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._app_model, self._cameras = app_model, cameras
        self._entered = self._allowed = False
        self.camera_preview = CameraPreview(self)
        self.picker = QComboBox()
        self.picker.setAccessibleName(self.tr("Camera"))
        self.view = VideoView()
        self.question = CameraQuestion()
        self._caption = paragraph("", "caption")
        column = page_column(self, self.tr("Choose your camera"))
        column.addWidget(self.picker)
        column.addWidget(self.question, stretch=1)
        column.addWidget(self.view, stretch=1)
        column.addWidget(self._caption)
        self.question.turn_on.clicked.connect(self._on_allowed)
        self.camera_preview.seen.connect(self._on_seen)
        self.camera_preview.failed.connect(self._on_failed)
        self.picker.activated.connect(self._begin)
        cameras.changed.connect(self._fill)
        self._fill()

    def enter(self) -> None:
        """Show the picture, or ask whether the camera may be turned on."""
        if not self._entered:
            self._entered = True
            self._begin()

    def leave(self) -> None:
        """Release the camera."""
        self._entered = False
        self.camera_preview.stop()

    def _fill(self) -> None:
        chosen = self.picker.currentData()
        self.picker.clear()
        for source, text in self._cameras.entries():
            self.picker.addItem(text, source)
        self.picker.addItem(self.tr("No camera: use the demo"), DEMO)
        index = self.picker.findData(self._app_model.preferences.input.source)
        self.picker.setCurrentIndex(max(0, index))
        if index < 0 or self._app_model.preferences.input.source == DEMO:
            self.picker.setCurrentIndex(0)
        if self._entered and self.picker.currentData() != chosen:
            self._begin()

    def _on_allowed(self) -> None:
        self._allowed = True
        self._begin()

    def _begin(self) -> None:
        source = self.picker.currentData()
        chosen = replace(self._app_model.preferences.input, source=source)
        self._app_model.set_input(chosen)
        self._caption.setText(self.tr("Only you can see this picture."))
        running = self._app_model.state.running
        asks = not (self._allowed or source == DEMO or running)
        for widget, shown in (
            (self.question, asks),
            (self.view, not asks),
            (self._caption, not asks),
        ):
            widget.setVisible(shown)
        if asks or running:
            self.camera_preview.stop()
            self.view.show_output(None)
        else:
            self.camera_preview.show(replace(chosen, fit=FitMode.LETTERBOX))  # the whole picture

    def _on_seen(self, pixels: Pixels) -> None:
        self.view.show_output(pixels)

    def _on_failed(self, error: EngineError) -> None:
        self.view.show_output(None)
        self._caption.setText(error_with_remedy(error))


class CameraQuestion(QWidget):
    """Asks, in words, whether the camera may be turned on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.turn_on = QPushButton(self.tr("Turn on the camera"))
        self.turn_on.setProperty("type", "field")
        self.turn_on.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2 * UNIT, 0, 0)
        column.setSpacing(2 * UNIT)
        for text in self._texts():
            column.addWidget(paragraph(text))
        column.addWidget(self.turn_on, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def _texts(self) -> list[str]:
        texts = [
            self.tr(
                "May the program turn your camera on, to show you its picture here? The picture "
                "stays on this computer, and is neither saved nor sent. The camera is turned off "
                "again as soon as you go on."
            )
        ]
        if sys.platform == "darwin":
            texts.append(self.tr("macOS will ask you as well. Choose “Allow”."))
        texts.append(
            self.tr("You can go on without it: the camera is then turned on when you go live.")
        )
        return texts
