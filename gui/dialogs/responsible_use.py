"""One short page: what the program is for, and what it is not for."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.dialogs.base import BaseDialog, paragraph
from gui.theme.theme import UNIT


class ResponsibleUse(QWidget):
    """The page itself, for the first start and for reading again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * UNIT)
        column.addWidget(paragraph(self.tr("Before you go live"), "headline"))
        for title, text in self._points():
            point = QVBoxLayout()
            point.setSpacing(UNIT // 2)
            point.addWidget(paragraph(title, "title"))
            point.addWidget(paragraph(text))
            column.addLayout(point)
        column.addStretch(1)

    def _points(self) -> tuple[tuple[str, str], ...]:
        return (
            (
                self.tr("What it is for"),
                self.tr(
                    "Drawing yourself in another style, live: for streams, calls, teaching, art, "
                    "and for keeping your own face to yourself."
                ),
            ),
            (
                self.tr("What it is not for"),
                self.tr(
                    "Passing as somebody else, or making people believe that something happened "
                    "which did not."
                ),
            ),
            (
                self.tr("Everybody in the picture"),
                self.tr("Ask those who can be seen before you put them on air or record them."),
            ),
            (
                self.tr("It says what it is"),
                self.tr(
                    "An “AI” mark stands in a corner of the picture. Recordings and snapshots "
                    "carry in their data that they are AI-generated. Everything is computed on "
                    "this computer; no picture leaves it but through the camera you choose."
                ),
            ),
        )


class ResponsibleUseDialog(BaseDialog):
    """The page to read again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("ResponsibleUseDialog", "Responsible use")
        super().__init__(title, 64 * UNIT, parent)
        self.body.addWidget(ResponsibleUse())
        self.add_close()
