"""What is to be drawn where, whichever way it is drawn."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize

from engine.frames import Pixels, Size, size_of

AREAS = 0
"""Instead of a number of pixels: areas of any size are averaged."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A picture, and the part of the widget in which it is seen."""

    pixels: Pixels
    seen: QRect


@dataclass(frozen=True, slots=True)
class Scene:
    """Pictures at one place, later ones upon earlier ones, and the colour around them.

    place: in whole units of the widget, so that nothing is scaled once more.
    """

    around: str
    place: QRect
    layers: tuple[Layer, ...]


SceneSource = Callable[[], Scene]
"""Asked whenever something is drawn, so that nothing old is."""


def size_on_display(size: QSize, ratio: float) -> Size:
    """In the display's pixels. ratio: of those to the units of the widget."""
    return Size(*(max(math.floor(side * ratio + 0.5), 1) for side in (size.width(), size.height())))


def block_of(pixels: Pixels, size: Size) -> int:
    """How many pixels each way are averaged before neighbours are interpolated, where `pixels` is
    drawn at `size`: a power of two, so that no pixel is left out where the picture shrinks. `AREAS`
    where sides cannot be halved, which takes several times as long.
    """
    have, block = size_of(pixels), 1
    while 2 * block * size.width <= have.width:
        block *= 2
    return AREAS if have.width % block or have.height % block else block
