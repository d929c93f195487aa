"""One run of the network over a live stream: a warm-up, then a frame at a time.

Live2Diff (arXiv 2407.08701), section 3.3. The denoising steps of a frame run one after the other,
or beside those of its neighbours as one batch ("stream batch"); the numbers are the same, the
batch delays by one frame for each step but the first.

Shape letters: see `engine.model.network.kv_cache`; S denoising steps, c latent channels.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import torch
from torch import Tensor

from engine.model.network.kv_cache import StreamingKVCache
from engine.model.network.unet import UNet
from engine.model.network.unet_blocks import Conditioning
from engine.model.sampling.noise_schedule import NoiseLevel
from engine.settings import CachePrecision


class Forward(Protocol):
    """The network's call for one frame of each row; see `UNet`."""

    def __call__(
        self, x: Tensor, features: Tensor, conditioning: Conditioning, context: StreamingKVCache, /
    ) -> Tensor: ...


StructureFn = Callable[[Tensor], Tensor]
"""A streamed frame's structure features, (1, A, h, w) -> (1, C0, h, w)."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a stream is made with: a network, its noise levels, first step first, and what a prompt
    and these levels fix. structure: how strongly the structure input counts, 0..1.5. forward: works
    a streamed frame out in the network's place; structure_net: its structure input, likewise.
    """

    unet: UNet
    levels: tuple[NoiseLevel, ...]
    conditioning: Conditioning
    structure: float = 1.0
    forward: Forward | None = None
    structure_net: StructureFn | None = None

    def with_forward(self, forward: Forward) -> Recipe:
        """The same, its streamed frames worked out in another way."""
        return replace(self, forward=forward)


@dataclass(slots=True)
class PendingFrame:
    """A frame between its steps. latent: (c, h, w), clean; row: the step it takes next."""

    latent: Tensor
    features: Tensor
    noise: Tensor
    row: int = 0


class Stream:
    """Latents in, denoised latents out, in order.

    batched: run the steps of neighbouring frames as one batch. cache: how the window is kept.
    """

    def __init__(
        self, recipe: Recipe, *, batched: bool = False, cache: CachePrecision = CachePrecision.SAME
    ) -> None:
        self.recipe = recipe
        self.batched = batched
        self._unet = recipe.unet
        self._cache = StreamingKVCache(
            len(recipe.levels), self._unet.device, self._unet.dtype, cache
        )
        self._conditioning = [
            recipe.conditioning.rows(slice(row, row + 1)) for row in range(len(recipe.levels))
        ]
        self._flight: list[PendingFrame] = []

    @property
    def steps(self) -> int:
        """Denoising steps of each frame."""
        return len(self.recipe.levels)

    @property
    def warm_up_steps(self) -> int:
        """Parts that the work of a warm-up falls into."""
        return self.steps * sum(1 for _ in self._unet.steps())

    @property
    def cache_bytes(self) -> int:
        """Memory of the KV cache."""
        return self._cache.bytes

    def warm_up(
        self, latents: Tensor, structure: Tensor, noise: Tensor
    ) -> Generator[None, None, Tensor]:
        """Fill the pinned slots with 1..8 frames; yields between parts of the work.

        latents: (F, c, h, w), clean. structure: (F, A, h, w). noise: (S, F, c, h, w).
        Returns the denoised (F, c, h, w).
        """
        features = self._unet.structure_features(structure, self.recipe.structure)
        for row, level in enumerate(self.recipe.levels):
            noisy = _add_noise(level, latents, noise[row])
            self._cache.warm_up(row, len(latents))
            state = self._unet.begin(noisy, features, self._conditioning[row], self._cache)
            for part in self._unet.steps():
                state = part(state)
                yield
            latents = self._denoised(level, noisy, self._unet.finish(state))
        return latents

    def step(self, latent: Tensor, structure: Tensor, noise: Tensor) -> list[Tensor]:
        """Take one frame; give the frames that are done: one, or none while a batch fills.

        latent: (c, h, w), clean. structure: (A, h, w). noise: (S, c, h, w).
        """
        frame = PendingFrame(latent, self._features(structure[None])[0], noise)
        if self.batched:
            self._flight.insert(0, frame)
            self._advance(self._flight)
            return self._landed()
        for _ in range(self.steps):
            self._advance([frame])
        return [frame.latent]

    def flush(self) -> list[Tensor]:
        """Finish the frames under way, oldest first; no further frame enters."""
        done: list[Tensor] = []
        while self._flight:
            self._advance(self._flight)
            done += self._landed()
        return done

    def predict(self, noisy: Tensor, features: Tensor, rows: slice) -> Tensor:
        """The network's output for one frame of each row, its keys and values stored.

        noisy: (R, c, h, w). features: (R, C0, h, w).
        """
        single = rows.stop - rows.start == 1
        conditioning = (
            self._conditioning[rows.start] if single else self.recipe.conditioning.rows(rows)
        )
        self._cache.push(rows)
        forward = self._unet if self.recipe.forward is None else self.recipe.forward
        prediction: Tensor = forward(noisy, features, conditioning, self._cache)
        return prediction

    def _features(self, structure: Tensor) -> Tensor:
        """A streamed frame's structure input, once for all steps: (1, A, h, w) -> (1, C0, h, w)"""
        net = self.recipe.structure_net or self._unet.flow_conv_in
        return net(structure) * self.recipe.structure

    def _advance(self, frames: Sequence[PendingFrame]) -> None:
        """One step for each of these frames, which stand in neighbouring rows, newest first."""
        rows = slice(frames[0].row, frames[-1].row + 1)
        levels = self.recipe.levels[rows]
        noisy = [
            _add_noise(level, frame.latent, frame.noise[frame.row])
            for level, frame in zip(levels, frames, strict=True)
        ]
        features = _side_by_side([frame.features for frame in frames])
        prediction = self.predict(_side_by_side(noisy), features, rows)
        for index, (level, frame) in enumerate(zip(levels, frames, strict=True)):
            frame.latent = self._denoised(level, noisy[index], prediction[index])
            frame.row += 1

    def _landed(self) -> list[Tensor]:
        if self._flight[-1].row < self.steps:
            return []
        return [self._flight.pop().latent]

    def _denoised(self, level: NoiseLevel, noisy: Tensor, prediction: Tensor) -> Tensor:
        """The consistency function: c_out x0 + c_skip x (arXiv 2310.04378, eq. 9)."""
        if self._unet.config.prediction_type == "epsilon":
            prediction = (noisy - level.noise * prediction) / level.signal
        return level.c_out * prediction + level.c_skip * noisy


def run_to_end(work: Generator[None, None, Tensor]) -> Tensor:
    """Do all of a piece of work at once."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            result: Tensor = end.value
            return result


def _side_by_side(pictures: Sequence[Tensor]) -> Tensor:
    """R of (C, h, w) -> (R, C, h, w). One alone is not copied, which would undo channels last."""
    return pictures[0][None] if len(pictures) == 1 else torch.stack(list(pictures))


def _add_noise(level: NoiseLevel, latent: Tensor, noise: Tensor) -> Tensor:
    return level.signal * latent + level.noise * noise
