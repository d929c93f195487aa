"""The noise of every frame and step, from a seed; independent of threads and of order."""

from __future__ import annotations

import math

import numpy as np
import torch
from torch import Tensor

_COMMON = 2**63
"""A frame number that no frame has, for the noise that all frames share."""


class NoiseGenerator:
    """Draws standard normal noise that depends only on (seed, frame, step).

    noise_consistency: the share of the variance that all frames have in common, 0..1.
    """

    def __init__(self, seed: int, noise_consistency: float) -> None:
        self.seed, self.noise_consistency = seed, noise_consistency
        self._common: dict[tuple[int, ...], Tensor] = {}

    def draw(self, frame: int, steps: int, shape: tuple[int, ...]) -> Tensor:
        """One frame's noise (steps, *shape), float32, on the CPU; not to be changed in place."""
        common = self._common_part(steps, shape)
        if self.noise_consistency == 1.0:
            return common
        return common + math.sqrt(1.0 - self.noise_consistency) * self._normal(frame, steps, shape)

    def _common_part(self, steps: int, shape: tuple[int, ...]) -> Tensor:
        """The shared noise, drawn once."""
        if (steps, *shape) not in self._common:
            normal = math.sqrt(self.noise_consistency) * self._normal(_COMMON, steps, shape)
            # the layout of latents: adding tensors of different layouts takes 2.5 times as long
            self._common[steps, *shape] = normal.contiguous(memory_format=torch.channels_last)
        return self._common[steps, *shape]

    def _normal(self, frame: int, steps: int, shape: tuple[int, ...]) -> Tensor:
        """A counter-based generator: the seed and the frame are its key, the step its counter."""
        drawn = np.empty((steps, *shape), np.float32)
        for step in range(steps):
            generator = np.random.Philox(key=[self.seed, frame], counter=[0, 0, 0, step])
            np.random.Generator(generator).standard_normal(out=drawn[step], dtype=np.float32)
        return torch.from_numpy(drawn)
