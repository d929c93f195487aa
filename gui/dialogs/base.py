"""What all dialogs share: a title, room, and a row of buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.theme.theme import UNIT


class BaseDialog(QDialog):
    """body takes the content; buttons are added to the row below, the last one leads.

    beside: a few quiet words left of the buttons, such as how far this is.
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
        """One more button on the right; the leading one answers to Enter."""
        button = QPushButton(text)
        button.setMinimumWidth(12 * UNIT)
        button.setAutoDefault(leading)
        button.setDefault(leading)
        if leading:
            button.setProperty("type", "primary")
        self._row.addWidget(button)
        return button

    def add_close(self) -> QPushButton:
        """The button that closes."""
        button = self.add_button(self.tr("Close"), leading=True)
        button.clicked.connect(self.accept)
        return button


def paragraph(text: str, kind: str = "") -> QLabel:
    """Words that wrap; kind: "title", "quiet", "caption", "headline"."""
    label = QLabel(text)
    label.setWordWrap(True)
    label.setProperty("type", kind)
    return label
