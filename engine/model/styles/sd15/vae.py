"""Autoencoders of others with the same two methods as the built-in one: encode and decode.

Shape letters: B pictures, H and W sides (multiples of 8), c = 4 latent channels.
"""

from __future__ import annotations

from typing import Generic, TypeVar

import torch
from diffusers import AutoencoderKL, AutoencoderTiny
from torch import Tensor

Network = TypeVar("Network", AutoencoderTiny, AutoencoderKL)


class _Decoder(Generic[Network]):
    """What both have in common. A guide, and what was painted before, are not used."""

    def __init__(self, network: Network) -> None:
        self.network = network

    @torch.inference_mode()
    def decode(
        self,
        latent: Tensor,
        guide: Tensor | None = None,  # noqa: ARG002
        before: Tensor | None = None,  # noqa: ARG002
    ) -> Tensor:
        return self.network.decode(latent / self.network.config.scaling_factor).sample


class TinyAutoencoder(_Decoder[AutoencoderTiny]):
    """TAESD, and others with its architecture."""

    @torch.inference_mode()
    def encode(self, pixels: Tensor) -> Tensor:
        latent: Tensor = self.network.encode(pixels).latents
        return latent * self.network.config.scaling_factor


class FullAutoencoder(_Decoder[AutoencoderKL]):
    """The autoencoder of Stable Diffusion 1.x. Its latents are the mean, without noise."""

    @torch.inference_mode()
    def encode(self, pixels: Tensor) -> Tensor:
        mean: Tensor = self.network.encode(pixels).latent_dist.mode()
        return mean * self.network.config.scaling_factor
