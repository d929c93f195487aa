"""A loaded model: a network with what stands around it, ready to restyle pictures.

The built-in model and the published one are the same class with other parts: where the one reads
its structure from the input's latent and its style from a learned table, the other has a depth
estimator and a text encoder.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import torch
from torch import Tensor

from engine.model.images.tensors import to_float, to_uint8
from engine.model.network.autoencoder import FloatAutoencoder
from engine.model.network.unet import UNet
from engine.model.network.unet_blocks import Conditioning
from engine.model.sampling.noise import NoiseGenerator
from engine.model.sampling.noise_schedule import NoiseLevel, noise_levels, step_indices
from engine.model.sampling.stream_spec import StreamSpec
from engine.settings import LiveSettings


class Autoencoder(Protocol):
    """Levels (B, 3, H, W) to latents (B, c, H/8, W/8) of about unit variance, and back.

    guide: the input's levels, at which a decoder may look for the place of fine edges.
    """

    def encode(self, levels: Tensor) -> Tensor: ...

    def decode(self, latent: Tensor, guide: Tensor | None = None) -> Tensor: ...


@dataclass(frozen=True, slots=True)
class Uint8Autoencoder:
    """A codec of numbers in [-1, 1] as an `Autoencoder`. dtype: that it works in."""

    codec: FloatAutoencoder
    dtype: torch.dtype

    def encode(self, levels: Tensor) -> Tensor:
        return self.codec.encode(to_float(levels, self.dtype))

    def decode(self, latent: Tensor, guide: Tensor | None = None) -> Tensor:
        seen = None if guide is None else to_float(guide, self.dtype)
        return to_uint8(self.codec.decode(latent, seen))


class StructureReader(Protocol):
    """What keeps the shapes: levels (1, 3, H, W) and their latent -> (1, A, h, w)."""

    def read(self, levels: Tensor, latent: Tensor) -> Tensor: ...

    def forget(self) -> None:
        """A new stream begins: drop what was smoothed over time."""
        ...


class Conditioner(Protocol):
    """What gives the style: settings and noise levels -> a network and its conditioning."""

    def prepare(
        self, settings: LiveSettings, levels: tuple[NoiseLevel, ...]
    ) -> tuple[UNet, Conditioning]:
        """Raises SettingError for a style that is not there."""
        ...


class LatentStructure:
    """The built-in model's structure input: the latent of the input itself."""

    def read(self, levels: Tensor, latent: Tensor) -> Tensor:  # noqa: ARG002
        return latent

    def forget(self) -> None:
        """Nothing is kept."""


@dataclass(frozen=True, slots=True)
class StyleModel:
    """The parts of a loaded model.

    stateless: whether a picture in another style leaves a running stream as it is. Not so where
    a style is fused into the weights, or structure is smoothed over time. finisher: gives a
    spec another way to work frames out, such as a compiled network.
    """

    autoencoder: Autoencoder
    structure: StructureReader
    conditioner: Conditioner
    stateless: bool = False
    accelerate: Callable[[StreamSpec], StreamSpec] = lambda spec: spec

    def stream_spec(self, settings: LiveSettings) -> StreamSpec:
        """Bring settings to the network's terms. Raises SettingError."""
        levels = noise_levels(step_indices(settings.strength, settings.steps))
        unet, conditioning = self.conditioner.prepare(settings, levels)
        noise = NoiseGenerator(settings.seed, settings.noise_consistency)
        return self.accelerate(StreamSpec(unet, levels, conditioning, noise, settings.structure))
