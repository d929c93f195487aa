"""One short page: what the program is for, and what it is not for."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.dialogs.base import BaseDialog, paragraph
from gui.theme.theme import UNIT


class ResponsibleUse(QWidget):
    """The page itself, for the first start and for later."""

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
                    "Showing yourself in another style, live: for streams, calls, teaching and art."
                ),
            ),
            (
                self.tr("What it is not for"),
                self.tr(
                    "Impersonating others, or making people believe that something happened that "
                    "did not."
                ),
            ),
            (
                self.tr("Your face stays recognisable"),
                self.tr(
                    "A style is not a disguise. Measured around eyes and mouth, the likeness to "
                    "the photograph (1 is the photograph itself) is 0.81 to 0.98 at full strength "
                    "and 0.90 to 0.98 at 0.6 for every built-in style except those that draw you "
                    "as a character: they have 0.32 to 0.39 at full strength and 0.40 to 0.47 at "
                    "0.6, and keep your hair, pose and expression. "
                    "At the lowest strength, every built-in style has 0.89 or more: almost your "
                    "camera's picture. "
                    "Imported styles and Stable Diffusion have not been measured."
                ),
            ),
            (
                self.tr("Everyone in the picture"),
                self.tr("Ask everyone who can be seen before you go live or record."),
            ),
            (
                self.tr("Labelled as AI"),
                self.tr(
                    "An “AI” mark is shown in a corner of the picture, and an invisible one tells "
                    "programs the same. Recordings and snapshots are signed as AI-generated. "
                    "Everything is computed on this "
                    "computer; no picture leaves it except through the system webcam."
                ),
            ),
        )


class ResponsibleUseDialog(BaseDialog):
    """The page as a dialog."""

    def __init__(self, parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("ResponsibleUseDialog", "Responsible use")
        super().__init__(title, 64 * UNIT, parent)
        self.body.addWidget(ResponsibleUse())
        self.add_close()
