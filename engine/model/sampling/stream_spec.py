"""What a stream is made with, and the frames that enter and leave it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from torch import Tensor

from engine.model.network.kv_cache import StreamingKVCache
from engine.model.network.unet import UNet
from engine.model.network.unet_blocks import Conditioning
from engine.model.sampling.noise_schedule import NoiseLevel


class Forward(Protocol):
    """The network's call for one frame of each row; see `UNet`."""

    def __call__(
        self, x: Tensor, features: Tensor, conditioning: Conditioning, context: StreamingKVCache, /
    ) -> Tensor: ...


StructureFn = Callable[[Tensor], Tensor]
"""A streamed frame's structure features, (1, A, h, w) -> (1, C0, h, w)."""


class NoiseSource(Protocol):
    """The source of a stream's noise; see `NoiseGenerator`."""

    def draw(self, frame: int, steps: int, shape: tuple[int, ...]) -> Tensor:
        """The noise of one frame, (steps, *shape); not to be changed in place."""
        ...


@dataclass(frozen=True, slots=True)
class StreamSpec:
    """The settings of a stream in the network's terms.

    levels: noise levels, first step first. conditioning: computed from the prompt and these levels.
    structure: weight of the structure input, 0..1.5. forward and structure_net: replacements for
    the network, and for its structure encoder, on streamed frames, such as compiled ones.
    """

    unet: UNet
    levels: tuple[NoiseLevel, ...]
    conditioning: Conditioning
    noise: NoiseSource
    structure: float = 1.0
    forward: Forward | None = None
    structure_net: StructureFn | None = None

    def with_forward(self, forward: Forward) -> StreamSpec:
        """The same, with this forward pass for streamed frames."""
        return replace(self, forward=forward)


@dataclass(frozen=True, slots=True)
class EncodedFrame:
    """An input frame as the network takes it. latent: (c, h, w), clean; structure: (A, h, w)."""

    number: int
    latent: Tensor
    structure: Tensor


@dataclass(frozen=True, slots=True)
class DenoisedFrame:
    """A finished frame, still a latent (c, h, w). changing: a fade to other settings is under way,
    so that what was painted before may not hold.
    """

    number: int
    latent: Tensor
    changing: bool = False
