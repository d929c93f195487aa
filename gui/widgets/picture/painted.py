"""The picture drawn by the processor."""

from __future__ import annotations

import cv2
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from engine.frames import Pixels, Size, size_of
from gui.widgets.picture.scene import AREAS, SceneSource, block_of, size_on_display


class ScaledPicture:
    """The newest picture at the display's size; scaled once for each size, by OpenCV: Qt takes
    three times as long. Where it has that size already, it is drawn from its own memory.
    """

    def __init__(self) -> None:
        self._pixels: Pixels | None = None
        self._scaled: Pixels | None = None

    def image(self, pixels: Pixels, size: QSize, ratio: float) -> QImage:
        """`pixels` at a size in the widget's units. ratio: of the display's pixels to those."""
        wanted = size_on_display(size, ratio)
        scaled = self._scaled
        if scaled is None or pixels is not self._pixels or size_of(scaled) != wanted:
            scaled = _at_size(pixels, wanted)
            self._pixels, self._scaled = pixels, scaled
        image = QImage(
            scaled.data, wanted.width, wanted.height, scaled.strides[0], QImage.Format.Format_RGB888
        )
        image.setDevicePixelRatio(ratio)
        return image


def _at_size(pixels: Pixels, size: Size) -> Pixels:
    block = block_of(pixels, size)
    scaled = pixels
    if block == AREAS:
        scaled = cv2.resize(pixels, (size.width, size.height), interpolation=cv2.INTER_AREA)
    while block > 1:
        block //= 2
        half = (scaled.shape[1] // 2, scaled.shape[0] // 2)
        scaled = cv2.resize(scaled, half, interpolation=cv2.INTER_AREA)
    if size_of(scaled) != size:
        scaled = cv2.resize(scaled, (size.width, size.height), interpolation=cv2.INTER_LINEAR)
    return scaled


class PaintedPicture(QWidget):
    """Draws a scene with the processor, whenever it is updated."""

    drawn = Signal()

    def __init__(self, scene: SceneSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene = scene
        self._scaled: list[ScaledPicture] = []
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:
        scene, painter = self._scene(), QPainter(self)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.fillRect(self.rect(), QColor(scene.around))
        while len(self._scaled) < len(scene.layers):
            self._scaled.append(ScaledPicture())
        for layer, scaled in zip(scene.layers, self._scaled, strict=False):
            painter.setClipRect(layer.seen)
            image = scaled.image(layer.pixels, scene.place.size(), self.devicePixelRatioF())
            painter.drawImage(scene.place.topLeft(), image)
        self.drawn.emit()
