"""Follows faces from frame to frame: found by the detector, then tracked by their own points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import torch

from engine.frames import Pixels
from engine.model.face.detection import detect_faces
from engine.model.face.geometry import (
    LEFT_CORNER,
    RIGHT_CORNER,
    FaceRegion,
    Points,
    overlap,
    padded,
    unpadded,
)
from engine.model.face.networks import MESH_SIDE, FaceNetwork
from engine.model.face.smoothing import OneEuroFilter

MOST_FACES = 4
SEARCH_FRAMES = 6
"""In so many frames the detector has seen the whole picture: a part of its tiles in each frame, so
that no frame takes longer than the others. It sees all of them at once when a face is lost.
"""

FADE_FRAMES = 4
"""Frames in which a face fades in or out. A face that appears is found within `SEARCH_FRAMES`, so
it has its full weight in the ninth frame that shows it, or before.
"""

PRESENT, SURELY_PRESENT = 0.0, 2.0
"""Logits of the mesh's presence above which a known face is followed further, and above which a new
one is accepted: a printed shirt, for example, sometimes resembles a face."""

SAME_FACE = 0.4

PREFERRED = 1.5
"""How much larger than a face that is followed another one must be to take its place."""

FARTHEST_MOVE, LARGEST_RATIO = 0.5, 1.6
"""Between two frames: how far a region moves, in its own sides, and how much its size changes."""

SAME_SHAPE = 0.002
"""How much a picture's two factors of size may differ, as a share, to be read at either size."""

SMALLEST_SIDE = 6.0
"""Of a region, in pixels; it is no larger than `LARGEST_SIDE` longer sides of the picture."""
LARGEST_SIDE = 8.0


@dataclass(frozen=True, slots=True)
class Face:
    """A face in a frame. number: constant while it is followed. points: (478, 3) in
    pixels of the frame, smoothed over time. region: the input of the mesh. age: frames since it
    was found, from 0.

    weight: above 0, up to 1. A face that comes fades in and one that is lost fades out, both within
    `FADE_FRAMES`; faces in the first frame of a scene have their full weight at once. seen: whether
    it was read in this frame; if not, points and region are the last ones that were.
    """

    number: int
    points: Points
    region: FaceRegion
    age: int
    weight: float = 1.0
    seen: bool = True

    @property
    def width(self) -> float:
        """Of the box around its points, in pixels."""
        return float(np.ptp(self.points[:, 0]))


@dataclass(slots=True)
class _Track:
    """A face that is followed. region: where it is looked for next. face: as last reported, or None
    if it has only been detected.
    """

    number: int
    region: FaceRegion
    face: Face | None = None
    filter: OneEuroFilter = field(default_factory=OneEuroFilter)

    def see(self, reading: _Reading, gain: float) -> Face:
        """It is in the frame. gain: by how much its weight rises."""
        self.region = reading.next_region
        points = self.filter.smooth(reading.points, reading.side_of_box)
        before = self.face
        age, weight = (before.age + 1, before.weight) if before else (0, 0.0)
        weight = min(weight + gain, 1.0)
        self.face = Face(self.number, points, reading.region, age, weight)
        return self.face

    @property
    def seen(self) -> bool:
        """Whether it was in the last frame."""
        return self.face is not None and self.face.seen

    def was_at(self, box: Points) -> bool:
        """Whether it was last reported at this box, (2, 2)."""
        return self.face is not None and overlap(box, self.face.points) > SAME_FACE / 2

    def miss(self) -> Face | None:
        """It is not in the frame; None once it has faded out."""
        if self.face is None or self.face.weight < 1.5 / FADE_FRAMES:
            return None
        weight = self.face.weight - 1.0 / FADE_FRAMES
        self.face = replace(self.face, age=self.face.age + 1, weight=weight, seen=False)
        return self.face


@dataclass(frozen=True)
class _Reading:
    """What the mesh says of one region."""

    points: Points
    region: FaceRegion

    @cached_property
    def side_of_box(self) -> float:
        return float(np.ptp(self.points[:, :2], axis=0).max())

    @cached_property
    def next_region(self) -> FaceRegion:
        points = self.points
        return FaceRegion.around(points, points[LEFT_CORNER], points[RIGHT_CORNER])


_Followed = tuple[_Track, _Reading]


class FaceTracker:
    """Reads the faces of successive frames of one stream. The largest come first."""

    def __init__(self, detector: FaceNetwork, mesh: FaceNetwork) -> None:
        self._detector, self._mesh = detector, mesh
        self._tracks: list[_Track] = []
        self._turn = 0
        self._next_number = 0
        self._scene_begins = True

    def read(self, pixels: Pixels, source: Pixels | None = None) -> tuple[Face, ...]:
        """The faces in the next frame, (H, W, 3), and those that are fading out.

        source: the frame at its own size, where small faces are read. All points are in pixels of
        the frame.
        """
        plain, pixels = pixels, padded(pixels)
        source = pixels if source is None or source is plain else source
        readings = self._readings(pixels, source, self._tracks)
        lost = any(track.seen for track in _others(self._tracks, readings))
        everywhere = self._scene_begins or lost
        found = self._found(pixels, readings, everywhere=everywhere)
        readings += self._readings(pixels, source, found)
        chosen = _chosen(_without_twins(readings))
        gain = 1.0 if self._scene_begins else 1.0 / FADE_FRAMES
        self._scene_begins = False
        faces = [track.see(reading, gain) for track, reading in chosen]
        fading = [track for track in _others(self._tracks, chosen) if track.miss()][:MOST_FACES]
        faces += [track.face for track in fading if track.face]
        self._tracks = [*(track for track, _ in chosen), *fading]
        return tuple(sorted(faces, key=lambda face: -face.width))

    def forget(self) -> None:
        """A new scene begins: nothing is followed any more, and every face gets a new number."""
        self._tracks, self._turn, self._scene_begins = [], 0, True

    def _found(
        self, pixels: Pixels, readings: Sequence[_Followed], *, everywhere: bool
    ) -> list[_Track]:
        """Tracks for faces without a reading: new ones, or those of faces that were just lost."""
        missed, tracks = _others(self._tracks, readings), list[_Track]()
        part = (0, 1) if everywhere else (self._turn, SEARCH_FRAMES)
        self._turn = (self._turn + 1) % SEARCH_FRAMES
        for detection in detect_faces(self._detector, pixels, *part):
            if any(overlap(detection.box, own.points) > SAME_FACE / 2 for _, own in readings):
                continue
            before = [track for track in missed if track.was_at(detection.box)]
            if before:
                track = before[0]
                track.region = detection.region
                missed.remove(track)
            else:
                track = _Track(self._next_number, detection.region)
                self._next_number += 1
            tracks.append(track)
        return tracks[:MOST_FACES]

    def _readings(
        self, pixels: Pixels, source: Pixels, tracks: Sequence[_Track]
    ) -> list[_Followed]:
        """The tracks whose faces are in the picture, each with its reading."""
        if not tracks:
            return []
        read = read_meshes(self._mesh, pixels, [track.region for track in tracks], source)
        return [
            (track, reading)
            for track, (points, presence, region) in zip(tracks, read, strict=True)
            if presence > (PRESENT if track.face else SURELY_PRESENT)
            and _plausible(reading := _Reading(points, region), pixels)
        ]


@torch.inference_mode()
def read_meshes(
    network: FaceNetwork,
    pixels: Pixels,
    regions: Sequence[FaceRegion],
    source: Pixels | None = None,
) -> list[tuple[Points, float, FaceRegion]]:
    """For each region: points (478, 3) in pixels of the picture, and the logit of presence.

    source: the same picture, perhaps larger.
    """
    cut = np.stack([_seen(region, pixels, source) for region in regions])
    read = network(torch.from_numpy(cut).to(network.device))
    points, presence = (result.float().cpu().numpy() for result in read)
    return [
        (region.points_in_picture(own, MESH_SIDE), float(logit), region)
        for region, own, logit in zip(regions, points, presence, strict=True)
    ]


def _seen(region: FaceRegion, pixels: Pixels, source: Pixels | None) -> Pixels:
    """What the mesh sees, (MESH_SIDE, MESH_SIDE, 3): of a small face what its source shows."""
    across, down = (1.0, 1.0) if source is None else np.divide(source.shape[:2], pixels.shape[:2])
    if source is None or region.side >= MESH_SIDE or abs(across - down) > SAME_SHAPE * across:
        return unpadded(region.cut_out(pixels, MESH_SIDE))
    return unpadded(region.enlarged(float(across)).cut_out(source, MESH_SIDE))


def _plausible(reading: _Reading, pixels: Pixels) -> bool:
    """Whether a face can have these points, and did not jump out of the region it was read in."""
    if not np.isfinite(reading.points).all():
        return False
    region, now, (height, width) = reading.region, reading.next_region, pixels.shape[:2]
    moved = float(np.hypot(*np.subtract(now.centre, region.centre)))
    inside = -now.side < 2 * now.centre[0] < 2 * width + now.side
    inside = inside and -now.side < 2 * now.centre[1] < 2 * height + now.side
    sized = SMALLEST_SIDE <= now.side <= LARGEST_SIDE * max(width, height)
    ratio = max(now.side, region.side) / max(min(now.side, region.side), 1e-6)
    return inside and sized and moved <= FARTHEST_MOVE * region.side and ratio <= LARGEST_RATIO


def _others(tracks: Sequence[_Track], readings: Sequence[_Followed]) -> list[_Track]:
    """The tracks that are not among the readings."""
    read = {track.number for track, _ in readings}
    return [track for track in tracks if track.number not in read]


def _chosen(readings: Sequence[_Followed]) -> list[_Followed]:
    """The largest faces; those that are known already do not give way to slightly larger ones."""

    def rank(followed: _Followed) -> float:
        track, reading = followed
        return -reading.side_of_box * (PREFERRED if track.face else 1.0)

    return sorted(readings, key=rank)[:MOST_FACES]


def _without_twins(readings: Sequence[_Followed]) -> list[_Followed]:
    """If two tracks follow the same face, only the older one stays."""
    kept: list[_Followed] = []
    for track, reading in sorted(readings, key=lambda pair: pair[0].number):
        if all(overlap(reading.points, other.points) <= SAME_FACE for _, other in kept):
            kept.append((track, reading))
    return kept
