"""The plan: a frame with the features of its faces already drawn, for the network to paint around.

The jaw is bent as the look has it, the person's own eyes, brows and mouth are filled with skin,
the face becomes flat in light and shadow, and the drawn features are laid upon it. Elsewhere the
plan is the frame in tones, with a line around people.

Shape letters: H, W the frame's sides; S the side of the square around a face.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.drawing.canvas import Layer, Points, blurred, box_of
from engine.drawing.colour import (
    NO_GRADE,
    Lab,
    Picture,
    Plane,
    floats,
    lab_picture,
    rgb,
    rgb_picture,
)
from engine.drawing.eyes import eye_of, paint_brow, paint_eye
from engine.drawing.face_box import FaceBox
from engine.drawing.figures import Figures
from engine.drawing.glasses import paint_glasses
from engine.drawing.ground import Ground
from engine.drawing.head import Head
from engine.drawing.jaw import jaw_field, moved_part, moved_points
from engine.drawing.landmarks import FEATURES, OVAL, SIDES, Face, scaled
from engine.drawing.looks import Look
from engine.drawing.marks import paint_blush, paint_jaw
from engine.drawing.mouth import paint_mouth, paint_nose
from engine.drawing.palette import Palette
from engine.drawing.parts import HeadParts
from engine.drawing.portrait import EVERYWHERE, Portrait
from engine.drawing.shade import is_skin, shade_depth, shade_of
from engine.frames import Pixels, Size, size_of
from engine.imaging import towards
from engine.settings import PIXELS_PER_LATENT

TONES = 7
"""Channels of the tones: skin, hair, and how much they hold at a place."""
GRAIN = 5
"""Side of the squares whose median the plan shows of faces, in pixels."""
FULLY_DRAWN = 0.67
"""The share of a look from which on what is drawn hides what was there."""
FLAT = 0.7
"""How much of the face's skin is one flat tone: what hides it, as a hand, still shows."""
SOFT = 0.012
"""The softness of edges of what is filled in, in sizes of the face."""

AROUND = (0.045, 0.045, 0.022, 0.022, 0.018)
"""How far around each of `FEATURES` skin is filled in, in sizes of the face."""


@dataclass(frozen=True, slots=True)
class PlannedFace:
    """A face that is to be drawn. weight: 0..1, below 1 while it fades in or out.

    depth: of the shadow on it, held over time (`shade.py`); None for what the frame alone tells.
    parts: of the head around it. head: what is made of them once the face has the look's geometry;
    as it was, where there are no parts. With neither the head stays as it is.
    """

    face: Face
    palette: Palette
    weight: float = 1.0
    depth: Plane | None = None
    parts: HeadParts | None = None
    head: Head | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn of a frame. source: the frame, its jaws bent.

    drawn: the features alone, premultiplied; both (H, W, 3). cover (H, W): how much of a pixel they
    hide, 0..255.
    """

    source: Pixels
    drawn: Pixels
    cover: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Plan:
    """drawing: what is drawn. pixels (H, W, 3): its source in tones, with the features upon it.

    tones (TONES, H / 8, W / 8) in -1..1: the colours of whoever is near. upon_source: the features
    at the size of the frame's source; None if nothing is drawn. people: lines and hair at the
    frame's size, below that, where the source is larger; their edges are smooth, so that enlarging
    them costs little. faces: in the look's geometry.
    """

    drawing: Drawing
    pixels: Pixels
    tones: NDArray[np.float32]
    upon_source: Drawing | None
    people: Drawing | None = None
    faces: tuple[PlannedFace, ...] = ()


def planned(
    frame: Pixels,
    faces: Sequence[PlannedFace],
    look: Look,
    share: float = 1.0,
    source: Pixels | None = None,
    figures: Figures | None = None,
    ground: Ground | None = None,
) -> Plan:
    """The plan of a frame, (H, W, 3), whose sides are multiples of 8.

    share: how much of the look there is, 0..1. Eyes and jaw change with it. source: the frame at
    its own size, if that is another: there faces are drawn, and the plan shows them shrunk.
    figures: who is in it; None if that is not known. ground: of the stream, if it is of one.
    """
    look = replace(
        look, eye_size=1.0 + share * (look.eye_size - 1.0), finer_jaw=share * look.finer_jaw
    )
    opacity = min(share / FULLY_DRAWN, 1.0)
    source = frame if source is None else source
    drawing, upon_source, people, bent_faces = _drawn(frame, source, faces, look, opacity, figures)
    pixels = (ground or Ground()).painted(drawing.source, figures, opacity)
    for each in reversed(bent_faces):
        _lay_bare(pixels, drawing.source, each, opacity * each.weight)
        _hide_own_features(pixels, each, opacity * each.weight)
        _flatten_skin(pixels, each, look.shade_edge, opacity * each.weight)
        if each.head is not None:
            each.head.paint_skin(pixels, each.palette, look, opacity * each.weight)
    box = box_of(drawing.cover)
    lay_upon(pixels[box], drawing.cover[box], drawing.drawn[box])
    tones = tones_of(bent_faces, frame.shape[0], frame.shape[1])
    return Plan(drawing, pixels, tones, upon_source, people, bent_faces)


def _drawn(
    frame: Pixels,
    source: Pixels,
    faces: Sequence[PlannedFace],
    look: Look,
    opacity: float,
    figures: Figures | None,
) -> tuple[Drawing, Drawing | None, Drawing | None, tuple[PlannedFace, ...]]:
    """What is drawn upon a frame, upon its source, and of people below that; the frame's faces in
    the look's geometry.
    """
    if opacity <= 0.0 or not (faces or figures):
        return _blank(frame), None, None, tuple(faces)
    size, whole = size_of(frame), size_of(source)
    factor = np.array([whole.width / size.width, whole.height / size.height])
    bent_source, large_faces = bent(source, _all_scaled(faces, factor), look.finer_jaw)
    large_faces = worked_out(large_faces)
    bent_faces = _all_scaled(large_faces, 1 / factor)
    enlarged = source.shape != frame.shape
    small = bent_source
    if enlarged:
        small = frame if bent_source is source else _averaged(bent_source, size)
    people = _people(small, bent_faces, look, opacity, figures)
    large = _blank(bent_source) if enlarged else people
    for each in reversed(large_faces):
        _lay(large, each, look, opacity * each.weight)
    if not enlarged:
        return large, large, None, bent_faces
    features = Drawing(small, _averaged(large.drawn, size), _averaged(large.cover, size))
    return _upon(people, features), large, people, bent_faces


def _people(
    source: Pixels,
    faces: Sequence[PlannedFace],
    look: Look,
    opacity: float,
    figures: Figures | None,
) -> Drawing:
    """Lines around people, and their heads."""
    people = _blank(source)
    if figures is not None:
        heads = [each.head for each in faces if each.head is not None]
        figures.lay(people.drawn, people.cover, look, opacity, heads)
    for each in reversed(faces):  # the largest, which is the nearest, comes last
        if each.head is not None:
            amount = opacity * each.weight
            outlined = figures is not None
            each.head.lay(people.drawn, people.cover, each.palette, look, amount, outlined=outlined)
    return people


def _blank(source: Pixels) -> Drawing:
    """Nothing, drawn upon a source."""
    return Drawing(source, np.zeros_like(source), np.zeros(source.shape[:2], np.uint8))


def _upon(below: Drawing, above: Drawing) -> Drawing:
    """What is drawn of one upon the other."""
    drawn, free = below.drawn.copy(), cv2.bitwise_not(below.cover)
    lay_upon(drawn, above.cover, above.drawn)
    free = cv2.multiply(free, cv2.bitwise_not(above.cover), scale=1 / 255)
    return Drawing(above.source, drawn, np.asarray(cv2.bitwise_not(free), np.uint8))


def _averaged(picture: Pixels, size: Size) -> Pixels:
    """A picture or a plane, shrunk."""
    sides = size.width, size.height
    return np.asarray(cv2.resize(picture, sides, interpolation=cv2.INTER_AREA), np.uint8)


def _all_scaled(
    faces: Sequence[PlannedFace], factor: NDArray[np.float64]
) -> tuple[PlannedFace, ...]:
    if (factor == 1.0).all():
        return tuple(faces)
    return tuple(
        replace(
            each,
            face=scaled(each.face, factor),
            parts=None if each.parts is None else each.parts.scaled(factor),
            head=None if each.head is None else each.head.scaled(factor),
        )
        for each in faces
    )


def laid_upon(picture: Pixels, agreement: NDArray[np.uint8], drawing: Drawing) -> None:
    """Lay the drawn features upon a picture (H, W, 3), in place, as far as it agrees.

    agreement: (H, W), 0..255.
    """
    box = box_of(drawing.cover)
    shown = np.ascontiguousarray(agreement[box])
    if not shown.size:
        return
    cover = cv2.multiply(drawing.cover[box], shown, scale=1 / 255)
    drawn = cv2.multiply(drawing.drawn[box], cv2.merge([shown] * 3), scale=1 / 255)
    lay_upon(picture[box], np.asarray(cover, np.uint8), np.asarray(drawn, np.uint8))


def lay_upon(picture: Pixels, cover: NDArray[np.uint8], drawn: Pixels) -> None:
    """Lay what is drawn, premultiplied, (H, W, 3), upon a picture, in place. cover: (H, W)."""
    if not cover.size:
        return
    free = cv2.bitwise_not(cover)
    picture[:] = cv2.add(cv2.multiply(picture, cv2.merge([free] * 3), scale=1 / 255), drawn)


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
        window = box.narrowed(window, moved_part(field))
        if result[window].size:
            rows, columns = window
            shift = field[box.part(window)]
            x = np.arange(columns.start, columns.stop, dtype=np.float32) - shift[..., 0]
            y = np.arange(rows.start, rows.stop, dtype=np.float32)[:, None] - shift[..., 1]
            result[window] = cv2.remap(frame, x, y, cv2.INTER_LINEAR)
        corner = np.array([box.left, box.top])
        points = moved_points(field, own.seen) + corner
        parts = None if each.parts is None else each.parts.moved(field, corner)
        moved_faces.append(replace(each, face=replace(each.face, points=points), parts=parts))
    return result, tuple(moved_faces)


def worked_out(faces: Sequence[PlannedFace]) -> tuple[PlannedFace, ...]:
    """The faces, in a look's geometry, with what is made of the parts of their heads."""
    return tuple(
        each
        if each.parts is None
        else replace(each, head=Head.of(each.parts, each.face, each.palette.skin))
        for each in faces
    )


def _lay(drawing: Drawing, each: PlannedFace, look: Look, opacity: float) -> None:
    """Draw one face upon what is drawn, in place."""
    box = FaceBox.around(each.face)
    window = box.window(drawing.source)
    if not drawing.source[window].size or opacity <= 0.0:
        return
    own = box.inside(each.face)
    looked_at = (_around(own.at(*group), 2, box.side) for group in FEATURES[2:])  # brows and lips
    lab = box.lab(drawing.source, *looked_at)
    layer = features_of(Portrait(own, each.palette, look, lab))
    window = box.narrowed(window, box_of(layer.cover))
    if not drawing.source[window].size:
        return
    _grade(layer, look)
    features = layer.pixels[box.part(window)]
    if opacity < 1.0:
        features = cv2.convertScaleAbs(features, alpha=opacity)
    drawn, cover = drawing.drawn[window], drawing.cover[window]
    if not cover.any():  # the first there
        drawn[:], cover[:] = features[..., :3], features[..., 3]
        return
    kept = cv2.bitwise_not(cv2.extractChannel(features, 3))
    drawn[:] = cv2.add(
        cv2.multiply(drawn, cv2.merge([kept, kept, kept]), scale=1 / 255), features[..., :3]
    )
    cover[:] = cv2.bitwise_not(cv2.multiply(cv2.bitwise_not(cover), kept, scale=1 / 255))


def _grade(layer: Layer, look: Look) -> None:
    """Give what is drawn the colours of the look's finish, in place."""
    if look.grade == NO_GRADE:
        return
    at = layer.cover > 0
    pixels = floats(layer.pixels[at])
    colours, cover = pixels[:, :3], pixels[:, 3:] / 255
    graded = rgb_picture(look.grade.of(lab_picture((colours / cover)[None])))[0]
    layer.pixels[at, :3] = np.rint(graded * cover)


def _lay_bare(pixels: Pixels, source: Pixels, each: PlannedFace, opacity: float) -> None:
    """Show a face itself, without the grain of skin and cameras, in place of its tones: it is told
    by its colours what of it is bare.
    """
    box = FaceBox.around(each.face)
    window = box.window(pixels)
    if not pixels[window].size or opacity <= 0.0:
        return
    own = box.inside(each.face)
    near = _around(own.at(*OVAL), _reach(SOFT * own.scale), box.side)
    window = box.narrowed(window, near)
    if not pixels[window].size:
        return
    mask = np.zeros((box.side, box.side), np.uint8)
    hull = cv2.convexHull(own.at(*OVAL).astype(np.float32))[:, 0]
    cv2.fillConvexPoly(mask, np.round(hull * 16).astype(np.int32), 255, cv2.LINE_AA, 4)
    shown = cv2.convertScaleAbs(mask[box.part(window)], alpha=opacity)
    calm = np.asarray(cv2.medianBlur(np.ascontiguousarray(source[window]), GRAIN), np.uint8)
    pixels[window] = towards(pixels[window], calm, shown)


def _flatten_skin(pixels: Pixels, each: PlannedFace, edge: float, opacity: float) -> None:
    """Paint a face's bare skin in a tone of light and one of shadow, in place."""
    box = FaceBox.around(each.face)
    window = box.window(pixels)
    if not pixels[window].size or opacity <= 0.0:
        return
    skin, shadow = each.palette.skin, each.palette.shadow
    depth = shade_depth(pixels, each.face, skin) if each.depth is None else each.depth
    own = box.inside(each.face)
    near = _around(own.at(*OVAL), _reach(SOFT * own.scale), box.side)
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
    mask = np.zeros(lab.shape[:2], np.uint8)
    corner = near[1].start, near[0].start
    hull = cv2.convexHull((face.at(*OVAL) - corner).astype(np.float32))[:, 0]
    cv2.fillConvexPoly(mask, np.round(hull * 16).astype(np.int32), 255, cv2.LINE_AA, 4)
    bare = np.where(is_skin(lab, skin), mask, np.uint8(0))
    bare = cv2.morphologyEx(bare, cv2.MORPH_OPEN, np.ones((3, 3)))
    return blurred(shares(bare), SOFT * face.scale)


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


def _around(points: Points, margin: int, side: int) -> tuple[slice, slice]:
    """The rows and columns of a square around points in it, and a margin."""
    low = np.maximum(np.floor(points.min(0)).astype(int) - margin, 0).tolist()
    high = np.minimum(np.ceil(points.max(0)).astype(int) + margin + 1, side).tolist()
    return slice(low[1], max(high[1], low[1])), slice(low[0], max(high[0], low[0]))


def _reach(sigma: float) -> int:
    """How far a Gaussian blur reaches, in pixels, and a little more."""
    return int(4 * sigma) + 4


def shares(amounts: NDArray[np.uint8]) -> Plane:
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
    for group, around in zip(FEATURES, AROUND, strict=True):
        hull = cv2.convexHull(face.at(*group).astype(np.float32))[:, 0]
        outline = np.round(hull * 16).astype(np.int32)
        cv2.fillConvexPoly(mask, outline, 255, cv2.LINE_AA, 4)
        reach = max(1, round(2 * around * face.scale))
        cv2.polylines(mask, [outline], True, 255, reach, cv2.LINE_AA, 4)
    sigma = SOFT * face.scale
    left, top, width, height = cv2.boundingRect(mask)
    corners = np.array([(left, top), (left + width, top + height)])
    near = _around(corners, _reach(sigma), side)
    soft = np.zeros((side, side), np.float32)
    soft[near] = blurred(shares(np.ascontiguousarray(mask[near])), sigma)
    return soft


def tones_of(faces: Sequence[PlannedFace], height: int, width: int) -> NDArray[np.float32]:
    """The tones of a frame: (TONES, H / 8, W / 8), 0 where nobody is near."""
    step = PIXELS_PER_LATENT
    x, y = ((np.arange(length // step) + 0.5) * step for length in (width, height))
    tones = np.zeros((TONES, len(y), len(x)), np.float32)
    for each in reversed(faces):
        face, size = each.face, each.face.scale
        cx, cy = face.centre + face.up * 0.1 * face.height
        far = np.hypot(x - cx, (y - cy)[:, None]) / size
        near = floats(each.weight * np.clip((1.4 - far) / 0.5, 0, 1))
        colours = np.concatenate([rgb(each.palette.skin), rgb(each.palette.hair)]) / 127.5 - 1
        told = np.append(colours, 1.0).astype(np.float32)
        tones += near * (told[:, None, None] - tones)
    return tones
