"""Shows the newest picture, whole and undistorted, and compares it with another."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.frames import Pixels
from gui.theme.theme import DARK, UNIT, roles
from gui.widgets.picture.choice import DrawingChoice, choice
from gui.widgets.picture.drawn_by_gpu import GpuPicture
from gui.widgets.picture.painted import PaintedPicture
from gui.widgets.picture.scene import Layer, Scene

GRIP = 2 * UNIT
"""How near the pointer must be to the split line to drag it, in pixels."""


class VideoView(QWidget):
    """The styled picture; when comparing, the area left of a movable line shows the input.

    Nothing here affects what is on air.
    """

    double_clicked = Signal()
    split_moved = Signal(float)
    painted = Signal()
    """Once, when it is drawn for the first time."""

    def __init__(self, parent: QWidget | None = None, *, drawing: DrawingChoice = choice) -> None:
        super().__init__(parent)
        self._drawing = drawing
        self._output: Pixels | None = None
        self._input: Pixels | None = None
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
        self._picture = self._new_picture()
        self._marks = _Marks(self._paint_marks, self)

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
        self._redraw()

    def show_input(self, pixels: Pixels | None) -> None:
        """Keep an input picture for comparing, or none."""
        self._input = pixels
        if self._comparing or self._input_only:
            self._redraw()

    def set_comparing(self, on: bool) -> None:
        """Show or hide the split line."""
        self._comparing = on
        self._redraw()

    def set_input_only(self, on: bool) -> None:
        """Show the input alone while a key is held."""
        if on != self._input_only:
            self._input_only = on
            self._redraw()

    def set_split(self, split: float) -> None:
        """Move the line; kept within the picture."""
        self._split = min(1.0, max(0.0, split))
        self._redraw()

    def set_dimmed(self, on: bool) -> None:
        """Draw the picture darkened, behind a notice."""
        if on != self._dimmed:
            self._dimmed = on
            self._redraw()

    def picture_rect(self) -> QRectF:
        """The picture's rectangle in this widget, with its aspect kept; empty without a picture."""
        shown = self._output if self._output is not None else self._input
        if shown is None:
            return QRectF()
        height, width, _ = shown.shape
        scale = min(self.width() / width, self.height() / height)
        size = (width * scale, height * scale)
        return QRectF((self.width() - size[0]) / 2, (self.height() - size[1]) / 2, *size)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for layer in (self._picture, self._marks):
            layer.setGeometry(self.rect())

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

    def _new_picture(self) -> GpuPicture | PaintedPicture:
        """What draws the pictures, below everything else; another if the card should fail."""
        picture = self._drawing.new_picture(self._scene, self)
        picture.lower()
        picture.drawn.connect(self._on_drawn, Qt.ConnectionType.SingleShotConnection)
        picture.setGeometry(self.rect())
        if isinstance(picture, GpuPicture):
            picture.renderFailed.connect(self._on_failed, Qt.ConnectionType.QueuedConnection)
        return picture

    def _scene(self) -> Scene:
        around = DARK if self.window().isFullScreen() else roles()
        place = self.picture_rect().toRect()
        if self._input is not None and (self._input_only or self._output is None):
            layers = [Layer(self._input, place)]
        else:
            layers = [] if self._output is None else [Layer(self._output, place)]
            left = QRect(place.topLeft(), QSize(round(place.width() * self._split), place.height()))
            if self._comparing and self._input is not None and not left.isEmpty():
                layers.append(Layer(self._input, left))
        return Scene(around.sunken, place, tuple(layers))

    def _redraw(self) -> None:
        self._picture.update()
        self._marks.setVisible(self._dimmed or (self._comparing and not self._input_only))
        self._marks.update()

    def _paint_marks(self, painter: QPainter) -> None:
        rect = self.picture_rect()
        if self._dimmed:
            painter.fillRect(rect, QColor(0, 0, 0, 150))
        elif not rect.isEmpty():
            self._paint_line(painter, rect)

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

    def _on_drawn(self) -> None:
        if not self._painted:
            self._painted = True
            self.painted.emit()

    def _on_failed(self) -> None:
        """Let the processor draw, in a window that does without the card."""
        if isinstance(self._picture, PaintedPicture):
            return
        self._drawing.give_up()
        failed, self._picture = self._picture, self._new_picture()
        failed.setParent(None)
        failed.deleteLater()
        self._picture.show()
        window = self.window()
        QWidget.setVisible(window, False)  # past a dialog's own, which would end it
        window.destroy()  # it was made for the card, and would stay blank
        QWidget.setVisible(window, True)


class _Marks(QWidget):
    """What is drawn upon the picture, which shows through."""

    def __init__(self, paint: Callable[[QPainter], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._paint = paint
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        self._paint(QPainter(self))
