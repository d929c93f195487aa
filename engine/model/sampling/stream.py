"""One run of the network over a live stream: a warm-up, then a frame at a time.

Live2Diff (arXiv 2407.08701), section 3.3. The denoising steps of a frame run one after the other,
or in one batch with those of its neighbours ("stream batch"); the numbers are the same, and the
batch delays each frame by one frame for every step after the first.

Shape letters: see `engine.model.network.kv_cache`; S denoising steps, F frames, c latent channels.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import torch
from torch import Tensor

from engine.model.network.kv_cache import StreamingKVCache
from engine.model.sampling.noise_schedule import NoiseLevel
from engine.model.sampling.stream_spec import (
    DenoisedFrame,
    EncodedFrame,
    NoiseSource,
    StreamSpec,
)
from engine.settings import CachePrecision

T = TypeVar("T")

NEGLIGIBLE = 1e-7
"""A share of the noisy latent in a result that single precision loses."""


@dataclass(slots=True)
class PendingFrame:
    """A frame between its steps. latent: (c, h, w), clean; row: the step it takes next. noise: of
    each step, as strong as it is added.
    """

    number: int
    latent: Tensor
    features: Tensor
    noise: Tensor
    row: int = 0


class Stream:
    """Encoded frames in, denoised frames out, in order.

    batched: run the steps of neighbouring frames as one batch. cache: precision of the KV cache.
    """

    def __init__(
        self,
        spec: StreamSpec,
        *,
        batched: bool = False,
        cache: CachePrecision = CachePrecision.SAME,
    ) -> None:
        self.spec = spec
        self.batched = batched
        self._unet = spec.unet
        self._cache = StreamingKVCache(len(spec.levels), self._unet.device, self._unet.dtype, cache)
        self._conditioning = [
            spec.conditioning.rows(slice(row, row + 1)) for row in range(len(spec.levels))
        ]
        self._flight: list[PendingFrame] = []
        self._drawn, self._noise_of_steps = torch.empty(0), torch.empty(0)

    @property
    def steps(self) -> int:
        """Denoising steps of each frame."""
        return len(self.spec.levels)

    @property
    def warm_up_steps(self) -> int:
        """Number of steps that a warm-up is split into."""
        return self.steps * sum(1 for _ in self._unet.steps())

    @property
    def cache_bytes(self) -> int:
        """Bytes of the KV cache."""
        return self._cache.bytes

    def set_noise(self, noise: NoiseSource) -> None:
        """Use other noise from the next frame on; the KV cache stays valid."""
        self.spec = replace(self.spec, noise=noise)

    def warm_up(self, frames: Sequence[EncodedFrame]) -> Generator[None, None, list[DenoisedFrame]]:
        """Fill the pinned slots with 1..8 frames; yields after each step of the work.

        The noise is drawn immediately, the rest as the generator advances. Returns the frames.
        """
        noise = torch.stack([self._noise(frame) for frame in frames], dim=1)
        return self._warm_up(list(frames), noise)

    def _warm_up(
        self, frames: list[EncodedFrame], noise: Tensor
    ) -> Generator[None, None, list[DenoisedFrame]]:
        """noise: (S, F, c, h, w)"""
        latents = torch.stack([frame.latent for frame in frames])
        structure = torch.stack([frame.structure for frame in frames])
        features = self._unet.structure_features(structure, self.spec.structure)
        for row, level in enumerate(self.spec.levels):
            noisy = _add_noise(level, latents, noise[row])
            self._cache.warm_up(row, len(latents))
            state = self._unet.begin(noisy, features, self._conditioning[row], self._cache)
            for step in self._unet.steps():
                state = step(state)
                yield
            latents = self._denoised(level, noisy, self._unet.finish(state))
        return [
            DenoisedFrame(frame.number, latent)
            for frame, latent in zip(frames, latents, strict=True)
        ]

    def step(self, frame: EncodedFrame) -> list[DenoisedFrame]:
        """Take one frame; return the frames that are done: one, or none while a batch fills."""
        features = self._features(frame.structure[None])[0]
        pending = PendingFrame(frame.number, frame.latent, features, self._noise(frame))
        if self.batched:
            self._flight.insert(0, pending)
            self._advance(self._flight)
            return self._landed()
        for _ in range(self.steps):
            self._advance([pending])
        return [DenoisedFrame(pending.number, pending.latent)]

    def flush(self) -> list[DenoisedFrame]:
        """Finish the frames under way, oldest first; no further frame enters."""
        done: list[DenoisedFrame] = []
        while self._flight:
            self._advance(self._flight)
            done += self._landed()
        return done

    def predict(self, noisy: Tensor, features: Tensor, rows: slice) -> Tensor:
        """The network's output for one frame of each row; stores their keys and values.

        noisy: (R, c, h, w). features: (R, C0, h, w).
        """
        single = rows.stop - rows.start == 1
        conditioning = (
            self._conditioning[rows.start] if single else self.spec.conditioning.rows(rows)
        )
        self._cache.push(rows)
        forward = self._unet if self.spec.forward is None else self.spec.forward
        prediction: Tensor = forward(noisy, features, conditioning, self._cache)
        return prediction

    def _features(self, structure: Tensor) -> Tensor:
        """A streamed frame's structure input, once for all steps: (1, A, h, w) -> (1, C0, h, w)"""
        net = self.spec.structure_net or self._unet.flow_conv_in
        features = net(structure)
        return features if self.spec.structure == 1.0 else features * self.spec.structure

    def _advance(self, frames: Sequence[PendingFrame]) -> None:
        """One step for each of these frames, which are in adjacent rows, newest first."""
        rows = slice(frames[0].row, frames[-1].row + 1)
        levels = self.spec.levels[rows]
        noisy = [
            _add_noise(level, frame.latent, frame.noise[frame.row])
            for level, frame in zip(levels, frames, strict=True)
        ]
        features = _side_by_side([frame.features for frame in frames])
        prediction = self.predict(_side_by_side(noisy), features, rows)
        for index, (level, frame) in enumerate(zip(levels, frames, strict=True)):
            frame.latent = self._denoised(level, noisy[index], prediction[index])
            frame.row += 1

    def _landed(self) -> list[DenoisedFrame]:
        if self._flight[-1].row < self.steps:
            return []
        landed = self._flight.pop()
        return [DenoisedFrame(landed.number, landed.latent)]

    def _noise(self, frame: EncodedFrame) -> Tensor:
        """What is added in each step, (S, c, h, w). All frames may share it."""
        drawn = self.spec.noise.draw(frame.number, self.steps, tuple(frame.latent.shape))
        if drawn is not self._drawn:
            noise = drawn.to(frame.latent.device, frame.latent.dtype)
            steps = [level.noise * noise[row] for row, level in enumerate(self.spec.levels)]
            # as latents lie: adding tensors of different layouts takes four times as long
            last = torch.channels_last
            self._noise_of_steps = torch.stack(steps).contiguous(memory_format=last)
            self._drawn = drawn
        return self._noise_of_steps

    def _denoised(self, level: NoiseLevel, noisy: Tensor, prediction: Tensor) -> Tensor:
        """The consistency function: c_out x0 + c_skip x (arXiv 2310.04378, eq. 9)."""
        if self._unet.config.prediction_type == "epsilon":
            prediction = (noisy - level.noise * prediction) / level.signal
        if level.c_skip < min(NEGLIGIBLE, torch.finfo(prediction.dtype).eps):
            return prediction
        return level.c_out * prediction + level.c_skip * noisy


def run_to_end(work: Generator[None, None, T]) -> T:
    """Run a generator to its end; its result."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            result: T = end.value
            return result


def _side_by_side(pictures: Sequence[Tensor]) -> Tensor:
    """R of (C, h, w) -> (R, C, h, w). A single one is not copied, to stay channels last."""
    return pictures[0][None] if len(pictures) == 1 else torch.stack(list(pictures))


def _add_noise(level: NoiseLevel, latent: Tensor, noise: Tensor) -> Tensor:
    return level.signal * latent + noise
