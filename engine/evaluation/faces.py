"""How much of the photograph a styled face retains: similarity of brightness around eyes and mouth.

1 is the photograph itself, in other colours or none; a drawing of the same person in the same pose
has about 0.2. Friends may recognise a person at any value: it only measures how much of the picture
comes from the camera.
"""

from __future__ import annotations

import cv2
import numpy as np

from engine.evaluation.metrics import Plane
from engine.frames import Pixels
from engine.model.face.geometry import Points
from engine.model.face.tracking import Face

EYES = (
    (33, 133, 159, 145, 468, 105, 70),  # the person's right: corners, lids, iris, brow
    (362, 263, 386, 374, 473, 334, 300),
)
MOUTH = (61, 291, 0, 17)
"""Mesh points that span each box."""

MARGIN = 0.25
"""Margin around a box, relative to its longer side."""

BLUR = 0.012
"""Standard deviation of the blur in face widths: strokes count, grain does not."""

FEWEST_PIXELS = 8
"""Side of the smallest box that is judged."""


def likeness(source: Pixels, result: Pixels, face: Face) -> float | None:
    """Mean correlation of brightness, -1..1, over the boxes of eyes and mouth of one face.

    source, result: (H, W, 3), one frame and its result. None if the face is too small or extends
    beyond the picture's edge.
    """
    sigma = max(0.3, BLUR * face.width)
    found = [
        value
        for points in (*EYES, MOUTH)
        if (value := _correlation(source, result, face.points[list(points)], sigma)) is not None
    ]
    return float(np.mean(found)) if found else None


def _correlation(source: Pixels, result: Pixels, points: Points, sigma: float) -> float | None:
    box = _box(points, source.shape[1], source.shape[0])
    if box is None:
        return None
    one, other = (_brightness(pixels[box], sigma) for pixels in (source, result))
    spread = float(one.std() * other.std())
    if spread < 1e-3:
        return 0.0  # a flat area has nothing of the other picture in it
    return float(((one - one.mean()) * (other - other.mean())).mean()) / spread


def _box(points: Points, width: int, height: int) -> tuple[slice, slice] | None:
    low, high = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
    margin = MARGIN * float((high - low).max())
    left, top = (int(value) for value in np.maximum(low - margin, 0.0))
    right, bottom = (int(v) for v in np.minimum(high + margin + 1.0, (width, height)))
    if min(right - left, bottom - top) < FEWEST_PIXELS:
        return None
    return slice(top, bottom), slice(left, right)


def _brightness(pixels: Pixels, sigma: float) -> Plane:
    grey = cv2.cvtColor(np.ascontiguousarray(pixels), cv2.COLOR_RGB2GRAY).astype(np.float32)
    return np.asarray(cv2.GaussianBlur(grey, (0, 0), sigma), np.float32)
