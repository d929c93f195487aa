"""One frame with everything that was read in it, in the drawing's geometry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.drawing.canvas import Points
from engine.drawing.colour import Picture, lab_picture
from engine.drawing.jaw import face_moved_by, jaw_field, moved_by
from engine.drawing.landmarks import Face
from engine.frames import Pixels
from training.anime.masks import Masks


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in a square frame: its faces (largest first), hands (21 points each), masks."""

    pixels: Pixels
    faces: tuple[Face, ...]
    hands: tuple[Points, ...]
    masks: Masks


@dataclass(frozen=True, slots=True)
class View:
    """A reading after the drawing's geometry; `lab` is its picture in L*a*b*."""

    pixels: Pixels
    lab: Picture
    faces: tuple[Face, ...]
    hands: tuple[Points, ...]
    masks: Masks

    @property
    def side(self) -> int:
        """Height and width of the frame in pixels."""
        return self.pixels.shape[0]

    def owned(self, index: int | None) -> NDArray[np.bool_]:
        """Where the face of this number is the nearest: each pixel belongs to one person."""
        if index is None or len(self.faces) < 2:
            return np.ones((self.side, self.side), bool)
        y, x = np.mgrid[0 : self.side, 0 : self.side].astype(np.float32)
        apart = [np.hypot(x - f.centre[0], y - f.centre[1]) / f.height for f in self.faces]
        return np.asarray(np.argmin(apart, 0) == index)


def view_of(reading: Reading, finer_jaw: float) -> View:
    """The reading in the drawing's geometry; 0 leaves every outline as it is."""
    if not reading.faces or finer_jaw == 0.0:
        return _view(reading.pixels, reading.faces, reading.hands, reading.masks)
    field = jaw_field(reading.faces, reading.pixels.shape[0], finer_jaw)
    faces = [face_moved_by(field, face) for face in reading.faces]
    skin, clothes, hair, person = (
        np.asarray(moved_by(field, plane), np.float32) for plane in reading.masks.planes()
    )
    pixels = np.asarray(moved_by(field, reading.pixels), np.uint8)
    return _view(pixels, faces, reading.hands, Masks(skin, clothes, hair, person))


def _view(pixels: Pixels, faces: Sequence[Face], hands: Sequence[Points], masks: Masks) -> View:
    return View(pixels, lab_picture(pixels), tuple(faces), tuple(hands), masks)
