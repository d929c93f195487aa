"""Batches of pictures from the shards: crops of stills in pairs of looks, or moving clips.

Shape letters: B samples, F frames, S side. Tensors are float32 in -1..1, channels last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.random import Generator
from torch import Tensor

from engine.frames import Pixels
from training.motion import Scene, cut_out_mask, random_camera, random_motion
from training.stills import SIDE, Shard

CUT_OUT_SHARE = 0.35


def to_tensor(pictures: Sequence[Pixels]) -> Tensor:
    """Bytes (N, S, S, 3) -> (N, 3, S, S)."""
    stacked = torch.from_numpy(np.stack(pictures))
    return stacked.permute(0, 3, 1, 2).float() / 127.5 - 1.0


def to_pixels(pictures: Tensor) -> list[Pixels]:
    """(N, 3, S, S) -> bytes (S, S, 3) each."""
    scaled = ((pictures.detach().float().clamp(-1, 1) + 1.0) * 127.5).round().byte()
    return list(scaled.permute(0, 2, 3, 1).contiguous().numpy())


@dataclass(frozen=True, slots=True)
class Pairs:
    """source: what the camera saw. clean: the same without noise. target: its look. (B, 3, S, S)

    style: (B,) the number of the look.
    """

    source: Tensor
    clean: Tensor
    target: Tensor
    style: Tensor


@dataclass(frozen=True, slots=True)
class Clips:
    """source: what the camera saw. target: its look, perfectly steady. (B, F, 3, S, S)

    style: (B,).
    """

    source: Tensor
    target: Tensor
    style: Tensor


class Stills:
    """Draws from the shards; everything random comes from the generator given."""

    def __init__(self, shards: Sequence[Shard]) -> None:
        self._shards = list(shards)
        self._ends = np.cumsum([len(shard) for shard in self._shards])

    @property
    def styles(self) -> int:
        """How many looks there are."""
        return int(self._shards[0].shape[1]) - 1

    def still(self, random: Generator) -> Shard:
        """All looks of one window: (1 + styles, SIDE, SIDE, 3)."""
        index = int(random.integers(self._ends[-1]))
        shard = int(np.searchsorted(self._ends, index, side="right"))
        start = self._ends[shard - 1] if shard else 0
        looks = self._shards[shard][index - start]
        return looks[:, :, ::-1] if random.random() < 0.5 else looks

    def pairs(self, count: int, side: int, random: Generator) -> Pairs:
        """Crops in the camera's and in another look."""
        sources, cleans, targets, styles = [], [], [], []
        for _ in range(count):
            looks = self.still(random)
            style = int(random.integers(self.styles))
            top, left = random.integers(SIDE - side + 1, size=2)
            cut = (slice(top, top + side), slice(left, left + side))
            cleans.append(looks[0][cut])
            sources.append(random_camera(random)(cleans[-1], random))
            targets.append(looks[1 + style][cut])
            styles.append(style)
        return Pairs(
            to_tensor(sources), to_tensor(cleans), to_tensor(targets), torch.tensor(styles)
        )

    def scene(self, style: int, side: int, random: Generator) -> Scene:
        """Something that moves: a still, and now and then a cut-out in front of it."""
        pace = float(random.choice([0.0, 0.15, 0.5, 1.0]))
        looks, front = self.still(random), self.still(random)
        chosen = [0, 1 + style]
        moving = random.random() < CUT_OUT_SHARE
        return Scene(
            ground=[np.ascontiguousarray(looks[i]) for i in chosen],
            ground_motion=random_motion(random, side, SIDE, pace),
            object=[np.ascontiguousarray(front[i]) for i in chosen] if moving else None,
            object_motion=random_motion(random, side, SIDE, 1.0),
            mask=cut_out_mask(random, side),
        )

    def clips(self, count: int, frames: int, side: int, random: Generator) -> Clips:
        """Moving scenes."""
        sources, targets, styles = [], [], []
        for _ in range(count):
            style = int(random.integers(self.styles))
            scene, camera = self.scene(style, side, random), random_camera(random)
            for number in range(frames):
                clean, target = scene.frame(number, side)
                sources.append(camera(clean, random))
                targets.append(target)
            styles.append(style)
        shape = (count, frames, 3, side, side)
        return Clips(
            to_tensor(sources).view(shape), to_tensor(targets).view(shape), torch.tensor(styles)
        )
