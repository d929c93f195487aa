"""One frame with everything that was read in it, in the drawing's geometry.

A field of shifts is (N, N, 2) float32 in pixels, x then y; a pixel of the result comes from where
it stands less its shift.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.frames import Pixels
from training.anime.drawing.canvas import Points
from training.anime.drawing.colour import Picture, lab_picture
from training.anime.landmarks import CHIN, JAW, TOP, Face
from training.anime.masks import Masks

Field = NDArray[np.float32]
COARSE = 4
"""The field is worked out on every fourth pixel: it is smooth."""


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


def jaw_field(faces: Sequence[Face], side: int, finer: float) -> Field:
    """Shifts that make each jaw finer (1: as in the Anime look; below 0: broader)."""
    y, x = np.mgrid[0:side:COARSE, 0:side:COARSE].astype(np.float32)
    total = np.zeros((*x.shape, 2), np.float32)
    weight = np.full(x.shape, 0.35, np.float32)
    for face in faces:
        p = face.seen
        axis = (p[CHIN] - p[TOP]) / (np.linalg.norm(p[CHIN] - p[TOP]) + 1e-9)
        sigma = 0.13 * face.scale
        for index in JAW:
            along = float(np.dot(p[index] - p[TOP], axis))
            depth = along / face.height  # 0 at the forehead, 1 at the chin
            pull = finer * 0.15 * np.exp(-(((depth - 0.86) / 0.2) ** 2))
            shift = (p[TOP] + axis * along - p[index]) * pull
            shift = shift - axis * face.height * 0.012 * finer * (depth > 0.95)
            near = (x - p[index, 0]) ** 2 + (y - p[index, 1]) ** 2
            bell = np.exp(-near / (2 * sigma**2)).astype(np.float32)
            total += bell[..., None] * shift.astype(np.float32)
            weight += bell
    total /= weight[..., None]
    return np.asarray(cv2.resize(total, (side, side), interpolation=cv2.INTER_CUBIC), np.float32)


def moved_by(field: Field, values: NDArray[np.generic]) -> NDArray[np.generic]:
    """A picture or a plane (N, N) or (N, N, C) moved by a field."""
    side = field.shape[0]
    y, x = np.mgrid[0:side, 0:side].astype(np.float32)
    maps = x - field[..., 0], y - field[..., 1]
    return np.asarray(cv2.remap(values, *maps, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT))


def face_moved_by(field: Field, face: Face) -> Face:
    """A face whose drawn points follow the field."""
    q = np.clip(face.seen, 0, field.shape[0] - 1).astype(np.float32)
    shift = np.stack(
        [cv2.remap(field[..., i], q[:, :1], q[:, 1:], cv2.INTER_LINEAR)[:, 0] for i in (0, 1)], 1
    )
    return replace(face, points=face.seen + shift)
