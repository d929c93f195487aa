"""The question before a still of the stream becomes the placeholder: it may show a face."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from engine.frames import StyledFrame
from engine.model_store.styles import Recognisable, StyleEntry
from gui.dialogs.base import paragraph
from gui.text.catalog_strings import in_users_language
from gui.theme.theme import UNIT

LOW_STRENGTH = 0.6
"""Below it every built-in style but one keeps 0.94 or more (see the model card)."""


class StillQuestion(QWidget):
    """Says what a still shows; `confirmed` brings the picture that was asked about.

    No style is known to hide a face, so that it is asked about every still.
    """

    confirmed = Signal(StyledFrame)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frame: StyledFrame | None = None
        self.text = paragraph("")
        self.use = QPushButton(self.tr("Show this picture, face and all"))
        self.keep = QPushButton(self.tr("Keep the present placeholder"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.text)
        row = QHBoxLayout()
        row.setSpacing(UNIT)
        row.addWidget(self.use)
        row.addWidget(self.keep)
        row.addStretch(1)
        column.addLayout(row)
        self.use.clicked.connect(self._confirm)
        self.keep.clicked.connect(self.withdraw)
        self.hide()

    def ask(self, frame: StyledFrame, style: StyleEntry, strength: float) -> None:
        """Ask about this frame, made in this style at this strength."""
        self._frame = frame
        self.text.setText(f"{self._about_face(style, strength)} {self._about_use()}")
        self.show()

    def withdraw(self) -> None:
        """Forget the frame and the question."""
        self._frame = None
        self.hide()

    def _about_use(self) -> str:
        return self.tr(
            "The placeholder is shown whenever nothing styled is, also after a panic: everyone who "
            "sees it would see this picture of whoever was in front of the camera."
        )

    def _about_face(self, style: StyleEntry, strength: float) -> str:
        title = in_users_language(style.title)
        if strength < LOW_STRENGTH:
            return self.tr("At a strength of {0}, a face is almost as the camera shows it.").format(
                f"{strength:.2f}"
            )
        if style.recognisable is Recognisable.YES:
            return self.tr("A face stays recognisable in the style {0}.").format(title)
        return self.tr("The style {0} is not known to hide a face.").format(title)

    def _confirm(self) -> None:
        frame = self._frame
        self.withdraw()
        if frame is not None:
            self.confirmed.emit(frame)
