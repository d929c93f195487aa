"""Whether skin keeps its colour: the median of a face before and after."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.drawing.colour import Lab, as_lab, difference, lab_picture
from engine.drawing.landmarks import FEATURES, OVAL
from engine.frames import Pixels

Points = NDArray[np.floating[Any]]
"""(478, 2 or more) points of the face mesh, in pixels."""

REACH = 0.03
"""How far around a feature nothing is skin, in heights of the face."""

FEWEST_PIXELS = 30

MIDDLE_LIGHT = 50.0
"""The L* that all colours are given where their light is taken out."""


def skin_colour(pixels: Pixels, points: Points) -> Lab | None:
    """The median colour of a face without eyes, brows and lips; None for one too small to judge."""
    skin = _filled(points[list(OVAL), :2], pixels)
    reach = 2 * int(REACH * float(np.ptp(points[:, 1]))) + 1
    for feature in FEATURES:
        hull = cv2.convexHull(points[list(feature), :2].astype(np.float32))[:, 0]
        skin &= cv2.dilate(_filled(hull, pixels), np.ones((reach, reach), np.uint8)) == 0
    if np.count_nonzero(skin) < FEWEST_PIXELS:
        return None
    return as_lab(np.median(lab_picture(pixels)[skin > 0], axis=0))


def skin_difference(before: Lab, after: Lab) -> tuple[float, float]:
    """CIEDE2000 of two colours, with the light taken out and whole."""
    unlit = difference((MIDDLE_LIGHT, *before[1:]), (MIDDLE_LIGHT, *after[1:]))
    return unlit, difference(before, after)


def _filled(polygon: Points, pixels: Pixels) -> NDArray[np.uint8]:
    """1 inside a polygon, 0 outside: (H, W)."""
    mask = np.zeros(pixels.shape[:2], np.uint8)
    cv2.fillPoly(mask, [np.round(polygon * 16).astype(np.int32)], 1, cv2.LINE_8, 4)
    return mask
