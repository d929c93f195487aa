"""The prompt, for a model that takes one."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QWidget,
)

from gui.widgets.icon_button import IconButton

PROMPT_AFTER_MS = 400
"""A prompt takes effect when the typing pauses for this long."""


class PromptRow(QWidget):
    """The prompt takes effect when the typing pauses."""

    edited = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = QLineEdit(placeholderText=self.tr("Describe the picture"))
        self._line.setAccessibleName(self.tr("Prompt"))
        self._line.setToolTip(
            self.tr("What the picture should look like, in English. Does not affect the delay.")
        )
        self._reset = IconButton("reset", self.tr("Reset {0}").format(self.tr("Prompt")))
        self._pause = QTimer(self, interval=PROMPT_AFTER_MS, singleShot=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._line)
        row.addWidget(self._reset)
        self._line.textEdited.connect(self._on_typed)
        self._line.returnPressed.connect(self._announce)
        self._pause.timeout.connect(self._announce)
        self._reset.clicked.connect(self._clear)

    def show_text(self, text: str) -> None:
        """Show this prompt, silently; never while the user is typing."""
        if not self._pause.isActive() and text != self._line.text():
            self._line.setText(text)

    def _on_typed(self) -> None:
        self._pause.start()

    def _clear(self) -> None:
        self._line.clear()
        self._announce()

    def _announce(self) -> None:
        self._pause.stop()
        self.edited.emit(self._line.text().strip())
