"""The plan: a frame with the features of its faces already drawn, for the network to paint by.

The jaw is bent as the look has it, the face is painted bare, and the drawn features are laid upon
it. Elsewhere the plan is the frame in tones, with heads painted and a line around people.

Shape letters: H, W the frame's sides; S the side of the square around a face.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.drawing.bare_face import paint_bare_face
from engine.drawing.canvas import Layer, box_of
from engine.drawing.colour import (
    NO_GRADE,
    floats,
    lab_picture,
    rgb,
    rgb_picture,
)
from engine.drawing.eyes import eye_of, paint_brow, paint_eye
from engine.drawing.face_box import FaceBox, part_around
from engine.drawing.figures import Figures
from engine.drawing.glasses import paint_glasses
from engine.drawing.ground import Surroundings
from engine.drawing.landmarks import FEATURES, SIDES
from engine.drawing.looks import Look
from engine.drawing.marks import paint_blush, paint_jaw
from engine.drawing.mouth import paint_mouth, paint_nose
from engine.drawing.planned_face import PlannedFace, all_bent, all_scaled, worked_out
from engine.drawing.portrait import EVERYWHERE, Portrait
from engine.frames import Pixels, Size, size_of
from engine.settings import PIXELS_PER_LATENT

TONES = 7
"""Channels of the tones: skin, hair, and how much they hold at a place."""
Part = tuple[slice, slice]
"""Rows and columns of a picture."""
FULLY_DRAWN = 0.67
"""The share of a look from which on what is drawn hides what was there."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn of a frame. source: the frame, its jaws bent; at its own size as it is.

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
    around: Surroundings | None = None,
) -> Plan:
    """The plan of a frame, (H, W, 3), whose sides are multiples of 8.

    share: how much of the look there is, 0..1. Eyes and jaw change with it. source: the frame at
    its own size, if that is another: there faces are drawn, and the plan shows them shrunk.
    around: what is known of the frame besides its faces; by default what it tells by itself.
    """
    look = replace(
        look, eye_size=1.0 + share * (look.eye_size - 1.0), finer_jaw=share * look.finer_jaw
    )
    opacity = min(share / FULLY_DRAWN, 1.0)
    source = frame if source is None else source
    if around is None and opacity > 0.0:
        around = Surroundings.of(frame)
    drawn = _drawn(frame, source, faces, look, opacity, around)
    drawing, bent_faces = drawn.drawing, drawn.faces
    pixels = _mixed(drawing.source, drawn.ground, opacity)
    for each in reversed(bent_faces):
        amount = opacity * each.weight
        paint_bare_face(pixels, drawing.source, each, look.shade_edge, amount)
        if each.head is not None:
            each.head.paint_skin(pixels, each.palette, look, amount)
    box = box_of(drawing.cover)
    lay_upon(pixels[box], drawing.cover[box], drawing.drawn[box])
    tones = tones_of(bent_faces, frame.shape[0], frame.shape[1])
    return Plan(drawing, pixels, tones, drawn.upon_source, drawn.people, bent_faces)


def _mixed(source: Pixels, ground: Pixels, share: float) -> Pixels:
    """A frame with a share of its tones: a picture of its own, or the frame itself."""
    if share <= 0.0:
        return source
    if share >= 1.0:
        return ground.copy()
    return np.asarray(cv2.addWeighted(ground, share, source, 1.0 - share, 0.0), np.uint8)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """See `Plan`. ground: the frame in tones. All in the look's geometry."""

    drawing: Drawing
    ground: Pixels
    faces: tuple[PlannedFace, ...]
    upon_source: Drawing | None = None
    people: Drawing | None = None


def _drawn(
    frame: Pixels,
    source: Pixels,
    faces: Sequence[PlannedFace],
    look: Look,
    opacity: float,
    around: Surroundings | None,
) -> _Drawn:
    if around is None or opacity <= 0.0:
        return _Drawn(_blank(frame), frame, tuple(faces))
    (small, ground), bent_faces = all_bent((frame, around.ground), faces, look.finer_jaw)
    bent_faces = worked_out(bent_faces)
    people = _people(small, bent_faces, look, opacity, around.figures)
    if not bent_faces and around.figures is None:
        return _Drawn(people, ground, ())
    enlarged = source.shape != frame.shape
    size, whole = size_of(frame), size_of(source)
    factor = np.array([whole.width / size.width, whole.height / size.height])
    large = _blank(source) if enlarged else people
    for each in reversed(all_scaled(bent_faces, factor)):
        _lay(large, each, look, opacity * each.weight)
    if not enlarged:
        return _Drawn(large, ground, bent_faces, large)
    if not bent_faces:
        return _Drawn(people, ground, bent_faces, large, people)
    return _Drawn(_with_features(people, large), ground, bent_faces, large, people)


def _with_features(people: Drawing, large: Drawing) -> Drawing:
    """What is drawn of people, and features upon it that were drawn at another size."""
    part, there = _alike(box_of(large.cover), size_of(large.source), size_of(people.source))
    drawn, cover = people.drawn.copy(), people.cover.copy()
    if cover[there].size:
        size = size_of(drawn[there])
        features, hidden = _averaged(large.drawn[part], size), _averaged(large.cover[part], size)
        _add(drawn[there], cover[there], features, hidden)
    return Drawing(people.source, drawn, cover)


def _alike(part: Part, large: Size, small: Size) -> tuple[Part, Part]:
    """A part of a picture that has another within it, and the same of the picture shrunk; all of
    both, unless one is a whole multiple of the other.
    """
    step = large.width // small.width
    if Size(step * small.width, step * small.height) != large:
        whole, shrunk = ((slice(0, of.height), slice(0, of.width)) for of in (large, small))
        return whole, shrunk
    rows, columns = (slice(side.start // step, -(-side.stop // step)) for side in part)
    there = rows, columns
    return (
        slice(rows.start * step, rows.stop * step),
        slice(columns.start * step, columns.stop * step),
    ), there


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
        heads = [(each.head, each.weight) for each in faces if each.head is not None]
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


def _averaged(picture: Pixels, size: Size) -> Pixels:
    """A picture or a plane, shrunk."""
    sides = size.width, size.height
    return np.asarray(cv2.resize(picture, sides, interpolation=cv2.INTER_AREA), np.uint8)


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


def _add(drawn: Pixels, cover: NDArray[np.uint8], above: Pixels, hidden: NDArray[np.uint8]) -> None:
    """Lay what is drawn above, and hides so much, upon what is drawn and its cover, in place."""
    lay_upon(drawn, hidden, above)
    free = cv2.multiply(cv2.bitwise_not(cover), cv2.bitwise_not(hidden), scale=1 / 255)
    cover[:] = cv2.bitwise_not(free)


def _lay(drawing: Drawing, each: PlannedFace, look: Look, opacity: float) -> None:
    """Draw one face upon what is drawn, in place."""
    box = FaceBox.around(each.face)
    window = box.window(drawing.source)
    if not drawing.source[window].size or opacity <= 0.0:
        return
    own = box.inside(each.face)
    brows_and_lips = FEATURES[2:]
    looked_at = (part_around(own.at(*group), 2, box.side) for group in brows_and_lips)
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
    _add(drawn, cover, features[..., :3], cv2.extractChannel(features, 3))


def _grade(layer: Layer, look: Look) -> None:
    """Give what is drawn the colours of the look's finish, in place."""
    if look.grade == NO_GRADE:
        return
    at = layer.cover > 0
    pixels = floats(layer.pixels[at])
    colours, cover = pixels[:, :3], pixels[:, 3:] / 255
    graded = rgb_picture(look.grade.of(lab_picture((colours / cover)[None])))[0]
    layer.pixels[at, :3] = np.rint(graded * cover)


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
