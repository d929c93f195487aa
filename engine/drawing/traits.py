"""What a frame tells of a person: iris, lips, glasses.

Pictures are L*a*b* (N, N, 3), points in pixels. Nothing is decided here: one frame may be wrong
(`palette.py` decides, once for each person).
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.drawing.canvas import Points, blurred, smooth_step
from engine.drawing.colour import Lab, Picture, Plane, as_lab
from engine.drawing.landmarks import (
    CHEEKS,
    FEATURES,
    IRIS,
    LIPS_BOTTOM,
    LIPS_TOP,
    MOUTH_BOTTOM,
    MOUTH_TOP,
    SIDES,
    Face,
    iris_radius,
)

IRIS_ANGLES = (-20, 0, 20, 45, 70, 90, 110, 135, 160, 180, 200)


def filled(points: Points, side: int) -> NDArray[np.bool_]:
    """The inside of a polygon on a picture of side x side."""
    mask = np.zeros((side, side), np.uint8)
    _fill(mask, points)
    return mask > 0


def _fill(mask: NDArray[np.uint8], points: NDArray[np.floating]) -> None:
    """Make the inside of a polygon 1, in place."""
    cv2.fillPoly(mask, [np.round(points * 16).astype(np.int32)], 1, cv2.LINE_8, 4)


def features(face: Face, side: int, reach: int = 1) -> NDArray[np.bool_]:
    """Where eyes, brows and lips are, on a picture of side x side; reach: of the growth, odd."""
    found = np.zeros((side, side), np.uint8)
    for group in FEATURES:
        hull = cv2.convexHull(face.at(*group).astype(np.float32))[:, 0]
        _fill(found, hull)
    return np.asarray(cv2.dilate(found, np.ones((reach, reach), np.uint8)) > 0)


def lit_tone(pixels: Picture) -> Lab:
    """The median of some skin (K, 3) that is neither in shadow nor shining."""
    low, high = np.percentile(pixels[:, 0], (25, 82))
    lit = pixels[(pixels[:, 0] > low) & (pixels[:, 0] < high)]
    return as_lab(np.median(lit if len(lit) else pixels, 0))


def white_of(light: Plane) -> float:
    """The L* that white has in a bright but dim picture, a webcam's of a wall; 100 in a dark one.

    light: L* of the whole picture, or of every few pixels. A dark room says nothing of the
    exposure, and a face in it stays dark.
    """
    high_key = float(smooth_step(float(np.median(light)), 48, 62))
    return 100.0 - (100.0 - float(np.percentile(light, 95))) * high_key


def weight_of(face: Face) -> float:
    """How much a frame counts: large faces that look at the camera tell more."""
    return float(face.height * (0.1 + np.cos(np.radians(min(abs(face.yaw), 80.0)))))


def iris_colours(lab: Picture, face: Face) -> tuple[Lab, Lab]:
    """The median colour of both irises, and of the cheeks in the same light.

    The lower part of a ring between pupil and rim is looked at: lashes shade the upper one.
    """
    limit = lab.shape[0] - 1
    angles = np.radians(IRIS_ANGLES)
    ring = np.stack([np.cos(angles), np.sin(angles)], 1)
    found = []
    for side in SIDES:
        radius = iris_radius(face, side)
        spots = [face.points[IRIS[side]] + radius * share * ring for share in (0.5, 0.65, 0.8)]
        at = np.clip(np.round(np.concatenate(spots)), 0, limit).astype(int)
        found.append(lab[at[:, 1], at[:, 0]])
    cheeks = np.clip(face.at(*CHEEKS).astype(int), 0, limit)
    iris = np.median(np.concatenate(found), 0)
    return as_lab(iris), as_lab(np.median(lab[cheeks[:, 1], cheeks[:, 0]], 0))


def lip_colour(lab: Picture, face: Face) -> Lab | None:
    """The median colour of the lips; None where they are too small to be seen."""
    side = lab.shape[0]
    outer = filled(np.vstack([face.at(*LIPS_TOP), face.at(*LIPS_BOTTOM)[::-1]]), side)
    inner = filled(np.vstack([face.at(*MOUTH_TOP), face.at(*MOUTH_BOTTOM)[::-1]]), side)
    lips = outer & ~inner
    return as_lab(np.median(lab[lips], 0)) if lips.sum() > 6 else None


def glasses_evidence(lab: Picture, face: Face) -> tuple[float, Lab]:
    """The log-odds that a face wears glasses, and the colour of the bridge.

    Told by the dark line over the bridge of the nose, by how level it is, and by the temples.
    The weights were fitted to 117 labelled portraits (91 % right, 74 % by the bridge alone).
    """
    light = np.ascontiguousarray(lab[..., 0])
    sigma = max(0.6, 0.006 * face.height)
    line = blurred(light, sigma) - blurred(light, sigma * 3.5)
    p, found = face.points, []
    for share in (0.35, 0.5, 0.65):
        start = p[107] * (1 - share) + p[336] * share
        end = p[133] * (1 - share) + p[362] * share - face.up * 0.06 * face.height
        found.append(_ridge(line, start, end))
    bridge = float(np.median([strength for strength, _ in found]))
    apart = float(np.std([place for _, place in found]))
    sides = ((33, 127), (263, 356))
    temples = [min(_temple(line, face, corner, ear), 9.0) for corner, ear in sides]
    temple = float(np.mean(temples)) if face.turn > 0.4 else min(temples)
    middle = p[[107, 336, 133, 362]].mean(0)
    x, y = np.clip(middle.astype(int), 0, lab.shape[0] - 1)
    around = lab[max(y - 2, 0) : y + 3, max(x - 2, 0) : x + 3].reshape(-1, 3)
    darkest = around[around[:, 0].argmin()]
    odds = 0.4 * min(bridge, 14.0) - 8.0 * apart + 0.5 * temple - 2.7
    odds = min(odds, 1.5 * (bridge - 3.0))  # temples alone may be the edge of the head
    return odds - 1.5 * face.turn, as_lab(darkest)  # in turned heads hair passes for a temple


def _temple(line: Plane, face: Face, corner: int, ear: int) -> float:
    """How strong a dark line runs from an eye's outer corner to the ear (L* units)."""
    start, way = face.points[corner], face.points[ear] - face.points[corner]
    found = []
    for share in (0.3, 0.45, 0.6, 0.75):
        middle = start + way * share
        above = middle - face.down * 0.10 * face.height
        found.append(_ridge(line, above, middle + face.down * 0.08 * face.height)[0])
    return float(np.median(found))


def _ridge(line: Plane, start: Points, end: Points) -> tuple[float, float]:
    """The deepest place of a band-passed picture from start to end: how deep, and where (0..1)."""
    way = start + (end - start) * np.linspace(0, 1, 40)[:, None]
    normal = np.array([-(end - start)[1], (end - start)[0]])
    normal /= np.linalg.norm(normal) + 1e-6
    beside = []
    for k in range(-3, 4):
        q = (way + normal * k * 0.6).astype(np.float32)
        beside.append(cv2.remap(line, q[:, :1], q[:, 1:], cv2.INTER_LINEAR)[:, 0])
    profile = np.mean(beside, 0)
    deepest = int(profile.argmin())
    return float(-profile[deepest]), deepest / 40
