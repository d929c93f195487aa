"""The picture drawn by the graphics card, through Qt's interface to whatever the system has.

What the card gets is a frame's own memory: it is neither converted nor scaled before. The shaders
are in `resources/shaders`; `make shaders` translates them.
"""

from __future__ import annotations

import logging
import math
import struct
from typing import Protocol, TypeVar

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QImage,
    QRhi,
    QRhiBuffer,
    QRhiCommandBuffer,
    QRhiDepthStencilClearValue,
    QRhiGraphicsPipeline,
    QRhiResourceUpdateBatch,
    QRhiSampler,
    QRhiScissor,
    QRhiShaderResourceBinding,
    QRhiShaderResourceBindings,
    QRhiShaderStage,
    QRhiTexture,
    QRhiViewport,
    QShader,
)
from PySide6.QtWidgets import QRhiWidget, QWidget

from engine.frames import Pixels, Size, size_of
from gui.paths import SHADERS
from gui.widgets.picture.scene import Layer, Scene, SceneSource, block_of, size_on_display

logger = logging.getLogger(__name__)

_UNIFORMS = struct.Struct("16f 2i 2i i 12x")
"""`Drawing` in the shaders, in their layout std140."""
_CORNERS = 4


class _Creatable(Protocol):
    def create(self) -> bool: ...


Created = TypeVar("Created", bound=_Creatable)


class CardError(Exception):
    """The graphics card cannot draw pictures; what it does not do."""


class GpuPicture(QRhiWidget):
    """Draws a scene with the graphics card, whenever it is updated. `renderFailed` is emitted
    where it cannot; nothing is to be seen then.
    """

    drawn = Signal()
    """It is on its way to the display."""

    def __init__(self, scene: SceneSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene = scene
        self._drawer: _Drawer | None = None
        self._failed = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.frameSubmitted.connect(self.drawn)

    def initialize(self, commands: QRhiCommandBuffer) -> None:  # noqa: ARG002 - Qt's own arguments
        """Called by Qt before the first picture, and whenever size or card have changed."""
        if self._drawer is not None and self._drawer.rhi != self.rhi():
            self.releaseResources()

    def render(self, commands: QRhiCommandBuffer) -> None:  # type: ignore[override] # Qt's own
        """Called by Qt to have the scene drawn."""
        if self._failed:
            return
        try:
            if self._drawer is None:
                self._drawer = _Drawer(self.rhi(), self)
            self._drawer.draw(self._scene(), commands, self.devicePixelRatioF())
        except CardError as error:
            self._give_up(error)

    def releaseResources(self) -> None:
        """Called by Qt when the widget moves to another window."""
        if self._drawer is not None:
            self._drawer.release()
            self._drawer = None

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.releaseResources()

    def _give_up(self, error: CardError) -> None:
        logger.warning("the graphics card cannot draw the picture: %s", error)
        self._failed = True
        self.releaseResources()
        self.renderFailed.emit()


class _Drawer:
    """What lies on one card, and how a scene is drawn with it."""

    def __init__(self, rhi: QRhi, widget: QRhiWidget) -> None:
        """Raises CardError."""
        self.rhi = rhi
        self._widget = widget
        if not rhi.isFeatureSupported(QRhi.Feature.TexelFetch):
            raise CardError("it has no texelFetch")
        nearest, clamp = QRhiSampler.Filter.Nearest, QRhiSampler.AddressMode.ClampToEdge
        self._sampler = _created(
            rhi.newSampler(nearest, nearest, QRhiSampler.Filter.None_, clamp, clamp)
        )
        self._textures = [_Texture(rhi, self._sampler)]
        self._pipeline = self._new_pipeline()

    def draw(self, scene: Scene, commands: QRhiCommandBuffer, ratio: float) -> None:
        """Draw it all anew; a picture that is already on the card is not sent again."""
        while len(self._textures) < len(scene.layers):
            self._textures.append(_Texture(self.rhi, self._sampler))
        used = list(zip(scene.layers, self._textures, strict=False))
        updates = self.rhi.nextResourceUpdateBatch()
        size = size_on_display(scene.place.size(), ratio)
        for layer, texture in used:
            texture.update(layer.pixels, size, updates)
        target = self._widget.renderTarget()
        around, nothing = QColor(scene.around), QRhiDepthStencilClearValue(1.0, 0)
        commands.beginPass(target, around, nothing, updates)
        if used:
            commands.setGraphicsPipeline(self._pipeline)
        for layer, texture in used:
            self._draw(layer, texture, scene.place, target.pixelSize(), ratio, commands)
        commands.endPass()

    def release(self) -> None:
        """Take everything from the card."""
        for texture in self._textures:
            texture.release()
        for resource in (self._pipeline, self._sampler):
            resource.deleteLater()

    def _new_pipeline(self) -> QRhiGraphicsPipeline:
        pipeline = self.rhi.newGraphicsPipeline()
        pipeline.setTopology(QRhiGraphicsPipeline.Topology.TriangleStrip)
        pipeline.setFlags(QRhiGraphicsPipeline.Flag.UsesScissor)
        kinds = {QRhiShaderStage.Type.Vertex: "vert", QRhiShaderStage.Type.Fragment: "frag"}
        pipeline.setShaderStages(
            [QRhiShaderStage(kind, _shader(name)) for kind, name in kinds.items()]
        )
        pipeline.setShaderResourceBindings(self._textures[0].bindings)
        pipeline.setRenderPassDescriptor(self._widget.renderTarget().renderPassDescriptor())
        return _created(pipeline)

    def _draw(
        self,
        layer: Layer,
        texture: _Texture,
        place: QRect,
        whole: QSize,
        ratio: float,
        commands: QRhiCommandBuffer,
    ) -> None:
        x, y, width, height = _from_below(place, whole, ratio)
        commands.setViewport(QRhiViewport(x, y, width, height))
        commands.setScissor(QRhiScissor(*_from_below(layer.seen, whole, ratio)))
        commands.setShaderResources(texture.bindings)
        commands.draw(_CORNERS)


class _Texture:
    """A picture on the card, and the numbers by which it is drawn."""

    def __init__(self, rhi: QRhi, sampler: QRhiSampler) -> None:
        """Raises CardError."""
        self._clip = rhi.clipSpaceCorrMatrix().data()
        self._pixels: Pixels | None = None
        uniform = QRhiBuffer.UsageFlag.UniformBuffer
        self._uniforms = _created(rhi.newBuffer(QRhiBuffer.Type.Dynamic, uniform, _UNIFORMS.size))
        self._texture = _created(rhi.newTexture(QRhiTexture.Format.R8, QSize(3, 1)))
        self.bindings = self._bind(rhi, sampler)

    def update(self, pixels: Pixels, size: Size, updates: QRhiResourceUpdateBatch) -> None:
        """Note how the picture is drawn, and send it where it is another one.

        size: on the display, in its pixels.
        """
        source = size_of(pixels)
        numbers = (source.width, source.height, size.width, size.height, block_of(pixels, size))
        updates.updateDynamicBuffer(self._uniforms, 0, _UNIFORMS.pack(*self._clip, *numbers))
        if pixels is self._pixels:
            return
        self._pixels = pixels  # whatever uploads it may read it after this
        width, height = 3 * source.width, source.height
        if self._texture.pixelSize() != QSize(width, height):
            self._texture.setPixelSize(QSize(width, height))
            _created(self._texture)
        memory = QImage(
            pixels.data, width, height, pixels.strides[0], QImage.Format.Format_Grayscale8
        )
        updates.uploadTexture(self._texture, memory)

    def release(self) -> None:
        """Take it from the card."""
        for resource in (self.bindings, self._texture, self._uniforms):
            resource.deleteLater()
        self._pixels = None

    def _bind(self, rhi: QRhi, sampler: QRhiSampler) -> QRhiShaderResourceBindings:
        stages = QRhiShaderResourceBinding.StageFlag
        bindings = rhi.newShaderResourceBindings()
        bindings.setBindings(
            [
                QRhiShaderResourceBinding.uniformBuffer(
                    0, stages.VertexStage | stages.FragmentStage, self._uniforms
                ),
                QRhiShaderResourceBinding.sampledTexture(
                    1, stages.FragmentStage, self._texture, sampler
                ),
            ]
        )
        return _created(bindings)


def _created(resource: Created) -> Created:
    """The same, now on the card. Raises CardError."""
    if not resource.create():
        raise CardError(f"it gives no {type(resource).__name__}")
    return resource


def _from_below(rect: QRect, whole: QSize, ratio: float) -> tuple[int, int, int, int]:
    """x, y, width, height in the display's pixels, from the bottom left of `whole`.

    Halves are rounded as Qt does where it paints.
    """
    left, top = (math.floor(side * ratio + 0.5) for side in (rect.x(), rect.y()))
    size = size_on_display(rect.size(), ratio)
    return left, whole.height() - top - size.height, size.width, size.height


def _shader(kind: str) -> QShader:
    """Raises CardError."""
    shader = QShader.fromSerialized((SHADERS / f"picture.{kind}.qsb").read_bytes())
    if not shader.isValid():
        raise CardError(f"the shader {kind} does not suit this version of Qt")
    return shader
