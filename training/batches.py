"""Makes batches from the shards: crops of stills with their styles, or moving clips.

Shape letters: B samples, F frames, S side. Tensors are float32 in -1..1, channels last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import torch
from numpy.random import Generator
from torch import Tensor

from engine.frames import Pixels
from training.stills import SIDE, Shard
from training.trajectories import Scene, cut_out_mask, random_camera, random_trajectory

CUT_OUT_SHARE = 0.35
MIXTURE_SHARE = 0.12
STYLE_SHARES = {0: 1.6, 1: 1.6, 2: 1.2, 4: 1.6, 6: 1.2, 7: 2.2}
"""Relative frequencies of styles, by number, if not 1: thin lines and large flat areas are the
hardest, watercolour came out too pale, and comic is the first that users see."""
PACES = (0.0, 0.0, 0.15, 0.5, 1.0)


def to_tensor(pictures: Sequence[Pixels]) -> Tensor:
    """uint8 (N, S, S, 3) -> (N, 3, S, S)."""
    stacked = torch.from_numpy(np.stack(pictures))
    return stacked.permute(0, 3, 1, 2).float() / 127.5 - 1.0


def to_pixels(pictures: Tensor) -> list[Pixels]:
    """(N, 3, S, S) -> uint8 (S, S, 3) each."""
    scaled = ((pictures.detach().float().clamp(-1, 1) + 1.0) * 127.5).round().byte()
    return list(scaled.permute(0, 2, 3, 1).contiguous().numpy())


@dataclass(frozen=True, slots=True)
class Clips:
    """source: what the camera saw. clean: the same without noise. target: styled, steady.

    Each (B, F, 3, S, S). mixture: (B, styles), the share of each style in the target.
    """

    source: Tensor
    clean: Tensor
    target: Tensor
    mixture: Tensor

    @staticmethod
    def gather(clips: Sequence[Clip], styles: int) -> Clips:
        """Combine clips of equal length."""
        pictures = [
            torch.stack([to_tensor([frame[index] for frame in clip.frames]) for clip in clips])
            for index in range(3)
        ]
        mixture = torch.zeros(len(clips), styles)
        for row, clip in zip(mixture, clips, strict=True):
            row[clip.mixture.first] += 1.0 - clip.mixture.weight
            row[clip.mixture.second] += clip.mixture.weight
        return Clips(pictures[0], pictures[1], pictures[2], mixture)


@dataclass(frozen=True, slots=True)
class StyleMixture:
    """Two styles by number, and the weight of the second."""

    first: int
    second: int
    weight: float

    def of(self, pictures: Shard) -> list[Pixels]:
        """The clean picture and the mixture, from all styles of a still (1 + styles, S, S, 3)."""
        target = pictures[1 + self.first]
        if self.weight > 0.0:
            other = pictures[1 + self.second]
            target = cv2.addWeighted(target, 1.0 - self.weight, other, self.weight, 0.0)
        return [np.ascontiguousarray(pictures[0]), np.ascontiguousarray(target, np.uint8)]


def random_mixtures(random: Generator, styles: int) -> StyleMixture:
    """Mostly one style, sometimes two."""
    shares = np.asarray([STYLE_SHARES.get(number, 1.0) for number in range(styles)])
    first, second = (int(i) for i in random.choice(styles, size=2, p=shares / shares.sum()))
    weight = float(random.uniform(0.1, 0.9)) if random.random() < MIXTURE_SHARE else 0.0
    return StyleMixture(first, second, weight)


@dataclass(frozen=True, slots=True)
class Clip:
    """frames: (source, clean, target) of each."""

    frames: list[tuple[Pixels, Pixels, Pixels]]
    mixture: StyleMixture


class Stills:
    """Draws from the shards; all randomness comes from the given generator."""

    def __init__(self, shards: Sequence[Shard]) -> None:
        self._shards = list(shards)
        self._ends = np.cumsum([len(shard) for shard in self._shards])

    @property
    def styles(self) -> int:
        """The number of styles."""
        return int(self._shards[0].shape[1]) - 1

    def still(self, random: Generator) -> Shard:
        """All styles of one still: (1 + styles, SIDE, SIDE, 3)."""
        index = int(random.integers(self._ends[-1]))
        shard = int(np.searchsorted(self._ends, index, side="right"))
        start = self._ends[shard - 1] if shard else 0
        pictures = self._shards[shard][index - start]
        return pictures[:, :, ::-1] if random.random() < 0.5 else pictures

    def crops(self, count: int, side: int, random: Generator) -> Clips:
        """Clips of one frame, cropped from stills."""
        return Clips.gather([self._crop(side, random) for _ in range(count)], self.styles)

    def clips(self, count: int, frames: int, side: int, random: Generator) -> Clips:
        """Moving scenes."""
        made = [self._clip(frames, side, random) for _ in range(count)]
        return Clips.gather(made, self.styles)

    def _crop(self, side: int, random: Generator) -> Clip:
        mixture = random_mixtures(random, self.styles)
        top, left = random.integers(SIDE - side + 1, size=2)
        still = self.still(random)[:, top : top + side, left : left + side]
        clean, target = mixture.of(still)
        return Clip([(random_camera(random)(clean, random), clean, target)], mixture)

    def _clip(self, frames: int, side: int, random: Generator) -> Clip:
        mixture, camera = random_mixtures(random, self.styles), random_camera(random)
        scene = self._scene(mixture, side, random)
        made = []
        for number in range(frames):
            clean, target = scene.frame(number, side)
            made.append((camera(clean, random), clean, target))
        return Clip(made, mixture)

    def _scene(self, mixture: StyleMixture, side: int, random: Generator) -> Scene:
        """A moving scene: a still, sometimes with a cut-out in front of it."""
        moving = random.random() < CUT_OUT_SHARE
        return Scene(
            ground=mixture.of(self.still(random)),
            ground_path=random_trajectory(random, side, SIDE, float(random.choice(PACES))),
            object=mixture.of(self.still(random)) if moving else None,
            object_path=random_trajectory(random, side, SIDE, 1.0),
            mask=cut_out_mask(random, side),
        )
