"""A titled section of the window with a row of tools."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.theme.theme import UNIT


class Panel(QFrame):
    """header takes tools to the right of the title; body takes the rest."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("pane", True)
        self.setAccessibleName(title)
        heading = QLabel(title)
        heading.setProperty("type", "title")
        self.header = QHBoxLayout()
        self.header.setSpacing(UNIT // 2)
        self.header.addWidget(heading)
        self.header.addStretch(1)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(2 * UNIT, UNIT * 3 // 2, 2 * UNIT, UNIT * 3 // 2)
        self.body.setSpacing(UNIT)
        self.body.addLayout(self.header)
