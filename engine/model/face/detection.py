"""Finding faces in a picture that nothing is known of yet.

The detector sees 128 x 128 pixels. So that small faces are found too, it is shown the whole
picture and, in the same batch, overlapping parts of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from engine.frames import Pixels
from engine.model.face.geometry import FaceRegion, Points
from engine.model.face.networks import DETECTOR_SIDE, FaceDetector

LEAST_SCORE = 0.5
SAME_FACE = 0.3
"""Overlap from which two boxes are of one face."""

PART_SHARE = 0.6
"""Side of a part that is looked at by itself, in shorter sides of the picture."""


@dataclass(frozen=True, slots=True)
class Detection:
    """A face. box: its corners, (2, 2). points: right eye, left eye, nose, mouth, ears, (6, 2)."""

    score: float
    box: Points
    points: Points

    @property
    def region(self) -> FaceRegion:
        """What the mesh is to be shown."""
        left, right = self.points[0], self.points[1]  # the person's right eye lies on the left
        return FaceRegion.around(self.box_corners, left, right)

    @property
    def box_corners(self) -> Points:
        """The box as the upright square that it is in the detector's training: (4, 2)."""
        (x0, y0), (x1, y1) = self.box
        middle, half = np.array([(x0 + x1) / 2, (y0 + y1) / 2]), (x1 - x0) / 2
        along = self.points[1] - self.points[0]
        along = along / max(float(np.hypot(*along)), 1e-6) * half
        across = np.array([-along[1], along[0]])
        corners = [middle + a * along + b * across for a in (-1, 1) for b in (-1, 1)]
        return np.asarray(corners, np.float32)


@torch.inference_mode()
def detect_faces(network: FaceDetector, pixels: Pixels) -> list[Detection]:
    """Faces in (H, W, 3) levels, the surest first."""
    windows = _windows(pixels.shape[1], pixels.shape[0])
    batch = np.stack([_shown(pixels, window) for window in windows])
    device = network.stem.weight.device
    scores, boxes = network(torch.from_numpy(batch).to(device))
    found = [
        detection
        for window, score, box in zip(windows, scores.sigmoid(), boxes, strict=True)
        for detection in _decoded(score, box, window)
    ]
    return _one_of_each(found)


@dataclass(frozen=True, slots=True)
class _Window:
    """A square of the picture, which may reach beyond it; in pixels."""

    left: float
    top: float
    side: float


def _windows(width: int, height: int) -> list[_Window]:
    whole = max(width, height)
    windows = [_Window((width - whole) / 2, (height - whole) / 2, whole)]
    side = PART_SHARE * min(width, height)
    count = max(2, round(1.4 * width / side / 1.2)), max(2, round(1.4 * height / side / 1.2))
    for top in np.linspace(0, height - side, count[1]):
        windows += [
            _Window(left, float(top), side) for left in np.linspace(0, width - side, count[0])
        ]
    return windows


def _shown(pixels: Pixels, window: _Window) -> npt.NDArray[np.float32]:
    """(3, 128, 128) in [-1, 1]."""
    half = window.side / 2
    centre = (window.left + half - 0.5, window.top + half - 0.5)
    square = FaceRegion(centre, window.side, 0.0).cut_out(pixels, DETECTOR_SIDE)
    return (square.astype(np.float32) / 127.5 - 1.0).transpose(2, 0, 1)


@cache
def anchors() -> npt.NDArray[np.float32]:
    """(896, 2): where each box starts from, in shares of the picture; SSD anchors of size 1."""
    rows = []
    for cells, each in ((16, 2), (8, 6)):
        places = (np.arange(cells) + 0.5) / cells
        y, x = np.meshgrid(places, places, indexing="ij")
        rows.append(np.repeat(np.stack([x, y], axis=-1).reshape(-1, 2), each, axis=0))
    return np.concatenate(rows).astype(np.float32)


def _decoded(scores: Tensor, boxes: Tensor, window: _Window) -> list[Detection]:
    """Scores (896,), boxes (896, 16) -> detections in pixels of the picture."""
    sure = (scores > LEAST_SCORE).nonzero()[:, 0].cpu().numpy()
    numbers = boxes[sure].float().cpu().numpy() / DETECTOR_SIDE
    places = numbers.reshape(-1, 8, 2)
    places[:, 0] += anchors()[sure]
    places[:, 2:] += anchors()[sure][:, None]
    origin = np.array([window.left, window.top]) - 0.5
    found = []
    for score, (centre, size, *points) in zip(scores[sure].tolist(), places, strict=True):
        box = np.stack([centre - size / 2, centre + size / 2])
        found.append(
            Detection(
                score,
                (box * window.side + origin).astype(np.float32),
                (np.stack(points) * window.side + origin).astype(np.float32),
            )
        )
    return found


def _one_of_each(found: Sequence[Detection]) -> list[Detection]:
    """Boxes that overlap become their mean, weighted by score."""
    left, faces = sorted(found, key=lambda face: -face.score), []
    while left:
        surest = left[0]
        same = [face for face in left if _overlap(face.box, surest.box) > SAME_FACE]
        left = [face for face in left if _overlap(face.box, surest.box) <= SAME_FACE]
        weights = np.array([face.score for face in same], np.float32)
        weights /= weights.sum()
        box = np.tensordot(weights, np.stack([face.box for face in same]), 1)
        points = np.tensordot(weights, np.stack([face.points for face in same]), 1)
        faces.append(Detection(surest.score, box, points))
    return faces


def _overlap(first: Points, second: Points) -> float:
    """Intersection over the smaller of two boxes: a part of a face in a part of the picture is
    that face, too.
    """
    sides = np.minimum(first[1], second[1]) - np.maximum(first[0], second[0])
    shared = float(np.prod(np.maximum(sides, 0.0)))
    areas = [float(np.prod(box[1] - box[0])) for box in (first, second)]
    return shared / max(min(areas), 1e-6)
