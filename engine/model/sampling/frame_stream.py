"""A stream with the numbers of its frames."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from typing import Protocol

import torch
from torch import Tensor

from engine.model.sampling.noise import NoiseGenerator
from engine.model.sampling.stream import Recipe, Stream, run_to_end
from engine.settings import CachePrecision


@dataclass(frozen=True, slots=True)
class EncodedFrame:
    """An input frame as the network takes it. latent: (c, h, w); structure: (A, h, w)."""

    number: int
    latent: Tensor
    structure: Tensor


@dataclass(frozen=True, slots=True)
class Plan:
    """Settings brought to the network's terms. generation counts the user's changes."""

    recipe: Recipe
    noise: NoiseGenerator
    generation: int


@dataclass(frozen=True, slots=True)
class DenoisedFrame:
    """A finished frame, still a latent (c, h, w)."""

    number: int
    latent: Tensor
    generation: int


class FrameStream(Protocol):
    """Gives a result for every frame it takes, in order, maybe later."""

    plan: Plan

    def step(self, frame: EncodedFrame) -> list[DenoisedFrame]: ...

    def flush(self) -> list[DenoisedFrame]: ...


class StreamLane:
    """A stream with the numbers of the frames that are under way in it."""

    def __init__(
        self, plan: Plan, *, batched: bool, cache: CachePrecision = CachePrecision.SAME
    ) -> None:
        self.plan = plan
        self.stream = Stream(plan.recipe, batched=batched, cache=cache)
        self._under_way: deque[int] = deque()

    def warm_up(self, frames: Iterable[EncodedFrame]) -> Generator[None, None, Tensor]:
        """See `Stream.warm_up`."""
        chosen = list(frames)
        latents = torch.stack([frame.latent for frame in chosen])
        structure = torch.stack([frame.structure for frame in chosen])
        noise = torch.stack([self._noise(frame) for frame in chosen], dim=1)
        return self.stream.warm_up(latents, structure, noise)

    def warmed_up(self, frames: Iterable[EncodedFrame]) -> list[DenoisedFrame]:
        """Warm up at once and give the results of these frames."""
        chosen = list(frames)
        results = run_to_end(self.warm_up(chosen))
        return [
            DenoisedFrame(frame.number, latent, self.plan.generation)
            for frame, latent in zip(chosen, results, strict=True)
        ]

    def step(self, frame: EncodedFrame) -> list[DenoisedFrame]:
        self._under_way.append(frame.number)
        return self._named(self.stream.step(frame.latent, frame.structure, self._noise(frame)))

    def flush(self) -> list[DenoisedFrame]:
        return self._named(self.stream.flush())

    def _named(self, latents: list[Tensor]) -> list[DenoisedFrame]:
        return [
            DenoisedFrame(self._under_way.popleft(), latent, self.plan.generation)
            for latent in latents
        ]

    def _noise(self, frame: EncodedFrame) -> Tensor:
        shape = tuple(frame.latent.shape)
        noise = self.plan.noise.draw(frame.number, self.stream.steps, shape)
        return noise.to(frame.latent.device, frame.latent.dtype)


class FrozenStream:
    """Repeats one result, for want of memory for two windows."""

    def __init__(self, held: DenoisedFrame, plan: Plan) -> None:
        self.plan = plan
        self._held = held

    def step(self, frame: EncodedFrame) -> list[DenoisedFrame]:
        return [DenoisedFrame(frame.number, self._held.latent, self._held.generation)]

    def flush(self) -> list[DenoisedFrame]:
        return []
