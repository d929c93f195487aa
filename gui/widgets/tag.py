"""A short label upon the picture, readable on anything."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from gui.theme import DARK, UNIT


class Tag(QLabel):
    """Words on a pill; alarming ones in the warning colour. Not there without words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hide()

    def show_words(self, words: str, *, alarming: bool = False) -> None:
        """Say this, or nothing."""
        back, front = (DARK.warning, DARK.on_warning) if alarming else (DARK.raised, DARK.text)
        self.setStyleSheet(
            f"background: {back}; color: {front}; border-radius: {UNIT}px;"
            f"padding: {UNIT // 2}px {UNIT}px; font-weight: 600;"
        )
        self.setText(words)
        self.setVisible(bool(words))
