"""Stills made to move, source and target alike, with camera noise on the source alone.

So the targets are perfectly steady, and where each pixel went is known.

Shape letters: F frames, S the side of the pictures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import torch
from numpy.random import Generator
from numpy.typing import NDArray
from torch import Tensor

from engine.frames import Pixels

Maps = NDArray[np.float32]
"""(S, S, 2): where in the still each pixel of a frame comes from, x then y."""


@dataclass(frozen=True, slots=True)
class Path:
    """A slow, smooth path: constant speed and a sway. All in units per frame or radians."""

    start: float
    speed: float
    sway: float
    frequency: float
    phase: float

    def at(self, frame: int) -> float:
        """The value at a frame."""
        swing = np.sin(self.frequency * frame + self.phase) - np.sin(self.phase)
        return float(self.start + self.speed * frame + self.sway * swing)


def random_path(random: Generator, start: float, speed: float, sway: float) -> Path:
    """A random path; speed and sway are upper limits."""
    return Path(
        start,
        random.uniform(-speed, speed),
        random.uniform(0.0, sway),
        random.uniform(0.15, 0.9),
        random.uniform(0.0, 2 * np.pi),
    )


@dataclass(frozen=True, slots=True)
class Trajectory:
    """The movement of a camera or an object over a still: shift, zoom, turn and a bend."""

    x: Path
    y: Path
    zoom: Path
    turn: Path
    bend: Path
    bend_field: Maps

    def maps(self, frame: int, side: int) -> Maps:
        """Where frame `frame` (side x side) takes its pixels from in the still."""
        zoom, turn = np.exp(self.zoom.at(frame)), self.turn.at(frame)
        c, s = np.cos(turn) * zoom, np.sin(turn) * zoom
        half = (side - 1) / 2.0
        line = np.arange(side, dtype=np.float32) - half
        x, y = line[None, :], line[:, None]
        result = np.empty((side, side, 2), np.float32)
        result[..., 0] = c * x - s * y + half + self.x.at(frame)
        result[..., 1] = s * x + c * y + half + self.y.at(frame)
        return result + self.bend_field * self.bend.at(frame)


def smooth_field(random: Generator, side: int) -> Maps:
    """A smooth random field of shifts, at most about 1 pixel: (S, S, 2)."""
    coarse = random.uniform(-1.0, 1.0, (5, 5, 2)).astype(np.float32)
    return np.asarray(cv2.resize(coarse, (side, side), interpolation=cv2.INTER_CUBIC), np.float32)


def random_trajectory(random: Generator, side: int, still_side: int, pace: float) -> Trajectory:
    """A trajectory that stays (nearly) within a still of still_side. pace: 0 is at rest."""
    margin = still_side - side
    return Trajectory(
        x=random_path(random, float(random.integers(margin + 1)), 2.5 * pace, 12.0 * pace),
        y=random_path(random, float(random.integers(margin + 1)), 1.5 * pace, 8.0 * pace),
        zoom=random_path(random, 0.0, 0.004 * pace, 0.04 * pace),
        turn=random_path(random, 0.0, 0.004 * pace, 0.05 * pace),
        bend=random_path(random, 0.0, 0.0, 4.0 * pace),
        bend_field=smooth_field(random, side),
    )


def sample(still: Pixels, maps: Maps) -> Pixels:
    """The still sampled by the maps; mirrored beyond its borders."""
    return np.asarray(
        cv2.remap(still, maps, None, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT_101), np.uint8
    )


def cut_out_mask(random: Generator, side: int) -> NDArray[np.float32]:
    """A soft-edged blob that can move over a scene: (S, S, 1) in 0..1."""
    y, x = np.mgrid[-1 : 1 : side * 1j, -1 : 1 : side * 1j]
    x, y = x - random.uniform(-0.5, 0.5), y - random.uniform(-0.5, 0.5)
    angle = np.arctan2(y, x)
    radius = random.uniform(0.25, 0.6) * (
        1.0 + 0.25 * np.sin(2 * angle + random.uniform(0, 6)) + 0.1 * np.sin(5 * angle)
    )
    return np.clip((radius - np.hypot(x, y)) * side / 3.0, 0.0, 1.0)[..., None].astype(np.float32)


def moving_mask(random: Generator, frames: int, side: int) -> Tensor:
    """Such a blob on its way over a scene: (F, 1, S, S) in 0..1."""
    mask, pace = cut_out_mask(random, side), float(random.choice((0.3, 1.0, 2.5)))
    x, y = (random_path(random, 0.0, 2.5 * pace, 6.0 * pace) for _ in range(2))
    moved = []
    for frame in range(frames):
        shift = np.asarray([[1.0, 0.0, x.at(frame)], [0.0, 1.0, y.at(frame)]])
        moved.append(cv2.warpAffine(mask, shift, (side, side), borderMode=cv2.BORDER_REPLICATE))
    return torch.from_numpy(np.stack(moved))[:, None]


@dataclass(frozen=True, slots=True)
class Scene:
    """A still in two or more styles, and perhaps a second one cut out and moving in front."""

    ground: Sequence[Pixels]
    ground_path: Trajectory
    object: Sequence[Pixels] | None
    object_path: Trajectory
    mask: NDArray[np.float32]

    def frame(self, number: int, side: int) -> list[Pixels]:
        """Each style at one frame, all moved alike."""
        maps = self.ground_path.maps(number, side)
        seen = [sample(picture, maps) for picture in self.ground]
        if self.object is None:
            return seen
        maps = self.object_path.maps(number, side)
        centre = maps - self.object_path.maps(0, side)
        grid = np.stack(np.meshgrid(*[np.arange(side, dtype=np.float32)] * 2), axis=2)
        mask = cv2.remap(self.mask, grid + centre, None, cv2.INTER_LINEAR)[..., None]
        front = [sample(picture, maps) for picture in self.object]
        return [_over(a, b, mask) for a, b in zip(front, seen, strict=True)]


def _over(front: Pixels, back: Pixels, mask: NDArray[np.float32]) -> Pixels:
    mixed = back + mask * (front.astype(np.float32) - back)
    return np.asarray(np.rint(mixed), np.uint8)


@dataclass(frozen=True, slots=True)
class CameraNoise:
    """What a webcam adds: grain (its deviation and softness), flicker of the exposure, blur.

    quality: JPEG quality, 1..100; None without compression.
    """

    grain: float
    softness: float
    flicker: float
    blur: float
    quality: int | None = None

    def __call__(self, picture: Pixels, random: Generator) -> Pixels:
        """A noisy copy of a picture."""
        side = picture.shape[:2]
        soft = picture if self.blur < 0.3 else cv2.GaussianBlur(picture, (0, 0), self.blur)
        noise = random.standard_normal((*side, 3), dtype=np.float32)
        if self.softness > 0.3:
            noise = cv2.GaussianBlur(noise, (0, 0), self.softness) * (2.5 * self.softness)
        gain = 1.0 + self.flicker * random.standard_normal()
        seen = np.asarray(np.clip(soft * gain + self.grain * noise, 0, 255), np.uint8)
        return seen if self.quality is None else compressed(seen, self.quality)


def compressed(picture: Pixels, quality: int) -> Pixels:
    """The picture after a lossy compression."""
    _, code = cv2.imencode(".jpg", picture, (cv2.IMWRITE_JPEG_QUALITY, quality))
    return np.asarray(cv2.imdecode(code, cv2.IMREAD_COLOR), np.uint8)


COMPRESSED_SHARE = 0.4


def random_camera(random: Generator) -> CameraNoise:
    """A random camera, good or bad; one in four is clean."""
    if random.random() < 0.25:
        return CameraNoise(0.0, 0.0, 0.0, 0.0)
    return CameraNoise(
        grain=random.uniform(0.5, 7.0),
        softness=random.choice([0.0, 0.6, 1.0]),
        flicker=random.uniform(0.0, 0.012),
        blur=random.choice([0.0, 0.0, 0.5, 0.9, 1.3]),
        quality=int(random.integers(30, 90)) if random.random() < COMPRESSED_SHARE else None,
    )
