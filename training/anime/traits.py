"""What a frame tells of a person: iris, lips, beard, glasses.

Pictures are L*a*b* (N, N, 3), points in pixels. Nothing is decided here: one frame may be wrong
(`palette.py` decides, once for each person).
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from training.anime.drawing.canvas import (
    SCALE,
    Points,
    blurred,
    polygon,
    resized,
    smooth_step,
    spline,
)
from training.anime.drawing.colour import Lab, Picture, Plane, as_lab
from training.anime.landmarks import (
    CHEEKS,
    IRIS,
    LIPS_BOTTOM,
    LIPS_TOP,
    MOUTH_BOTTOM,
    MOUTH_TOP,
    SIDES,
    Face,
    iris_radius,
)
from training.anime.view import View

BEARD_OUTLINE = ((234, 50, 98, 2, 327, 280, 454), (361, 397, 378, 152, 149, 172, 132, 234))
IRIS_ANGLES = (-20, 0, 20, 45, 70, 90, 110, 135, 160, 180, 200)


def filled(points: Points, side: int) -> NDArray[np.bool_]:
    """The inside of a polygon on a picture of side x side."""
    mask = np.zeros((side, side), np.uint8)
    cv2.fillPoly(mask, [np.round(points * 16).astype(np.int32)], 1, cv2.LINE_8, 4)
    return mask > 0


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


def beard_zone(face: Face, side: int) -> Plane:
    """Where a beard may grow, without the lips: (N, N) in 0..1."""
    outline = np.vstack([face.at(*BEARD_OUTLINE[0]), face.at(*BEARD_OUTLINE[1])])
    zone = resized(polygon(side * SCALE, spline(outline, 90)).spread(side * SCALE), side)
    lips = filled(np.vstack([face.at(*LIPS_TOP), face.at(*LIPS_BOTTOM)[::-1]]), side)
    reach = 2 * int(max(1, 0.008 * face.scale)) + 1
    lips_plane = cv2.dilate(lips.astype(np.float32), np.ones((reach, reach)))
    return np.asarray(zone * (1 - blurred(lips_plane, 0.6)), np.float32)


def beard_plane(view: View, face: Face, skin: Lab) -> Plane:
    """How much each pixel of the beard's zone looks like hair: (N, N) in 0..1.

    A shadow on skin keeps its chroma over lightness, hair does not, whether it is black or grey.
    """
    sigma = 0.014 * face.scale
    light = blurred(np.ascontiguousarray(view.lab[..., 0]), sigma)
    chroma = blurred(np.hypot(view.lab[..., 1], view.lab[..., 2]).astype(np.float32), sigma)
    skin_chroma = float(np.hypot(skin[1], skin[2])) + 1e-3
    dark = smooth_step(skin[0] - light, 15, 25) * (1 - smooth_step(chroma / skin_chroma, 0.72, 0.9))
    paler = 1 - (chroma / (light + 8)) / (skin_chroma / (skin[0] + 8))
    shine = 0.30 * smooth_step(light - skin[0], 2, 12)
    grain = 0.14 * smooth_step(_grain(view, face), 1.6, 3.0)
    pale = smooth_step(paler - shine + grain, 0.20, 0.40)
    return np.asarray(np.maximum(dark, pale) * beard_zone(face, view.side), np.float32)


def _grain(view: View, face: Face) -> Plane:
    """How much finely grained each place is than this face's cheeks: 1 alike, (N, N)."""
    light = np.ascontiguousarray(view.lab[..., 0])
    fine = np.abs(blurred(light, 0.4) - blurred(light, max(1.0, 0.008 * face.height)))
    grain = blurred(fine, 0.022 * face.height)
    at = np.clip(face.at(50, 280, 101, 330).astype(int), 0, view.side - 1)
    return np.asarray(grain / (np.median(grain[at[:, 1], at[:, 0]]) + 0.25), np.float32)


def beard_cover(plane: Plane, zone: Plane, face: Face) -> float:
    """How much of its zone a beard covers, 0..1; what lies on one side alone is a shadow: 0."""
    y, x = np.mgrid[0 : plane.shape[0], 0 : plane.shape[0]]
    middle = face.at(2, 152).mean(0)
    right = (x - middle[0]) * face.across[0] + (y - middle[1]) * face.across[1] >= 0
    halves = [float((plane * half).sum() / ((zone * half).sum() + 1)) for half in (~right, right)]
    if min(halves) < 0.4 * max(halves):
        return 0.0
    return float(plane.sum() / (zone.sum() + 1))


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
