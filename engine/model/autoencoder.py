"""The built-in model's autoencoder: small, 8x, with no wide convolution at full resolution.

Shape letters:
    B  pictures    H, W  their sides, multiples of 8    Z  latent channels
Pictures are in -1..1, latents of about unit variance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import torch
from torch import Tensor, nn, relu_
from torch.nn.functional import pixel_shuffle, pixel_unshuffle

FOLD = 4
FACTOR = 8


@dataclass(frozen=True, slots=True)
class AutoencoderConfig:
    """Widths and depths: `fine` at a quarter of the picture's sides, `coarse` at an eighth.

    refine_blocks: of the decoder alone, at a quarter, where lines are drawn.
    """

    latent_channels: int = 16
    fine_channels: int = 48
    coarse_channels: int = 96
    fine_blocks: int = 1
    coarse_blocks: int = 2
    refine_blocks: int = 0

    def __post_init__(self) -> None:
        if self.latent_channels < 1 or self.fine_channels < 1 or self.coarse_channels < 1:
            raise ValueError(f"an autoencoder needs channels, got {self}")
        if min(self.fine_blocks, self.coarse_blocks, self.refine_blocks) < 0:
            raise ValueError(f"an autoencoder cannot have fewer than no blocks, got {self}")


def conv(inputs: int, outputs: int, stride: int = 1) -> nn.Conv2d:
    """A 3x3 convolution that keeps the sides, or halves them."""
    return nn.Conv2d(inputs, outputs, 3, stride, 1)


class Residual(nn.Module):
    """Two convolutions around a shortcut. x: (B, C, H, W) -> the same."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv1 = conv(channels, channels)
        self.conv2 = conv(channels, channels)

    def forward(self, x: Tensor) -> Tensor:
        return relu_(self.conv2(relu_(self.conv1(x))).add_(x))


def residuals(channels: int, count: int) -> nn.Sequential:
    """A row of residual blocks."""
    return nn.Sequential(*(Residual(channels) for _ in range(count)))


class Codec(Protocol):
    """Pictures to latents and back; see `engine.model.codec` for others."""

    def encode(self, pixels: Tensor) -> Tensor:
        """(B, 3, H, W) in [-1, 1] -> (B, c, H / 8, W / 8)"""
        ...

    def decode(self, latent: Tensor, guide: Tensor | None = None) -> Tensor:
        """(B, c, H / 8, W / 8) -> (B, 3, H, W), about [-1, 1] and not clipped.

        guide: the input picture, for decoders that look at it.
        """
        ...


class Encoder(nn.Module):
    """Picture to latent. (B, 3, H, W) -> (B, Z, H/8, W/8)

    `read` does the same for a picture folded by `pixel_unshuffle`, (B, 48, H/4, W/4).
    """

    def __init__(self, config: AutoencoderConfig) -> None:
        super().__init__()
        fine, coarse = config.fine_channels, config.coarse_channels
        self.conv_in = conv(3 * FOLD**2, fine)
        self.fine = residuals(fine, config.fine_blocks)
        self.down = conv(fine, coarse, stride=2)
        self.coarse = residuals(coarse, config.coarse_blocks)
        self.conv_out = conv(coarse, config.latent_channels)

    def forward(self, pixels: Tensor) -> Tensor:
        return self.read(pixel_unshuffle(pixels, FOLD))

    def read(self, folded: Tensor) -> Tensor:
        x = self.fine(relu_(self.conv_in(folded)))
        latent: Tensor = self.conv_out(self.coarse(relu_(self.down(x))))
        return latent


class Decoder(nn.Module):
    """Latent to picture, with a look at a guide for the place of fine edges.

    (B, Z, H/8, W/8), (B, 3, H, W) or None -> (B, 3, H, W)

    `draw` does the same with guide and picture folded by `pixel_unshuffle`, (B, 48, H/4, W/4).
    """

    def __init__(self, config: AutoencoderConfig) -> None:
        super().__init__()
        fine, coarse = config.fine_channels, config.coarse_channels
        self.conv_in = conv(config.latent_channels, coarse)
        self.coarse = residuals(coarse, config.coarse_blocks)
        self.up = conv(coarse, 4 * fine)
        self.conv_guide = conv(3 * FOLD**2, fine)
        self.merge = conv(2 * fine, fine)
        self.fine = residuals(fine, config.fine_blocks)
        self.refine = residuals(fine, config.refine_blocks)
        self.conv_out = conv(fine, 3 * FOLD**2)

    def forward(self, latent: Tensor, guide: Tensor | None) -> Tensor:
        folded = None if guide is None else pixel_unshuffle(guide, FOLD)
        return pixel_shuffle(self.draw(latent, folded), FOLD)

    def draw(self, latent: Tensor, guide: Tensor | None) -> Tensor:
        x = pixel_shuffle(self.up(self.coarse(relu_(self.conv_in(latent)))), 2)
        edges = torch.zeros_like(x) if guide is None else self.conv_guide(guide)
        x = self.refine(self.fine(relu_(self.merge(relu_(torch.cat([x, edges], dim=1))))))
        picture: Tensor = self.conv_out(x)
        return picture


class SmallAutoencoder(nn.Module):
    """Pictures to latents an eighth their size, and back.

    The decoder may be shown the input picture as its guide. It is trained to take from it where
    edges run, never colours or the picture itself: with a blank latent the guide stays unseen.
    """

    def __init__(self, config: AutoencoderConfig | None = None) -> None:
        super().__init__()
        self.config = config or AutoencoderConfig()
        self.encoder = Encoder(self.config)
        self.decoder = Decoder(self.config)

    def encode(self, pixels: Tensor) -> Tensor:
        """(B, 3, H, W) in -1..1 -> (B, Z, H/8, W/8). Raises ValueError on other sides."""
        height, width = pixels.shape[-2:]
        if height % FACTOR or width % FACTOR:
            raise ValueError(f"sides must be multiples of {FACTOR}, got {height} x {width}")
        latent: Tensor = self.encoder(pixels)
        return latent

    def decode(self, latent: Tensor, guide: Tensor | None = None) -> Tensor:
        """(B, Z, H/8, W/8) -> (B, 3, H, W), about -1..1 and not clipped."""
        pixels: Tensor = self.decoder(latent, guide)
        return pixels
