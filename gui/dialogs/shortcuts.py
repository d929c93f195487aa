"""The list of keyboard shortcuts."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from gui.dialogs.base import BaseDialog, paragraph
from gui.shortcuts import PEEK_KEY, shortcuts
from gui.theme.theme import UNIT


class ShortcutsDialog(BaseDialog):
    """Every key and what it does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("ShortcutsDialog", "Keyboard shortcuts")
        super().__init__(title, 52 * UNIT, parent)
        self.body.addWidget(paragraph(title, "headline"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(3 * UNIT)
        grid.setVerticalSpacing(UNIT)
        grid.setColumnStretch(0, 1)
        for row, (text, keys) in enumerate(self._rows()):
            key = QLabel(keys)
            key.setProperty("type", "key")
            grid.addWidget(QLabel(text), row, 0)
            grid.addWidget(key, row, 1, alignment=Qt.AlignmentFlag.AlignRight)
        self.body.addLayout(grid)
        self.body.addStretch(1)
        self.add_close()

    def _rows(self) -> list[tuple[str, str]]:
        native = QKeySequence.SequenceFormat.NativeText
        peek = QKeySequence(PEEK_KEY).toString(native)
        rows = [(one.text, QKeySequence(one.keys).toString(native)) for one in shortcuts()]
        return [
            *rows,
            (self.tr("Hold to see the camera picture"), peek),
            (self.tr("Choose one of the first nine styles"), "1 – 9"),
            (self.tr("Move the focused comparison line"), "← →"),
            (self.tr("Make the focused style a favourite, or not"), "F"),
        ]
