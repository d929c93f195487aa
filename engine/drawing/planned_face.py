"""A face that is to be drawn, and its picture bent as a look has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.drawing.colour import Plane
from engine.drawing.face_box import FaceBox
from engine.drawing.head import Head
from engine.drawing.jaw import jaw_field, moved_part, moved_points
from engine.drawing.landmarks import Face, scaled
from engine.drawing.palette import Palette
from engine.drawing.parts import HeadParts
from engine.frames import Pixels


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


def all_scaled(
    faces: Sequence[PlannedFace], factor: NDArray[np.float64]
) -> tuple[PlannedFace, ...]:
    """The same in a picture of another size; factor: of width and height, (2,)."""
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


def bent(
    frame: Pixels, faces: Sequence[PlannedFace], finer: float
) -> tuple[Pixels, tuple[PlannedFace, ...]]:
    """The frame and its faces with jaws as a look has them; see `jaw.py`."""
    (result,), moved_faces = all_bent((frame,), faces, finer)
    return result, moved_faces


def all_bent(
    pictures: Sequence[Pixels], faces: Sequence[PlannedFace], finer: float
) -> tuple[tuple[Pixels, ...], tuple[PlannedFace, ...]]:
    """Several pictures of one frame likewise."""
    if not faces or finer == 0.0:
        return tuple(pictures), tuple(faces)
    results, moved_faces = tuple(picture.copy() for picture in pictures), []
    for each in faces:
        box = FaceBox.around(each.face)
        window = box.window(results[0])
        own = box.inside(each.face)
        field = jaw_field([own], box.side, finer * each.weight)
        window = box.narrowed(window, moved_part(field))
        if results[0][window].size:
            rows, columns = window
            shift = field[box.part(window)]
            x = np.arange(columns.start, columns.stop, dtype=np.float32) - shift[..., 0]
            y = np.arange(rows.start, rows.stop, dtype=np.float32)[:, None] - shift[..., 1]
            for picture, result in zip(pictures, results, strict=True):
                result[window] = cv2.remap(picture, x, y, cv2.INTER_LINEAR)
        corner = np.array([box.left, box.top])
        points = moved_points(field, own.seen) + corner
        parts = None if each.parts is None else each.parts.moved(field, corner)
        moved_faces.append(replace(each, face=replace(each.face, points=points), parts=parts))
    return results, tuple(moved_faces)


def worked_out(faces: Sequence[PlannedFace]) -> tuple[PlannedFace, ...]:
    """The faces, in a look's geometry, with what is made of the parts of their heads."""
    return tuple(
        each
        if each.parts is None
        else replace(each, head=Head.of(each.parts, each.face, each.palette.skin))
        for each in faces
    )
