"""The face below the features that are drawn upon it: bare skin, flat in light and shadow, without
the person's own features.

Shape letters: H, W the frame's sides; S the side of the square around a face.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.drawing.canvas import blurred, box_of
from engine.drawing.colour import Lab, Picture, Plane, rgb
from engine.drawing.face_box import FaceBox, part_around
from engine.drawing.landmarks import FEATURES, OVAL, Face
from engine.drawing.planned_face import PlannedFace
from engine.drawing.shade import is_skin, shade_depth, shade_of
from engine.frames import Pixels
from engine.imaging import towards

GRAIN = 5
"""Side of the squares whose median is shown, in pixels."""
FLAT = 0.7
"""How much of the face's skin is one flat tone: what hides it, as a hand, still shows."""
SOFT = 0.012
"""The softness of edges of what is filled in, in sizes of the face."""
AROUND = (0.045, 0.045, 0.022, 0.022, 0.018)
"""How far around each of `FEATURES` skin is filled in, in sizes of the face."""


def paint_bare_face(
    pixels: Pixels, source: Pixels, each: PlannedFace, edge: float, opacity: float
) -> None:
    """Paint a face without its own features upon pixels (H, W, 3), in place.

    source: the frame that it is seen in. edge: half the softness of the edge between light and
    shadow, in tones.
    """
    _lay_bare(pixels, source, each, opacity)
    _hide_own_features(pixels, each, opacity)
    _flatten_skin(pixels, each, edge, opacity)


def calmed(picture: Pixels) -> Pixels:
    """A picture without the grain of skin, hair and cameras, which no drawing has; edges stay."""
    return np.asarray(cv2.medianBlur(np.ascontiguousarray(picture), GRAIN), np.uint8)


def own_features(face: Face, side: int) -> Plane:
    """Where the person's own eyes, brows and lips are: (S, S) in 0..1, with soft edges."""
    mask = np.zeros((side, side), np.uint8)
    for group, wide in zip(FEATURES, AROUND, strict=True):
        hull = cv2.convexHull(face.at(*group).astype(np.float32))[:, 0]
        outline = np.round(hull * 16).astype(np.int32)
        cv2.fillConvexPoly(mask, outline, 255, cv2.LINE_AA, 4)
        reach = max(1, round(2 * wide * face.scale))
        cv2.polylines(mask, [outline], True, 255, reach, cv2.LINE_AA, 4)
    sigma = SOFT * face.scale
    left, top, width, height = cv2.boundingRect(mask)
    corners = np.array([(left, top), (left + width, top + height)])
    near = part_around(corners, _reach(sigma), side)
    soft = np.zeros((side, side), np.float32)
    soft[near] = blurred(_shares(np.ascontiguousarray(mask[near])), sigma)
    return soft


def _lay_bare(pixels: Pixels, source: Pixels, each: PlannedFace, opacity: float) -> None:
    """Show a face itself, without the grain of skin and cameras, in place of its tones: it is told
    by its colours what of it is bare.
    """
    box = FaceBox.around(each.face)
    window = box.window(pixels)
    if not pixels[window].size or opacity <= 0.0:
        return
    own = box.inside(each.face)
    near = part_around(own.at(*OVAL), _reach(SOFT * own.scale), box.side)
    window = box.narrowed(window, near)
    if not pixels[window].size:
        return
    shown = cv2.convertScaleAbs(_oval(own, box.part(window)), alpha=opacity)
    pixels[window] = towards(pixels[window], calmed(source[window]), shown)


def _flatten_skin(pixels: Pixels, each: PlannedFace, edge: float, opacity: float) -> None:
    """Paint a face's bare skin in a tone of light and one of shadow, in place."""
    box = FaceBox.around(each.face)
    window = box.window(pixels)
    if not pixels[window].size or opacity <= 0.0:
        return
    skin, shadow = each.palette.skin, each.palette.shadow
    depth = shade_depth(pixels, each.face, skin) if each.depth is None else each.depth
    own = box.inside(each.face)
    near = part_around(own.at(*OVAL), _reach(SOFT * own.scale), box.side)
    window = box.narrowed(window, near)
    if not pixels[window].size:
        return
    part = box.part(window)
    shade = shade_of(depth, box.side, edge, part)
    bare = _bare_skin(box.lab(pixels, near)[near], own, near, each.palette.skin)
    rows, columns = (
        slice(of.start - at.start, of.stop - at.start) for of, at in zip(part, near, strict=True)
    )
    share = bare[rows, columns] * np.float32(FLAT * opacity)
    light, change, shaded = rgb(skin), rgb(shadow) - rgb(skin), shade * share
    tones = [
        cv2.addWeighted(share, float(tone), shaded, float(more), 0.0)
        for tone, more in zip(light, change, strict=True)
    ]
    _mix(pixels[window], share, cv2.merge(tones))


def _bare_skin(lab: Picture, face: Face, near: tuple[slice, slice], skin: Lab) -> Plane:
    """Where the oval of a face shows its skin, in the part `near` of its square, which is wide
    enough for its soft edges: 0..1. lab: that part.
    """
    bare = np.where(is_skin(lab, skin), _oval(face, near), np.uint8(0))
    bare = cv2.morphologyEx(bare, cv2.MORPH_OPEN, np.ones((3, 3)))
    return blurred(_shares(bare), SOFT * face.scale)


def _oval(face: Face, part: tuple[slice, slice]) -> NDArray[np.uint8]:
    """Where the oval of a face is, in rows and columns of the picture in which its points lie."""
    rows, columns = part
    mask = np.zeros((rows.stop - rows.start, columns.stop - columns.start), np.uint8)
    hull = cv2.convexHull((face.at(*OVAL) - (columns.start, rows.start)).astype(np.float32))[:, 0]
    cv2.fillConvexPoly(mask, np.round(hull * 16).astype(np.int32), 255, cv2.LINE_AA, 4)
    return mask


def _hide_own_features(pixels: Pixels, each: PlannedFace, opacity: float) -> None:
    """Fill a person's own features with their skin, in place."""
    box = FaceBox.around(each.face)
    window = box.window(pixels)
    if not pixels[window].size or opacity <= 0.0:
        return
    own = own_features(box.inside(each.face), box.side)
    window = box.narrowed(window, box_of((own > 0).view(np.uint8)))
    if not pixels[window].size:
        return
    share = own[box.part(window)] * np.float32(opacity)
    _mix(pixels[window], share, cv2.merge([share * tone for tone in rgb(each.palette.skin)]))


def _reach(sigma: float) -> int:
    """How far a Gaussian blur reaches, in pixels, and a little more."""
    return int(4 * sigma) + 4


def _shares(amounts: NDArray[np.uint8]) -> Plane:
    """Amounts of 0..255 as 0..1."""
    return np.divide(amounts, np.float32(255), dtype=np.float32)


def _thrice(plane: Plane) -> Picture:
    return np.asarray(cv2.merge([plane, plane, plane]), np.float32)


def _mix(picture: Pixels, share: Plane, colours: Picture) -> None:
    """Lay colours (H, W, 3), premultiplied by their share (H, W), upon a picture, in place."""
    if not share.size:
        return
    kept = cv2.multiply(picture, _thrice(1 - share), dtype=cv2.CV_32F)
    picture[:] = cv2.add(kept, colours, dtype=cv2.CV_8U)  # which rounds
