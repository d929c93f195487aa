"""Locates faces by rotated squares, and cuts pictures out of them.

All coordinates are pixels, x to the right and y down, of the pixels' centres.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from engine.frames import Pixels

Points = npt.NDArray[np.float32]
"""(N, 2) or (N, 3)."""

MARGIN = 1.5
"""Side of the square that is cut out, relative to the face's box."""

LEFT_CORNER, RIGHT_CORNER = 33, 263
"""Mesh points: the outer corners of the eyes, the one on the picture's left first."""


@dataclass(frozen=True, slots=True)
class FaceRegion:
    """A rotated square. centre: x, y. angle: radians, of the line through the eyes, clockwise."""

    centre: tuple[float, float]
    side: float
    angle: float

    @staticmethod
    def around(points: Points, left: Points, right: Points) -> FaceRegion:
        """Around points (N, 2), upright along the line from one eye's point to the other's (2,)."""
        angle = math.atan2(float(right[1] - left[1]), float(right[0] - left[0]))
        turned = points[:, :2] @ _turn(-angle).T
        low, high = turned.min(axis=0), turned.max(axis=0)
        centre = _turn(angle) @ ((low + high) / 2.0)
        return FaceRegion(
            (float(centre[0]), float(centre[1])), MARGIN * float((high - low).max()), angle
        )

    def enlarged(self, factor: float) -> FaceRegion:
        """The same region of the picture at another size."""
        x, y = ((number + 0.5) * factor - 0.5 for number in self.centre)
        return FaceRegion((x, y), self.side * factor, self.angle)

    def to_picture(self, side: int) -> npt.NDArray[np.float64]:
        """(2, 3): from the pixels of a cut-out with this side to those of the picture."""
        scale = self.side / side
        linear = _turn(self.angle) * scale
        middle = np.array([(side - 1) / 2.0, (side - 1) / 2.0])
        return np.column_stack([linear, np.asarray(self.centre) - linear @ middle])

    def cut_out(self, pixels: Pixels, side: int) -> Pixels:
        """The square, upright: (H, W, C) -> (side, side, C); black beyond the picture's edges.

        Four channels take half of the time of three; see `padded`.
        """
        shrink = self.side / side
        if shrink > 2.0:  # sampling directly would alias
            pixels, region = _halved(pixels, self, int(math.log2(shrink)))
            return region.cut_out(pixels, side)
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        return np.asarray(cv2.warpAffine(pixels, self.to_picture(side), (side, side), flags=flags))

    def points_in_picture(self, points: Points, side: int) -> Points:
        """Points (N, 3) of a cut-out with this side, in pixels of the picture; z likewise."""
        matrix = self.to_picture(side)
        plane = points[:, :2] @ matrix[:, :2].T + matrix[:, 2]
        return np.column_stack([plane, points[:, 2:] * (self.side / side)]).astype(np.float32)


def padded(pixels: Pixels) -> Pixels:
    """A picture that several regions are to be cut out of, with a channel more: (H, W, 4)."""
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2RGBA), np.uint8)


def unpadded(pixels: Pixels) -> Pixels:
    """Colours (H, W, 3) alone, of a picture that may be `padded`."""
    if pixels.shape[2] == 3:
        return pixels
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGBA2RGB), np.uint8)


def overlap(first: Points, second: Points) -> float:
    """Intersection over union of the boxes around two sets of points."""
    low = np.maximum(first[:, :2].min(axis=0), second[:, :2].min(axis=0))
    high = np.minimum(first[:, :2].max(axis=0), second[:, :2].max(axis=0))
    shared = float(np.prod(np.maximum(high - low, 0.0)))
    areas = [float(np.prod(np.ptp(points[:, :2], axis=0))) for points in (first, second)]
    return shared / max(sum(areas) - shared, 1e-6)


def _turn(angle: float) -> npt.NDArray[np.float64]:
    cosine, sine = math.cos(angle), math.sin(angle)
    return np.array([[cosine, -sine], [sine, cosine]])


def _halved(pixels: Pixels, region: FaceRegion, times: int) -> tuple[Pixels, FaceRegion]:
    """A picture and a region in it, both 2 ** times smaller."""
    factor = 2**times
    height, width = (max(1, size // factor) for size in pixels.shape[:2])
    smaller = cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA)
    ratio = np.array([width / pixels.shape[1], height / pixels.shape[0]])
    x, y = (np.asarray(region.centre) + 0.5) * ratio - 0.5
    return np.asarray(smaller), FaceRegion((float(x), float(y)), region.side / factor, region.angle)
