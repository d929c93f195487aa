"""The drawing's own geometry of the jaw: finer, or broader, than the person's.

A field of shifts is (N, N, 2) float32 in pixels, x then y; a pixel of the result comes from where
it stands less its shift.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.drawing.canvas import Points
from engine.drawing.colour import Plane
from engine.drawing.landmarks import CHIN, JAW, TOP, Face

Field = NDArray[np.float32]
COARSE = 0.03
"""The field is worked out on a grid of this width, in sizes of the face: it is smooth."""
SEEN = 1 / 16
"""Pixels of a shift below which nothing is moved: a quarter of a level, on a slope of four."""
SAMPLED = 4


def jaw_field(faces: Sequence[Face], side: int, finer: float) -> Field:
    """Shifts that make each jaw finer (1: as in the Anime look; below 0: broader)."""
    step = max(2, round(COARSE * min((face.scale for face in faces), default=side)))
    count = -(-side // step)
    y, x = ((np.mgrid[0:count, 0:count] + 0.5) * (side / count) - 0.5).astype(np.float32)
    total = np.zeros((*x.shape, 2), np.float32)
    weight = np.full(x.shape, 0.35, np.float32)
    for face in faces:
        p, jaw = face.seen, face.seen[list(JAW)]
        axis = (p[CHIN] - p[TOP]) / (np.linalg.norm(p[CHIN] - p[TOP]) + 1e-9)
        along = (jaw - p[TOP]) @ axis
        depth = along / face.height  # 0 at the forehead, 1 at the chin
        pull = finer * 0.15 * np.exp(-(((depth - 0.86) / 0.2) ** 2))
        shifts = (p[TOP] + np.outer(along, axis) - jaw) * pull[:, None]
        shifts -= np.outer(depth > 0.95, axis) * face.height * 0.012 * finer
        bells = _bells(x[0], y[:, 0], jaw, 0.13 * face.scale)
        total += np.tensordot(bells, shifts.astype(np.float32), (0, 0))
        weight += bells.sum(0)
    total /= weight[..., None]
    return np.asarray(cv2.resize(total, (side, side), interpolation=cv2.INTER_CUBIC), np.float32)


def _bells(x: Plane, y: Plane, points: Points, sigma: float) -> NDArray[np.float32]:
    """(K, H, W) Gaussian bells around points (K, 2), at columns x (W,) and rows y (H,).

    Each is a product of one along the rows and one along the columns.
    """
    (across, down) = (
        np.exp(-((at - points[:, axis, None]) ** 2) / (2 * sigma**2)).astype(np.float32)
        for axis, at in enumerate((x, y))
    )
    return np.asarray(down[:, :, None] * across[:, None, :])


def moved_part(field: Field) -> tuple[slice, slice]:
    """The rows and columns in which a field moves anything by `SEEN` or more."""
    across, down = np.abs(field[::SAMPLED, ::SAMPLED]).transpose(2, 0, 1)
    moves = ((across >= SEEN) | (down >= SEEN)).view(np.uint8)
    left, top, width, height = (SAMPLED * number for number in cv2.boundingRect(moves))
    if not width:
        return slice(0, 0), slice(0, 0)
    rows, columns = (
        slice(max(first - SAMPLED, 0), first + count + SAMPLED)
        for first, count in ((top, height), (left, width))
    )
    return rows, columns


def moved_by(field: Field, values: NDArray[np.generic]) -> NDArray[np.generic]:
    """A picture or a plane (N, N) or (N, N, C) moved by a field."""
    side = field.shape[0]
    y, x = np.mgrid[0:side, 0:side].astype(np.float32)
    maps = x - field[..., 0], y - field[..., 1]
    return np.asarray(cv2.remap(values, *maps, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT))


def face_moved_by(field: Field, face: Face) -> Face:
    """A face whose drawn points follow the field."""
    return replace(face, points=moved_points(field, face.seen))


def moved_points(field: Field, points: Points) -> Points:
    """Points (K, 2) moved by a field."""
    q = np.clip(points, 0, field.shape[0] - 1).astype(np.float32)
    shift = [cv2.remap(field[..., i], q[:, :1], q[:, 1:], cv2.INTER_LINEAR)[:, 0] for i in (0, 1)]
    return np.asarray(points + np.stack(shift, 1))
