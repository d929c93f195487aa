"""Follows faces from frame to frame: found by the detector, then tracked by their own points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import torch

from engine.frames import Pixels
from engine.model.face.detection import detect_faces
from engine.model.face.geometry import LEFT_CORNER, RIGHT_CORNER, FaceRegion, Points, overlap
from engine.model.face.networks import MESH_SIDE, FaceDetector, FaceMesh
from engine.model.face.smoothing import OneEuroFilter

MOST_FACES = 4
DETECT_EVERY = 5
"""Number of frames after which the detector runs again, whatever is being followed."""

PRESENT, SURELY_PRESENT = 0.0, 2.0
"""Logits of the mesh's presence above which a known face is followed further, and above which a new
one is accepted: a printed shirt, for example, sometimes resembles a face."""

SAME_FACE = 0.4


@dataclass(frozen=True, slots=True)
class Face:
    """A face in a frame. number: constant while it is followed. points: (478, 3) in
    pixels of the frame, smoothed over time. region: the input of the mesh. age: frames since it
    was found, from 0.
    """

    number: int
    points: Points
    region: FaceRegion
    age: int

    @property
    def width(self) -> float:
        """Of the box around its points, in pixels."""
        return float(np.ptp(self.points[:, 0]))


@dataclass(slots=True)
class _Track:
    number: int
    region: FaceRegion
    age: int = -1
    filter: OneEuroFilter = field(default_factory=OneEuroFilter)


class FaceTracker:
    """Reads the faces of successive frames of one stream. The largest come first."""

    def __init__(self, detector: FaceDetector, mesh: FaceMesh) -> None:
        self._detector, self._mesh = detector, mesh
        self._tracks: list[_Track] = []
        self._since_detection = DETECT_EVERY
        self._next_number = 0

    def read(self, pixels: Pixels) -> tuple[Face, ...]:
        """The faces in the next frame, (H, W, 3)."""
        self._since_detection += 1
        followed = self._followed(pixels, self._tracks)
        lost = len(followed) < len(self._tracks)
        if self._since_detection > DETECT_EVERY or lost:
            followed += self._followed(pixels, self._found(pixels, followed))
            self._since_detection = 0
        followed.sort(key=lambda pair: -pair[1].side_of_box)
        followed = _without_twins(followed)[:MOST_FACES]
        self._tracks = [track for track, _ in followed]
        return tuple(reading.face(track) for track, reading in followed)

    def forget(self) -> None:
        """A new scene begins: nothing is followed any more, and every face gets a new number."""
        self._tracks, self._since_detection = [], DETECT_EVERY

    def _found(self, pixels: Pixels, followed: Sequence[tuple[_Track, _Reading]]) -> list[_Track]:
        """Tracks for faces that are not followed yet."""
        tracks = []
        for detection in detect_faces(self._detector, pixels):
            box = detection.box
            if any(overlap(box, reading.points) > SAME_FACE / 2 for _, reading in followed):
                continue
            tracks.append(_Track(self._next_number, detection.region))
            self._next_number += 1
        return tracks[:MOST_FACES]

    def _followed(self, pixels: Pixels, tracks: Sequence[_Track]) -> list[tuple[_Track, _Reading]]:
        """The tracks whose faces are still there, each with its reading."""
        if not tracks:
            return []
        readings = read_meshes(self._mesh, pixels, [track.region for track in tracks])
        pairs = []
        for track, (points, presence, region) in zip(tracks, readings, strict=True):
            if presence > (PRESENT if track.age >= 0 else SURELY_PRESENT):
                track.region = FaceRegion.around(points, points[LEFT_CORNER], points[RIGHT_CORNER])
                pairs.append((track, _Reading(points, region)))
        return pairs


@dataclass(frozen=True, slots=True)
class _Reading:
    points: Points
    region: FaceRegion

    @property
    def side_of_box(self) -> float:
        return float(np.ptp(self.points[:, :2], axis=0).max())

    def face(self, track: _Track) -> Face:
        track.age += 1
        smoothed = track.filter.smooth(self.points, self.side_of_box)
        return Face(track.number, smoothed, self.region, track.age)


@torch.inference_mode()
def read_meshes(
    network: FaceMesh, pixels: Pixels, regions: Sequence[FaceRegion]
) -> list[tuple[Points, float, FaceRegion]]:
    """For each region: points (478, 3) in pixels of the picture, and the logit of presence."""
    cut = np.stack([region.cut_out(pixels, MESH_SIDE) for region in regions])
    weight = network.stem.weight
    batch = torch.from_numpy(cut).to(weight.device).permute(0, 3, 1, 2).to(weight.dtype) / 255.0
    points, presence = (result.float().cpu().numpy() for result in network(batch))
    return [
        (region.points_in_picture(own, MESH_SIDE), float(logit), region)
        for region, own, logit in zip(regions, points, presence, strict=True)
    ]


def _without_twins(
    followed: Sequence[tuple[_Track, _Reading]],
) -> list[tuple[_Track, _Reading]]:
    """If two tracks follow the same face, only the older one stays."""
    kept: list[tuple[_Track, _Reading]] = []
    for track, reading in sorted(followed, key=lambda pair: pair[0].number):
        if all(overlap(reading.points, other.points) <= SAME_FACE for _, other in kept):
            kept.append((track, reading))
    return sorted(kept, key=lambda pair: -pair[1].side_of_box)
