"""What is to be drawn where, whichever way it is drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize

from engine.frames import Pixels, Size, size_of

QUICK = 0.5
"""From this scale on, a picture that shrinks is interpolated: every pixel of it still counts, and
it is quicker. Below, areas are averaged."""


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
    return Size(*(max(round(side * ratio), 1) for side in (size.width(), size.height())))


def averages(pixels: Pixels, size: Size) -> bool:
    """Whether areas of `pixels` are averaged where it is drawn at `size`."""
    return size.width < QUICK * size_of(pixels).width
