"""Draws the newest picture, whole and undistorted, and compares it with another."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.frames import Pixels, Size, size_of
from engine.imaging import resize
from gui.theme.theme import DARK, UNIT, roles

GRIP = 2 * UNIT
"""How near the pointer must be to the split line to drag it, in pixels."""

QUICK = 0.5
"""From this scale on, a picture is interpolated, which is quicker than averaging areas."""


class ScaledPicture:
    """The newest picture as an image that Qt only has to copy; scaled once for each size.

    Qt's own scaling takes three times as long.
    """

    def __init__(self) -> None:
        self._pixels: Pixels | None = None
        self._image = QImage()
        self._memory: NDArray[np.uint8] | None = None

    def image(self, pixels: Pixels, size: QSize, ratio: float) -> QImage:
        """`pixels` at a size in the widget's units. ratio: of the display's pixels to those."""
        wide, high = (max(round(side * ratio), 1) for side in (size.width(), size.height()))
        if pixels is not self._pixels or self._image.size() != QSize(wide, high):
            self._pixels = pixels
            self._memory = _scaled(pixels, Size(wide, high))
            self._image = QImage(
                self._memory.data, wide, high, 4 * wide, QImage.Format.Format_RGB32
            )
        self._image.setDevicePixelRatio(ratio)
        return self._image


def _scaled(pixels: Pixels, size: Size) -> NDArray[np.uint8]:
    """(H, W, 3) -> (size.height, size.width, 4), blue first: what displays take."""
    if QUICK <= size.width / size_of(pixels).width < 1.0:
        scaled = cv2.resize(pixels, (size.width, size.height), interpolation=cv2.INTER_LINEAR)
    else:
        scaled = resize(pixels, size, cv2.INTER_LINEAR)
    return np.ascontiguousarray(cv2.cvtColor(scaled, cv2.COLOR_RGB2BGRA))


class VideoView(QWidget):
    """The styled picture; when comparing, the area left of a movable line shows the input.

    Nothing here affects what is on air.
    """

    double_clicked = Signal()
    split_moved = Signal(float)
    painted = Signal()
    """Once, when it is drawn for the first time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._output: Pixels | None = None
        self._input: Pixels | None = None
        self._shown_output, self._shown_input = ScaledPicture(), ScaledPicture()
        self._split = 0.5
        self._comparing = False
        self._input_only = False
        self._dimmed = False
        self._painted = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(QSize(30 * UNIT, 20 * UNIT))
        self.setAccessibleName(self.tr("Preview"))

    @property
    def input_picture(self) -> Pixels | None:
        """The newest input picture; None without one."""
        return self._input

    @property
    def has_output(self) -> bool:
        """Whether there is a styled picture to show."""
        return self._output is not None

    @property
    def split(self) -> float:
        """The line's position: 0 at the left edge of the picture, 1 at the right."""
        return self._split

    def show_output(self, pixels: Pixels | None) -> None:
        """Show a styled picture, or none."""
        self._output = pixels
        self.update()

    def show_input(self, pixels: Pixels | None) -> None:
        """Keep an input picture for comparing, or none."""
        self._input = pixels
        if self._comparing or self._input_only:
            self.update()

    def set_comparing(self, on: bool) -> None:
        """Show or hide the split line."""
        self._comparing = on
        self.update()

    def set_input_only(self, on: bool) -> None:
        """Show the input alone while a key is held."""
        if on != self._input_only:
            self._input_only = on
            self.update()

    def set_split(self, split: float) -> None:
        """Move the line; kept within the picture."""
        self._split = min(1.0, max(0.0, split))
        self.update()

    def set_dimmed(self, on: bool) -> None:
        """Draw the picture darkened, behind a notice."""
        if on != self._dimmed:
            self._dimmed = on
            self.update()

    def picture_rect(self) -> QRectF:
        """The picture's rectangle in this widget, with its aspect kept; empty without a picture."""
        shown = self._output if self._output is not None else self._input
        if shown is None:
            return QRectF()
        height, width, _ = shown.shape
        scale = min(self.width() / width, self.height() / height)
        size = (width * scale, height * scale)
        return QRectF((self.width() - size[0]) / 2, (self.height() - size[1]) / 2, *size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._painted:
            self._painted = True
            self.painted.emit()
        painter = QPainter(self)
        around = DARK if self.window().isFullScreen() else roles()
        painter.fillRect(self.rect(), QColor(around.sunken))
        rect = self.picture_rect()
        if rect.isEmpty():
            return
        self._paint_pictures(painter, rect)
        if self._dimmed:
            painter.fillRect(rect, QColor(0, 0, 0, 150))
        elif self._comparing and not self._input_only:
            self._paint_line(painter, rect)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._near_line(event.position()):
            self._drag_to(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._comparing and event.buttons() & Qt.MouseButton.LeftButton:
            self._drag_to(event.position())
        near = self._near_line(event.position())
        self.setCursor(Qt.CursorShape.SplitHCursor if near else Qt.CursorShape.ArrowCursor)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if not self._near_line(event.position()):
            self.double_clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        move = {Qt.Key.Key_Left: -0.02, Qt.Key.Key_Right: 0.02}.get(Qt.Key(event.key()))
        if self._comparing and move is not None:
            self._move_line(self._split + move)
        else:
            super().keyPressEvent(event)

    def _paint_pictures(self, painter: QPainter, rect: QRectF) -> None:
        place = rect.toRect()  # whole pixels, so that nothing is scaled once more
        if self._input is not None and (self._input_only or self._output is None):
            self._draw(painter, place, self._shown_input, self._input)
            return
        if self._output is not None:
            self._draw(painter, place, self._shown_output, self._output)
        if self._comparing and self._input is not None:
            left = QRectF(rect.x(), rect.y(), rect.width() * self._split, rect.height())
            painter.save()
            painter.setClipRect(left)
            self._draw(painter, place, self._shown_input, self._input)
            painter.restore()

    def _draw(self, painter: QPainter, place: QRect, scaled: ScaledPicture, pixels: Pixels) -> None:
        image = scaled.image(pixels, place.size(), self.devicePixelRatioF())
        painter.drawImage(place.topLeft(), image)

    def _paint_line(self, painter: QPainter, rect: QRectF) -> None:
        x = self._line_x(rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(0, 0, 0, 110), 4))
        painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()))
        painter.setPen(QPen(QColor("white"), 2))
        painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()))
        painter.setBrush(QColor(roles().accent if self.hasFocus() else "white"))
        painter.drawEllipse(QPointF(x, rect.center().y()), UNIT, UNIT)

    def _line_x(self, rect: QRectF) -> float:
        return rect.x() + rect.width() * self._split

    def _near_line(self, point: QPointF) -> bool:
        rect = self.picture_rect()
        return self._comparing and abs(point.x() - self._line_x(rect)) <= GRIP

    def _drag_to(self, point: QPointF) -> None:
        rect = self.picture_rect()
        if rect.width() > 0:
            self._move_line((point.x() - rect.x()) / rect.width())

    def _move_line(self, split: float) -> None:
        self.set_split(split)
        self.split_moved.emit(self._split)
