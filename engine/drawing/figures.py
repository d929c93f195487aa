"""The people of a frame as a mask tells them: what is theirs, and a line around them.

Shape letters: h, w sides of the grid of cells; H, W sides of the picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.drawing.canvas import Points, box_of
from engine.drawing.colour import Plane
from engine.drawing.edges import (
    PERSON_LINE,
    Planes,
    as_bytes,
    brought,
    distance,
    line,
    line_width,
    step_of,
    sure,
)
from engine.drawing.head import Head
from engine.drawing.looks import Look
from engine.drawing.parts import scaled_cells
from engine.drawing.portrait import body_line
from engine.frames import Pixels

SURE_SLOPES = 0.1, 0.2
"""Of people's edges; see `edges.sure`."""
FASTER = np.ones((5, 5), np.uint8)
"""How far around untrusted motion lines fade, in its cells."""
LEAST_CELLS = 8
"""Of a side of the grid."""


_Planes = tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint8]]


@dataclass(frozen=True)
class Figures:
    """People, worked out in square cells. planes (h, w, 3), 0..255: how much of a cell is a person,
    how far inside one it is (`edges.STEPS`), and how sure their edge is. to_picture (2, 3): from
    cells to pixels.
    """

    planes: Planes
    to_picture: NDArray[np.float64]
    _seen: dict[tuple[int, ...], _Planes] = field(default_factory=dict, init=False, repr=False)

    @staticmethod
    def of(mask: Plane, size: tuple[int, ...], trust: Plane | None = None) -> Figures:
        """By a mask of any size, 0..1, of a whole picture (H, W). trust: how far the motion is
        sure, of any size, 0..1: a hand that moves too fast for it has no line.
        """
        height, width = size
        cell = (height * width / mask.size) ** 0.5
        sides = [max(LEAST_CELLS, round(side / cell)) for side in (width, height)]
        share = mask
        if mask.shape != (sides[1], sides[0]):
            share = np.asarray(cv2.resize(mask, sides), np.float32)
        known = sure(share, SURE_SLOPES)
        if trust is not None:
            known = known * cv2.resize(cv2.erode(trust, FASTER), (sides[0], sides[1]))
        planes = cv2.merge([as_bytes(255 * share), distance(share), as_bytes(255 * known)])
        cells = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
        factor = np.array([width / sides[0], height / sides[1]])
        return Figures(np.asarray(planes, np.uint8), scaled_cells(cells, factor))

    def moved(self, matrix: Points) -> Figures:
        """The same in another picture. matrix (2, 3): from the one's pixels to the other's."""
        linear = matrix[:, :2] @ self.to_picture[:, :2]
        shift = matrix[:, :2] @ self.to_picture[:, 2] + matrix[:, 2]
        return replace(self, to_picture=np.column_stack([linear, shift]))

    def scaled(self, factor: Points) -> Figures:
        """The same in a picture of another size; factor: of width and height, (2,)."""
        return replace(self, to_picture=scaled_cells(self.to_picture, factor))

    def share(self, size: tuple[int, ...]) -> NDArray[np.uint8]:
        """How much of each pixel of a picture (H, W) is a person: (H, W), 0..255."""
        return self._in_picture(size)[0]

    def lay(
        self,
        drawn: Pixels,
        cover: NDArray[np.uint8],
        look: Look,
        opacity: float,
        heads: Sequence[tuple[Head, float]],
    ) -> None:
        """Lay the line around people upon nothing: (H, W, 3), premultiplied, and its cover (H, W),
        both in place. heads: which have a line of their own, and how far it is there, 0..1.
        """
        width = PERSON_LINE * line_width(look, cover.shape)
        _, inside, known = self._in_picture(cover.shape)
        around = cv2.LUT(inside, line(step_of(self.to_picture), width))
        at = box_of(around)
        if not around[at].size:
            return
        shown = cv2.multiply(around, known, scale=opacity / 255)
        for head, weight in heads:
            window, own = head.place(cover.shape)
            if own.size:
                free = cv2.bitwise_not(cv2.convertScaleAbs(own, alpha=weight))
                shown[window] = cv2.multiply(shown[window], free, scale=1 / 255)
        cover[at] = shown[at]
        ink = body_line(look) / 255
        inked = [cv2.convertScaleAbs(shown[at], alpha=float(tone)) for tone in ink]
        drawn[at] = cv2.merge(inked)

    def _in_picture(self, size: tuple[int, ...]) -> _Planes:
        """The planes in a picture (H, W)."""
        if size not in self._seen:
            window, planes = brought(self.planes, self.to_picture, size)
            whole = planes
            if planes.shape[:2] != size:
                whole = np.zeros((*size, 3), np.uint8)
                whole[window] = planes
            share, inside, known = (cv2.extractChannel(whole, i) for i in range(3))
            self._seen[size] = share, inside, known
        return self._seen[size]
