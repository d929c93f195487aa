"""Finds faces in a picture without prior knowledge.

The detector sees 128 x 128 pixels. To find small faces as well, it is given the whole picture
and, in the same batch, overlapping tiles of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt
import torch

from engine.frames import Pixels
from engine.model.face.geometry import FaceRegion, Points, unpadded
from engine.model.face.networks import DETECTOR_SIDE, FaceNetwork

Numbers = npt.NDArray[np.float32]

LEAST_SCORE = 0.5
SAME_FACE = 0.3
"""Overlap above which two boxes belong to one face."""

TILE_SHARE = 0.6
"""Side of a tile, as a share of the shorter side of the picture."""

LONGEST_ROW = 6
"""Limit of the picture's longer side in tiles; in very narrow pictures tiles extend beyond it."""


@dataclass(frozen=True, slots=True)
class Detection:
    """A face. box: its corners, (2, 2). points: right eye, left eye, nose, mouth, ears, (6, 2)."""

    score: float
    box: Points
    points: Points

    @property
    def region(self) -> FaceRegion:
        """The region for the face mesh."""
        left, right = self.points[0], self.points[1]  # the person's right eye is on the left
        return FaceRegion.around(self.box_corners, left, right)

    @property
    def box_corners(self) -> Points:
        """The box as an upright square, as in the detector's training: (4, 2)."""
        (x0, y0), (x1, y1) = self.box
        middle, half = np.array([(x0 + x1) / 2, (y0 + y1) / 2]), (x1 - x0) / 2
        along = self.points[1] - self.points[0]
        along = along / max(float(np.hypot(*along)), 1e-6) * half
        across = np.array([-along[1], along[0]])
        corners = [middle + a * along + b * across for a in (-1, 1) for b in (-1, 1)]
        return np.asarray(corners, np.float32)


@torch.inference_mode()
def detect_faces(
    network: FaceNetwork, pixels: Pixels, turn: int = 0, turns: int = 1
) -> list[Detection]:
    """Faces in a picture (H, W, 3), the surest first.

    turn, turns: search only this part of the tiles, 0..turns - 1, to spread the work over frames.
    """
    tiles = _tiles(pixels.shape[1], pixels.shape[0])[turn::turns]
    if not tiles:
        return []
    batch = np.stack([_shown(pixels, tile) for tile in tiles])
    logits, boxes = network(torch.from_numpy(batch).to(network.device))
    numbers = (tensor.float().cpu().numpy() for tensor in (logits.sigmoid(), boxes))
    found = [
        detection
        for tile, score, box in zip(tiles, *numbers, strict=True)
        for detection in _decoded(score, box, tile)
    ]
    return _one_of_each(found)


@dataclass(frozen=True, slots=True)
class _Tile:
    """A square of the picture, in pixels; it may extend beyond the picture."""

    left: float
    top: float
    side: float


@lru_cache(maxsize=8)
def _tiles(width: int, height: int) -> Sequence[_Tile]:
    whole = max(width, height)
    tiles = [_Tile((width - whole) / 2, (height - whole) / 2, whole)]
    side = max(TILE_SHARE * min(width, height), whole / LONGEST_ROW)
    count = max(2, round(1.4 * width / side / 1.2)), max(2, round(1.4 * height / side / 1.2))
    for top in np.linspace(0, height - side, count[1]):
        tiles += [_Tile(left, float(top), side) for left in np.linspace(0, width - side, count[0])]
    return tuple(tiles)


def _shown(pixels: Pixels, tile: _Tile) -> Pixels:
    """(128, 128, 3)"""
    half = tile.side / 2
    centre = (tile.left + half - 0.5, tile.top + half - 0.5)
    return unpadded(FaceRegion(centre, tile.side, 0.0).cut_out(pixels, DETECTOR_SIDE))


@cache
def anchors() -> npt.NDArray[np.float32]:
    """(896, 2): where each box starts from, in shares of the picture; SSD anchors of size 1."""
    rows = []
    for cells, each in ((16, 2), (8, 6)):
        centres = (np.arange(cells) + 0.5) / cells
        y, x = np.meshgrid(centres, centres, indexing="ij")
        rows.append(np.repeat(np.stack([x, y], axis=-1).reshape(-1, 2), each, axis=0))
    return np.concatenate(rows).astype(np.float32)


def _decoded(scores: Numbers, boxes: Numbers, tile: _Tile) -> list[Detection]:
    """Scores (896,), boxes (896, 16) -> detections in pixels of the picture."""
    sure = np.flatnonzero(scores > LEAST_SCORE)
    pairs = boxes[sure].reshape(-1, 8, 2) / DETECTOR_SIDE
    pairs[:, 0] += anchors()[sure]
    pairs[:, 2:] += anchors()[sure][:, None]
    origin = np.array([tile.left, tile.top]) - 0.5
    found = []
    for score, (centre, size, *points) in zip(scores[sure].tolist(), pairs, strict=True):
        box = np.stack([centre - size / 2, centre + size / 2])
        found.append(
            Detection(
                score,
                (box * tile.side + origin).astype(np.float32),
                (np.stack(points) * tile.side + origin).astype(np.float32),
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
    """Intersection over the smaller of two boxes: a piece of a face in one tile is
    still the same face.
    """
    sides = np.minimum(first[1], second[1]) - np.maximum(first[0], second[0])
    shared = float(np.prod(np.maximum(sides, 0.0)))
    areas = [float(np.prod(box[1] - box[0])) for box in (first, second)]
    return shared / max(min(areas), 1e-6)
