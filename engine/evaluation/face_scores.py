"""Scores the faces of a styled clip, frame by frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from engine.drawing.colour import Lab
from engine.evaluation.faces import EVERYTHING, EYES, MOUTH, Points, likeness, relative_sharpness
from engine.evaluation.following import Following
from engine.evaluation.metrics import RunningMean
from engine.evaluation.skin import skin_colour, skin_difference
from engine.frames import Pixels
from engine.model.face.networks import FaceNetwork
from engine.model.face.tracking import Face, read_meshes

BOXES = {"face": EVERYTHING, "eyes": EYES, "mouth": (MOUTH,)}


@dataclass(frozen=True, slots=True)
class FaceScores:
    """Means over the faces of a clip, or over clips; None where it could not be measured.

    *_like_photo, *_like_drawing: see `engine.evaluation.faces`; the latter and face_sharpness, the
    gradient energy relative to the drawing's, need a teacher. skin_difference(_whole): CIEDE2000 of
    the median skin from the source's, with the light taken out and whole. blinks_followed,
    lips_followed: see `engine.evaluation.following`.
    """

    face_like_photo: float | None = None
    eyes_like_photo: float | None = None
    mouth_like_photo: float | None = None
    face_like_drawing: float | None = None
    eyes_like_drawing: float | None = None
    mouth_like_drawing: float | None = None
    face_sharpness: float | None = None
    skin_difference: float | None = None
    skin_difference_whole: float | None = None
    blinks_followed: float | None = None
    lips_followed: float | None = None


NOT_MEASURED = FaceScores()


@dataclass(frozen=True, slots=True)
class ReadFace:
    """A face of an input frame. read: its points (478, 3) as in this frame alone, not smoothed:
    a blink is over before smoothed points have followed it.
    """

    face: Face
    read: Points


class FaceScorer:
    """Gathers the scores of all faces of one clip. mesh: reads the faces of the results."""

    def __init__(self, mesh: FaceNetwork) -> None:
        self._mesh = mesh
        self._following = Following()
        self._means = {each.name: RunningMean() for each in fields(FaceScores)}

    def add(
        self, source: Pixels, faces: Sequence[ReadFace], output: Pixels, drawing: Pixels | None
    ) -> None:
        """Add the output (H, W, 3) of a frame with its faces, and the teacher's drawing of it."""
        if not faces:
            return
        drawn = read_meshes(self._mesh, output, [each.face.region for each in faces])
        for each, (result, _, _) in zip(faces, drawn, strict=True):
            points = each.face.points
            self._following.add(each.face.number, each.read, result)
            for name, boxes in BOXES.items():
                self._add(f"{name}_like_photo", likeness(source, output, points, boxes))
                if drawing is not None:
                    self._add(f"{name}_like_drawing", likeness(drawing, output, points, boxes))
            if drawing is not None:
                self._add("face_sharpness", relative_sharpness(drawing, output, points))
            self._add_skin(skin_colour(source, points), skin_colour(output, points))

    def scores(self) -> FaceScores:
        """The means so far."""
        measured = {name: mean.value_if_any for name, mean in self._means.items()}
        followed = {
            "blinks_followed": self._following.blinks,
            "lips_followed": self._following.lips,
        }
        return FaceScores(**{**measured, **followed})

    def _add(self, name: str, value: float | None) -> None:
        self._means[name].add(value)

    def _add_skin(self, before: Lab | None, after: Lab | None) -> None:
        if before is not None and after is not None:
            unlit, whole = skin_difference(before, after)
            self._add("skin_difference", unlit)
            self._add("skin_difference_whole", whole)


def mean_face_scores(clips: Sequence[FaceScores]) -> FaceScores:
    """The mean of each score over the clips that have it."""
    means = {}
    for each in fields(FaceScores):
        known = [value for clip in clips if (value := getattr(clip, each.name)) is not None]
        means[each.name] = float(np.mean(known)) if known else None
    return FaceScores(**means)
