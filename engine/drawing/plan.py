"""The plan: a frame with the features of its faces already drawn, for the network to paint around.

The jaw is bent as the look has it, the person's own eyes, brows and mouth are filled with skin,
and the drawn ones are laid upon it. Elsewhere the plan is the frame without its grain.

Shape letters: H, W the frame's sides; S the side of the square around a face.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.drawing.canvas import Layer, blurred
from engine.drawing.colour import Plane, rgb
from engine.drawing.eyes import eye_of, paint_brow, paint_eye
from engine.drawing.face_box import FaceBox
from engine.drawing.glasses import paint_glasses
from engine.drawing.jaw import jaw_field, moved_points
from engine.drawing.landmarks import (
    BROW_BOTTOM,
    BROW_TOP,
    LIPS_BOTTOM,
    LIPS_TOP,
    LOWER_LID,
    SIDES,
    UPPER_LID,
    Face,
)
from engine.drawing.looks import Look
from engine.drawing.marks import paint_blush, paint_jaw
from engine.drawing.mouth import paint_mouth, paint_nose
from engine.drawing.palette import Palette
from engine.drawing.portrait import EVERYWHERE, Portrait
from engine.frames import Pixels
from engine.settings import PIXELS_PER_LATENT

TONES = 7
"""Channels of the tones: skin, hair, and how much they hold at a place."""
GRAIN = 5
"""Side of the squares whose median the plan shows, in pixels."""
FULLY_DRAWN = 0.67
"""The share of a look from which on what is drawn hides what was there."""

_OWN_FEATURES: tuple[tuple[tuple[int, ...], float], ...] = (
    *((UPPER_LID[side] + LOWER_LID[side], 0.045) for side in SIDES),
    *((BROW_TOP[side] + BROW_BOTTOM[side], 0.022) for side in SIDES),
    (LIPS_TOP + LIPS_BOTTOM, 0.018),
)
"""The person's own features, and how far around each there is skin, in sizes of the face."""


@dataclass(frozen=True, slots=True)
class PlannedFace:
    """A face that is to be drawn. weight: 0..1, below 1 while it fades in or out."""

    face: Face
    palette: Palette
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Plan:
    """source: the frame, its jaws bent. pixels: the same, calm, the features drawn upon it.

    drawn: the features alone, premultiplied; each (H, W, 3). cover (H, W): how much of a pixel
    they hide, 0..255. tones (TONES, H / 8, W / 8) in -1..1: the colours of whoever is near.
    """

    source: Pixels
    pixels: Pixels
    drawn: Pixels
    cover: NDArray[np.uint8]
    tones: NDArray[np.float32]


def planned(frame: Pixels, faces: Sequence[PlannedFace], look: Look, share: float = 1.0) -> Plan:
    """The plan of a frame, (H, W, 3), whose sides are multiples of 8.

    share: how much of the look there is, 0..1. Eyes and jaw change with it.
    """
    look = replace(
        look, eye_size=1.0 + share * (look.eye_size - 1.0), finer_jaw=share * look.finer_jaw
    )
    source, faces = bent(frame, faces, look.finer_jaw)
    opacity = min(share / FULLY_DRAWN, 1.0)
    plan = Plan(
        source,
        calmed(source, opacity),
        np.zeros_like(frame),
        np.zeros(frame.shape[:2], np.uint8),
        tones_of(faces, frame.shape[0], frame.shape[1]),
    )
    for each in reversed(faces):  # the largest, which is the nearest, comes last
        _lay(plan, each, look, opacity * each.weight)
    return plan


def calmed(frame: Pixels, share: float) -> Pixels:
    """The frame without the grain of skin, hair and cameras, which no drawing has.

    Edges stay where they are. share: 0..1, 0 is the frame itself.
    """
    if share <= 0.0:
        return frame
    calm = cv2.medianBlur(frame, GRAIN)
    if share < 1.0:
        calm = cv2.addWeighted(calm, share, frame, 1.0 - share, 0.0)
    return np.asarray(calm, np.uint8)


def laid_upon(painted: NDArray[np.uint8], plan: Plan) -> Pixels:
    """The drawn features upon what was painted (H, W, 4), as far as its fourth channel agrees."""
    result = np.ascontiguousarray(painted[..., :3])
    rows, columns = (np.flatnonzero(plan.cover.any(axis)) for axis in (1, 0))
    if len(rows):
        box = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        shown = painted[box][..., 3:].astype(np.float32) / np.float32(255)
        clear = 1 - shown * (plan.cover[box][..., None] / np.float32(255))
        result[box] = np.clip(np.rint(result[box] * clear + shown * plan.drawn[box]), 0, 255)
    return result


def bent(
    frame: Pixels, faces: Sequence[PlannedFace], finer: float
) -> tuple[Pixels, tuple[PlannedFace, ...]]:
    """The frame and its faces with jaws as a look has them; see `jaw.py`."""
    if not faces or finer == 0.0:
        return frame, tuple(faces)
    result, moved_faces = frame.copy(), []
    for each in faces:
        box = FaceBox.around(each.face)
        window = box.window(frame)
        own = box.inside(each.face)
        field = jaw_field([own], box.side, finer * each.weight)
        if result[window].size:
            rows, columns = window
            shift = field[box.part(window)]
            x = np.arange(columns.start, columns.stop, dtype=np.float32) - shift[..., 0]
            y = np.arange(rows.start, rows.stop, dtype=np.float32)[:, None] - shift[..., 1]
            result[window] = cv2.remap(frame, x, y, cv2.INTER_LINEAR)
        points = moved_points(field, own.seen) + np.array([box.left, box.top])
        moved_faces.append(replace(each, face=replace(each.face, points=points)))
    return result, tuple(moved_faces)


def _lay(plan: Plan, each: PlannedFace, look: Look, opacity: float) -> None:
    """Draw one face upon a plan, in place."""
    box = FaceBox.around(each.face)
    window = box.window(plan.pixels)
    if not plan.pixels[window].size or opacity <= 0.0:
        return
    part = box.part(window)
    portrait = Portrait(box.inside(each.face), each.palette, look, box.lab(plan.pixels))
    layer = features_of(portrait)
    strength = np.float32(opacity)
    pixels, drawn, cover = (whole[window] for whole in (plan.pixels, plan.drawn, plan.cover))
    skin = own_features(portrait.face, box.side)[part] * strength
    _mix(pixels, skin, portrait.inks.skin * skin[skin > 0][:, None])
    hidden = layer.cover[part] * strength
    at = hidden > 0
    colours = layer.colours[part][at] * strength
    _mix(pixels, hidden, colours)
    _mix(drawn, hidden, colours)
    cover[at] = np.rint(255 - (255 - cover[at]) * (1 - hidden[at]))


def _mix(picture: Pixels, share: Plane, colours: NDArray[np.float32]) -> None:
    """Lay colours, premultiplied, upon the pixels whose share is above 0, in place."""
    at = share > 0
    mixed = picture[at] * (1 - share[at])[:, None] + colours
    picture[at] = np.clip(np.rint(mixed), 0, 255)


def features_of(portrait: Portrait) -> Layer:
    """Everything that is drawn of a face, in the square of its picture."""
    layer = Layer(portrait.lab.shape[0])
    face, size = portrait.face, portrait.look.eye_size
    paint_blush(layer, portrait, EVERYWHERE)
    paint_jaw(layer, portrait, EVERYWHERE)
    paint_nose(layer, portrait, EVERYWHERE)
    paint_mouth(layer, portrait, EVERYWHERE)
    eyes = (eye_of(face, 0, size), eye_of(face, 1, size))
    for side in SIDES:
        paint_eye(layer, portrait, eyes[side], side, EVERYWHERE)
    for side in SIDES:
        paint_brow(layer, portrait, eyes[side], side, EVERYWHERE)
    paint_glasses(layer, portrait, eyes, EVERYWHERE)
    return layer


def own_features(face: Face, side: int) -> Plane:
    """Where the person's own eyes, brows and lips are: (S, S) in 0..1, with soft edges."""
    mask = np.zeros((side, side), np.uint8)
    for group, around in _OWN_FEATURES:
        hull = cv2.convexHull(face.at(*group).astype(np.float32))[:, 0]
        outline = np.round(hull * 16).astype(np.int32)
        cv2.fillConvexPoly(mask, outline, 255, cv2.LINE_AA, 4)
        reach = max(1, round(2 * around * face.scale))
        cv2.polylines(mask, [outline], True, 255, reach, cv2.LINE_AA, 4)
    soft = blurred(mask.astype(np.float32) / np.float32(255), 0.012 * face.scale)
    return np.asarray(soft, np.float32)


def tones_of(faces: Sequence[PlannedFace], height: int, width: int) -> NDArray[np.float32]:
    """The tones of a frame: (TONES, H / 8, W / 8), 0 where nobody is near."""
    step = PIXELS_PER_LATENT
    y, x = np.mgrid[0 : height // step, 0 : width // step].astype(np.float32)
    x, y = (x + 0.5) * step, (y + 0.5) * step
    tones = np.zeros((TONES, *x.shape), np.float32)
    for each in reversed(faces):
        face, size = each.face, each.face.scale
        cx, cy = face.centre + face.up * 0.1 * face.height
        far = np.hypot(x - cx, y - cy) / size
        near = each.weight * np.clip((1.4 - far) / 0.5, 0, 1)
        colours = np.concatenate([rgb(each.palette.skin), rgb(each.palette.hair)]) / 127.5 - 1
        told = np.append(colours, 1.0).astype(np.float32)
        tones += near * (told[:, None, None] - tones)
    return tones
