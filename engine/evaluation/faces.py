"""How much of one picture a face in another has: similarity of brightness around eyes and mouth.

1 is the same picture, in other colours or none; a drawing of a person has about 0.2 of the
photograph of the same person in the same pose. Friends may recognise a person at any value: it only
measures how much of a styled face comes from the camera, or how much it is like a given drawing.

Points are those of the face mesh (`engine.model.face`), (478, 2 or more) in pixels.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.evaluation.metrics import Plane, sharpness
from engine.frames import Pixels

Points = NDArray[np.float32]

EYES = (
    (33, 133, 159, 145, 468, 105, 70),  # the person's right: corners, lids, iris, brow
    (362, 263, 386, 374, 473, 334, 300),
)
MOUTH = (61, 291, 0, 17)
"""Mesh points that span each box."""

EVERYTHING = (*EYES, MOUTH)
WHOLE = (10, 152, 234, 454)
"""Forehead, chin, and both sides of the face."""

MARGIN = 0.25
"""Margin around a box, relative to its longer side."""

BLUR = 0.012
"""Standard deviation of the blur in face widths: strokes count, grain does not."""

FEWEST_PIXELS = 8
"""Side of the smallest box that is judged."""


def likeness(
    picture: Pixels,
    result: Pixels,
    points: Points,
    boxes: Sequence[tuple[int, ...]] = EVERYTHING,
) -> float | None:
    """Mean correlation of brightness, -1..1, over boxes of one face.

    picture, result: (H, W, 3), such as a frame and its result. points: of the face in the frame.
    boxes: the points that span each. None if the face is too small or extends beyond the edge.
    """
    sigma = max(0.3, BLUR * float(np.ptp(points[:, 0])))
    found = [
        value
        for box in boxes
        if (value := _correlation(picture, result, points[list(box)], sigma)) is not None
    ]
    return float(np.mean(found)) if found else None


def relative_sharpness(drawing: Pixels, result: Pixels, points: Points) -> float | None:
    """Gradient energy of a face in a result, relative to that in a drawing; None as above."""
    box = _box(points[list(WHOLE)], drawing.shape[1], drawing.shape[0], margin=0.0)
    if box is None:
        return None
    wanted = sharpness(np.ascontiguousarray(drawing[box]))
    return sharpness(np.ascontiguousarray(result[box])) / wanted if wanted > 0 else None


def _correlation(source: Pixels, result: Pixels, points: Points, sigma: float) -> float | None:
    box = _box(points, source.shape[1], source.shape[0])
    if box is None:
        return None
    one, other = (_brightness(pixels[box], sigma) for pixels in (source, result))
    spread = float(one.std() * other.std())
    if spread < 1e-3:
        return 0.0  # a flat area has nothing of the other picture in it
    return float(((one - one.mean()) * (other - other.mean())).mean()) / spread


def _box(
    points: Points, width: int, height: int, margin: float = MARGIN
) -> tuple[slice, slice] | None:
    low, high = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
    reach = margin * float((high - low).max())
    left, top = (int(value) for value in np.maximum(low - reach, 0.0))
    right, bottom = (int(v) for v in np.minimum(high + reach + 1.0, (width, height)))
    if min(right - left, bottom - top) < FEWEST_PIXELS:
        return None
    return slice(top, bottom), slice(left, right)


def _brightness(pixels: Pixels, sigma: float) -> Plane:
    grey = cv2.cvtColor(np.ascontiguousarray(pixels), cv2.COLOR_RGB2GRAY).astype(np.float32)
    return np.asarray(cv2.GaussianBlur(grey, (0, 0), sigma), np.float32)
