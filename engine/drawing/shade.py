"""The shadow on a face: where its skin is darker than most of it, told from the light alone.

It is worked out on a coarse grid over the face's box (`face_box.py`): light is smooth, and the
shadow's crisp edge is a threshold of it.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.drawing import traits
from engine.drawing.canvas import blurred, smooth_step
from engine.drawing.colour import Lab, Picture, Plane
from engine.drawing.face_box import FaceBox
from engine.drawing.landmarks import OVAL, Face, scaled
from engine.frames import Pixels

GRID = 64
"""The sides of the grid."""
PLACES = np.arange(GRID, dtype=np.float32)
LIT = -5.0
"""What the grid holds where nothing is in shadow."""
SMALLEST = 0.018
"""A shadow takes at least this share of the face."""
FAINT = 0.02
"""The share of plain skin around a place below which its light is not known."""
HOLD = 0.75
"""The share of the frame before in what is held of a shadow."""


class HeldShade:
    """The shadow on one face over a stream: it moves with the face and changes calmly."""

    def __init__(self) -> None:
        self._depth: Plane | None = None

    def of(self, frame: Pixels, face: Face, skin: Lab) -> Plane:
        """Its depth at the next frame; see `shade_depth`."""
        now = shade_depth(frame, face, skin)
        self._depth = now if self._depth is None else now + HOLD * (self._depth - now)
        return self._depth


def shade_depth(frame: Pixels, face: Face, skin: Lab) -> Plane:
    """How far (L*) the light on a face lies under the limit of its shadow, above 0 dark.

    (GRID, GRID) over the face's box in the frame. What does not reach the face's side is none.
    """
    box = FaceBox.around(face)
    lab = box.small_lab(frame, GRID)
    own = scaled(box.inside(face), np.full(2, GRID / box.side))
    return _depth(lab, own, skin)


def _depth(lab: Picture, face: Face, skin: Lab) -> Plane:
    oval = traits.filled(cv2.convexHull(face.at(*OVAL).astype(np.float32))[:, 0], GRID)
    plain = oval & ~traits.features(face, GRID, 3) & is_skin(lab, skin)
    if plain.sum() < 30:
        return np.full((GRID, GRID), LIT, np.float32)
    smooth = _smooth_light(np.ascontiguousarray(lab[..., 0]), plain.astype(np.float32), face.scale)
    x, y = PLACES - face.centre[:, None]
    lateral = (x * face.across[0] + (y * face.across[1])[:, None]) / (0.5 * face.width)
    seen = smooth[plain]
    limit = float(np.median(seen)) - max(4.5, float(seen.std()))
    limit_there = limit - 5.5 * (1 - np.clip(np.abs(lateral) / 0.8, 0, 1) ** 2)
    depth = np.where(oval, limit_there - smooth, LIT).astype(np.float32)
    _without_islands(depth, lateral, SMALLEST * float(oval.sum()))
    return depth


def _smooth_light(light: Plane, plain: Plane, size: float) -> Plane:
    """A low pass of the light on plain skin, wider where there is little of it.

    Where there is none it is as light as the most.
    """
    near, wide = blurred(plain, 0.05 * size), blurred(plain, 0.10 * size)
    fine = blurred(light * plain, 0.05 * size) / (near + np.float32(1e-3))
    coarse = blurred(light * plain, 0.10 * size) / (wide + np.float32(1e-3))
    share = np.clip(near * 3, 0, 1)
    smooth = fine * share + coarse * (1 - share)
    typical = np.median(light[plain > 0])
    return np.asarray(np.where(wide > FAINT, smooth, typical), np.float32)


def _without_islands(depth: Plane, lateral: Plane, least: float) -> None:
    """Take away shadows that are small or do not reach a side of the face, in place."""
    count, parts = cv2.connectedComponents((depth > 0).astype(np.uint8))
    for part in range(1, count):
        piece = parts == part
        if piece.sum() < least or np.abs(lateral[piece]).max() < 0.8:
            depth[cv2.dilate(piece.astype(np.uint8), np.ones((3, 3))) > 0] = -2.0


def is_skin(lab: Picture, skin: Lab) -> NDArray[np.bool_]:
    """Which pixels may be this skin in any light: hue and chroma stay alike, and it is no black."""
    own = float(np.hypot(skin[1], skin[2]))
    light, a, b = cv2.split(lab)
    a -= skin[1]
    b -= skin[2]
    aside = cv2.magnitude(a, b)
    return np.asarray((aside < max(13.0, 0.6 * own)) & (light > 0.3 * skin[0]))


def shade_of(
    depth: Plane, side: int, edge: float, part: tuple[slice, slice] | None = None
) -> Plane:
    """The shadow in a box of side x side, or in a part of it, 0..1; edge: half its soft edge's
    width, in L* / 5.
    """
    full = cv2.resize(depth, (side, side), interpolation=cv2.INTER_CUBIC)
    return smooth_step(full if part is None else full[part], -5 * edge, 5 * edge)
