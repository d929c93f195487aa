"""The square around a face, in which it is looked at and drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.drawing.canvas import Points
from engine.drawing.colour import Picture, floats
from engine.drawing.landmarks import Face
from engine.frames import Pixels

REACH = 0.85
"""Half the side of the square in which a face is drawn, in sizes of the face."""


BLACK = (0, 128, 128)
STEPS = floats([100 / 255, 1, 1])
"""L*a*b* as bytes: what is black, and by how much a number changes with its byte."""
LAB = floats((np.arange(256)[:, None, None] - floats(BLACK)) * STEPS)
"""(256, 1, 3): the numbers by the bytes."""


@dataclass(frozen=True, slots=True)
class FaceBox:
    """The square around a face, and what of it lies in the frame. left, top: of the square."""

    left: int
    top: int
    side: int

    @staticmethod
    def around(face: Face) -> FaceBox:
        half = REACH * face.scale
        left, top = np.floor(face.centre - half).astype(int)
        return FaceBox(int(left), int(top), int(2 * half) + 2)

    def inside(self, face: Face) -> Face:
        """The face in the square's own pixels."""
        shift = np.array([self.left, self.top])
        return replace(face, seen=face.seen - shift, points=face.points - shift)

    def window(self, frame: NDArray[np.generic]) -> tuple[slice, slice]:
        """The rows and columns of the frame that lie in the square; empty if none do."""
        height, width = frame.shape[:2]
        top, left = max(self.top, 0), max(self.left, 0)
        bottom, right = min(self.top + self.side, height), min(self.left + self.side, width)
        return slice(top, max(bottom, top)), slice(left, max(right, left))

    def part(self, window: tuple[slice, slice]) -> tuple[slice, slice]:
        """The same rows and columns, counted in the square."""
        rows, columns = window
        return (
            slice(rows.start - self.top, rows.stop - self.top),
            slice(columns.start - self.left, columns.stop - self.left),
        )

    def narrowed(
        self, window: tuple[slice, slice], part: tuple[slice, slice]
    ) -> tuple[slice, slice]:
        """Of a window in the frame, what lies in a part of the square."""
        rows, columns = (
            slice(max(of.start, by + at.start), max(of.start, min(of.stop, by + at.stop)))
            for of, by, at in zip(window, (self.top, self.left), part, strict=True)
        )
        return rows, columns

    def lab(self, frame: Pixels, *parts: tuple[slice, slice]) -> Picture:
        """What the square shows in L*a*b*; black beyond the frame, and beyond parts of it."""
        whole = self.window(frame)
        picture = np.zeros((self.side, self.side, 3), np.float32)
        for window in [self.narrowed(whole, part) for part in parts] if parts else [whole]:
            if frame[window].size:
                bytes_of_lab = cv2.cvtColor(frame[window], cv2.COLOR_RGB2LAB)
                picture[self.part(window)] = cv2.LUT(bytes_of_lab, LAB)
        return picture

    def small_lab(self, frame: Pixels, side: int) -> Picture:
        """What the whole square shows in L*a*b* at another size, (side, side, 3): means."""
        window = self.window(frame)
        levels = np.empty((self.side, self.side, 3), np.float32)
        inside = self.part(window)
        if frame[window].shape != levels.shape:
            levels[:] = BLACK
        if frame[window].size:
            levels[inside] = cv2.cvtColor(frame[window], cv2.COLOR_RGB2LAB)
        means = cv2.resize(levels, (side, side), interpolation=cv2.INTER_AREA)
        return np.asarray((means - floats(BLACK)) * STEPS)


def part_around(points: Points, margin: int, side: int) -> tuple[slice, slice]:
    """The rows and columns of a square around points in it, and a margin."""
    low = np.maximum(np.floor(points.min(0)).astype(int) - margin, 0).tolist()
    high = np.minimum(np.ceil(points.max(0)).astype(int) + margin + 1, side).tolist()
    return slice(low[1], max(high[1], low[1])), slice(low[0], max(high[0], low[0]))
