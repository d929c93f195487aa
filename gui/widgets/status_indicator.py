"""A small sign and a word: told by shape first, colour second."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from gui.theme.theme import UNIT, roles

SIDE = 14.0


class IndicatorShape(Enum):
    """The shapes a lamp can have."""

    RING = "ring"
    DISC = "disc"
    BARS = "bars"
    TRIANGLE = "triangle"
    ARC = "arc"
    TICK = "tick"


class StatusIndicator(QWidget):
    """A sign with a word beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = _SignView()
        self._word = QLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT)
        row.addWidget(self._sign)
        row.addWidget(self._word)

    def show_state(self, sign: IndicatorShape, word: str) -> None:
        """Show this sign and word."""
        self._sign.show_sign(sign)
        self._word.setText(word)
        self.setAccessibleName(word)

    def word(self) -> str:
        """The word on show."""
        return self._word.text()


class _SignView(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._sign = IndicatorShape.RING
        self.setFixedSize(QSize(round(SIDE) + 2, round(SIDE) + 2))

    def show_sign(self, sign: IndicatorShape) -> None:
        self._sign = sign
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = roles()
        box = QRectF(2, 2, SIDE - 2, SIDE - 2)
        if self._sign in (IndicatorShape.RING, IndicatorShape.ARC):
            painter.setPen(QPen(QColor(colours.quiet), 2))
            span = 360 if self._sign is IndicatorShape.RING else 250
            painter.drawArc(box, 90 * 16, -span * 16)
            return
        if self._sign is IndicatorShape.TICK:
            painter.setPen(QPen(QColor(colours.text), 2))
            painter.drawPolyline([QPointF(3, 9), QPointF(6.5, 12.5), QPointF(13, 4)])
            return
        painter.setPen(Qt.PenStyle.NoPen)
        if self._sign is IndicatorShape.DISC:
            painter.setBrush(QColor(colours.live))
            painter.drawEllipse(box)
        elif self._sign is IndicatorShape.BARS:
            painter.setBrush(QColor(colours.quiet))
            painter.drawRect(QRectF(4, 3, 3, SIDE - 4))
            painter.drawRect(QRectF(10, 3, 3, SIDE - 4))
        else:
            painter.setPen(QPen(QColor(colours.text), 1))
            painter.setBrush(QColor(colours.warning))
            corners = (box.bottomLeft(), QPointF(box.center().x(), box.top()), box.bottomRight())
            painter.drawPolygon(QPolygonF(corners))
