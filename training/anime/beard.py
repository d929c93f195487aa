"""Where a frame shows a beard, and how much of one.

Pictures are L*a*b* (N, N, 3), points in pixels; `palette.py` decides, once for each person.
"""

from __future__ import annotations

import cv2
import numpy as np

from engine.drawing.canvas import SCALE, blurred, polygon, resized, smooth_step, spline
from engine.drawing.colour import Lab, Plane
from engine.drawing.landmarks import LIPS_BOTTOM, LIPS_TOP, Face
from engine.drawing.traits import filled
from training.anime.view import View

BEARD_OUTLINE = ((234, 50, 98, 2, 327, 280, 454), (361, 397, 378, 152, 149, 172, 132, 234))


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
