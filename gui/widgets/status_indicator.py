"""A small shape and a text: states differ in shape, not in colour alone."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from gui.theme.theme import UNIT, roles

SIDE = 14.0


class IndicatorShape(Enum):
    """The shapes that an indicator can have."""

    RING = "ring"
    DISC = "disc"
    BARS = "bars"
    TRIANGLE = "triangle"
    ARC = "arc"
    TICK = "tick"


class StatusIndicator(QWidget):
    """A shape with a text next to it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shape = _ShapeView()
        self._label = QLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT)
        row.addWidget(self._shape)
        row.addWidget(self._label)

    def show_state(self, shape: IndicatorShape, text: str) -> None:
        """Show this shape and text."""
        self._shape.show_shape(shape)
        self._label.setText(text)
        self.setAccessibleName(text)

    def text(self) -> str:
        """The text on show."""
        return self._label.text()


class _ShapeView(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._shape = IndicatorShape.RING
        self.setFixedSize(QSize(round(SIDE) + 2, round(SIDE) + 2))

    def show_shape(self, shape: IndicatorShape) -> None:
        self._shape = shape
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = roles()
        box = QRectF(2, 2, SIDE - 2, SIDE - 2)
        if self._shape in (IndicatorShape.RING, IndicatorShape.ARC):
            painter.setPen(QPen(QColor(colours.quiet), 2))
            span = 360 if self._shape is IndicatorShape.RING else 250
            painter.drawArc(box, 90 * 16, -span * 16)
            return
        if self._shape is IndicatorShape.TICK:
            painter.setPen(QPen(QColor(colours.text), 2))
            painter.drawPolyline([QPointF(3, 9), QPointF(6.5, 12.5), QPointF(13, 4)])
            return
        painter.setPen(Qt.PenStyle.NoPen)
        if self._shape is IndicatorShape.DISC:
            painter.setBrush(QColor(colours.live))
            painter.drawEllipse(box)
        elif self._shape is IndicatorShape.BARS:
            painter.setBrush(QColor(colours.quiet))
            painter.drawRect(QRectF(4, 3, 3, SIDE - 4))
            painter.drawRect(QRectF(10, 3, 3, SIDE - 4))
        else:
            painter.setPen(QPen(QColor(colours.text), 1))
            painter.setBrush(QColor(colours.warning))
            corners = (box.bottomLeft(), QPointF(box.center().x(), box.top()), box.bottomRight())
            painter.drawPolygon(QPolygonF(corners))
