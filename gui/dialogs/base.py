"""What all dialogs share: a title, a body, and a row of buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.theme.theme import UNIT


class BaseDialog(QDialog):
    """body takes the content; buttons are added to the row below it.

    footnote: a short quiet text left of the buttons, such as the number of the step.
    """

    def __init__(self, title: str, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.body = QVBoxLayout()
        self.body.setSpacing(UNIT * 3 // 2)
        self._row = QHBoxLayout()
        self._row.setSpacing(UNIT)
        self.footnote = QLabel()
        self.footnote.setProperty("type", "quiet")
        self._row.addWidget(self.footnote)
        self._row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * UNIT, 3 * UNIT, 3 * UNIT, 2 * UNIT)
        column.setSpacing(2 * UNIT)
        column.addLayout(self.body, stretch=1)
        column.addLayout(self._row)
        self.setMinimumWidth(width)

    def add_button(self, text: str, *, leading: bool = False) -> QPushButton:
        """Add a button on the right; the leading one is triggered by Enter."""
        button = QPushButton(text)
        button.setMinimumWidth(12 * UNIT)
        button.setAutoDefault(leading)
        button.setDefault(leading)
        if leading:
            button.setProperty("type", "primary")
        self._row.addWidget(button)
        return button

    def add_close(self) -> QPushButton:
        """Add the button that closes the dialog."""
        button = self.add_button(self.tr("Close"), leading=True)
        button.clicked.connect(self.accept)
        return button


def paragraph(text: str, kind: str = "") -> QLabel:
    """A text that wraps; kind: "title", "quiet", "caption", "headline"."""
    label = QLabel(text)
    label.setWordWrap(True)
    label.setProperty("type", kind)
    return label
