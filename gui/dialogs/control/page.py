"""What the pages of the remote control have in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSpinBox, QVBoxLayout, QWidget

from engine.control.settings import ControlSettings
from engine.errors import EngineError
from gui.dialogs.base import paragraph
from gui.features.control.surface import SurfaceTask
from gui.state.app_model import AppModel
from gui.text.wording import error_with_remedy
from gui.theme.theme import UNIT


class ControlPage(QScrollArea):
    """A column that scrolls where it is too long; above it, what does not work.

    body takes the content.
    """

    def __init__(
        self, app_model: AppModel, surface: SurfaceTask, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, widgetResizable=True)
        self._app_model, self._surface = app_model, surface
        self.trouble = paragraph("")
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 2 * UNIT, UNIT, 0)
        column.setSpacing(UNIT * 3 // 2)
        self.body = QVBoxLayout()
        self.body.setSpacing(UNIT * 3 // 2)
        column.addWidget(self.trouble)
        column.addLayout(self.body)
        column.addStretch(1)
        self.setWidget(content)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        surface.changed.connect(self._show_outcome)

    @property
    def _chosen(self) -> ControlSettings:
        return self._app_model.preferences.control

    def _change(self, edit: Callable[[ControlSettings], ControlSettings]) -> bool:
        """Change the settings; whether they were valid. If not, says why."""
        try:
            changed = edit(self._chosen)
        except EngineError as error:
            self._say(error)
            return False
        self._say(None)
        self._app_model.update(lambda p: replace(p, control=changed))
        return True

    def _show_outcome(self) -> None:
        """Say what does not work; pages show more."""
        self._say(self._surface.error)

    def _say(self, error: EngineError | None) -> None:
        self.trouble.setText(error_with_remedy(error) if error is not None else "")
        self.trouble.setVisible(error is not None)


def port_box(port: int, name: str) -> QSpinBox:
    """A field for the number of a port; name: for screen readers."""
    box = QSpinBox(minimum=1024, maximum=65_535, value=port)
    box.setKeyboardTracking(False)
    box.lineEdit().setTextMargins(UNIT, 0, UNIT, 0)
    box.setAccessibleName(name)
    return box
