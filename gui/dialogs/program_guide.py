"""How to select the virtual camera in common programs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from engine.virtual_camera.protocol import CameraKind
from gui.dialogs.base import paragraph
from gui.text.wording import finders_text
from gui.theme.theme import UNIT


class ProgramGuide(QWidget):
    """One line for each program, with the name of the camera; below, which programs find it."""

    def __init__(self, camera_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(3 * UNIT)
        grid.setVerticalSpacing(UNIT * 3 // 2)
        grid.setColumnStretch(1, 1)
        for row, (program, steps) in enumerate(self._steps()):
            name = QLabel(program)
            name.setProperty("type", "title")
            grid.addWidget(name, row, 0, alignment=Qt.AlignmentFlag.AlignTop)
            grid.addWidget(paragraph(steps.format(camera_name)), row, 1)
        self._finders = paragraph("", "caption")
        grid.addWidget(self._finders, grid.rowCount(), 0, 1, 2)
        self.show_kinds(frozenset())

    def show_kinds(self, kinds: frozenset[CameraKind]) -> None:
        """Say which programs find a camera that is there in these ways."""
        text = finders_text(kinds)
        self._finders.setText(text)
        self._finders.setVisible(bool(text))

    def _steps(self) -> tuple[tuple[str, str], ...]:
        return (
            ("Zoom", self.tr("Settings → Video → Camera → “{0}”")),
            ("Teams, Meet", self.tr("The gear in the call → Camera → “{0}”")),
            ("Discord", self.tr("User settings → Voice & video → Camera → “{0}”")),
            ("OBS", self.tr("Sources → + → Video capture device → “{0}”")),
            (
                self.tr("Other programs"),
                self.tr(
                    "Wherever a camera can be selected. Restart the program if it is not listed."
                ),
            ),
        )
