"""A QR code, black on white in every theme, so that every phone reads it."""

from __future__ import annotations

import segno
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

QUIET_ZONE = 4
"""Modules of white around it, as the standard asks for."""
MODULE_PX = 4


class QrCode(QWidget):
    """Shows a text as a QR code; nothing for an empty one."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._modules: tuple[tuple[bool, ...], ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str) -> None:
        """Show this text."""
        made = segno.make(text, error="m", micro=False).matrix if text else ()
        self._modules = tuple(tuple(bool(module) for module in row) for row in made)
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        side = MODULE_PX * (len(self._modules) + 2 * QUIET_ZONE) if self._modules else 0
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._modules:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("white"))
        for y, row in enumerate(self._modules, QUIET_ZONE):
            for x, dark in enumerate(row, QUIET_ZONE):
                if dark:
                    module = QRect(x * MODULE_PX, y * MODULE_PX, MODULE_PX, MODULE_PX)
                    painter.fillRect(module, QColor("black"))
        painter.end()
