"""The built-in model's autoencoder: small, 8x, with no wide convolution at full resolution.

Shape letters:
    B  pictures    H, W  their sides, multiples of 8    Z  latent channels
Pictures are in -1..1, latents of about unit variance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from torch import Tensor, nn, relu_
from torch.nn.functional import pixel_shuffle, pixel_unshuffle

from engine.settings import PIXELS_PER_LATENT

FOLD = 4
PICTURE = 3
"""Channels of a picture."""
BEFORE = PICTURE + 1
"""Channels of what was painted of the frame before: the picture, moved along, and its trust."""


@dataclass(frozen=True, slots=True)
class AutoencoderConfig:
    """Widths and depths: `fine` at a quarter of the picture's sides, `coarse` at an eighth.

    fine_blocks: in the decoder only, which draws lines; the encoder sees 4 x 4 squares separately.
    agreement: whether the decoder gives a fourth channel: how far it agrees with the features
    drawn in its guide, from -1 (hidden, by hair or a hand) to 1 (shown as they are).
    recurrent: whether it sees what it painted of the frame before, too, and gives a last channel:
    how much of that is still right, from -1 (none) to 1 (all).
    """

    latent_channels: int = 32
    fine_channels: int = 32
    coarse_channels: int = 64
    fine_blocks: int = 3
    coarse_blocks: int = 0
    agreement: bool = False
    recurrent: bool = False

    @property
    def painted_parts(self) -> tuple[int, ...]:
        """What the decoder gives, by channels: the picture, and planes."""
        return PICTURE, *([1] * (self.agreement + self.recurrent))

    @property
    def painted_channels(self) -> int:
        """Channels that the decoder gives for each pixel."""
        return sum(self.painted_parts)

    def __post_init__(self) -> None:
        if self.latent_channels < 1 or self.fine_channels < 1 or self.coarse_channels < 1:
            raise ValueError(f"an autoencoder needs channels, got {self}")
        if self.fine_blocks < 1 or self.coarse_blocks < 0:
            raise ValueError(f"an autoencoder needs one fine block or more, got {self}")


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


class FloatAutoencoder(Protocol):
    """Pictures to latents and back; see `engine.model.styles.sd15.vae` for others."""

    def encode(self, pixels: Tensor) -> Tensor:
        """(B, 3, H, W) in [-1, 1] -> (B, c, H / 8, W / 8)"""
        ...

    def decode(
        self, latent: Tensor, guide: Tensor | None = None, before: Tensor | None = None
    ) -> Tensor:
        """(B, c, H / 8, W / 8) -> (B, 3, H, W), about [-1, 1] and not clipped.

        guide: the input picture, for decoders that use it. before: (B, 4, H, W), for those that
        are recurrent.
        """
        ...


class Encoder(nn.Module):
    """Picture to latent. (B, 3, H, W) -> (B, Z, H/8, W/8)

    `read` does the same for a picture folded by `pixel_unshuffle`, (B, 48, H/4, W/4).
    """

    def __init__(self, config: AutoencoderConfig) -> None:
        super().__init__()
        fine, coarse = config.fine_channels, config.coarse_channels
        self.conv_in = nn.Conv2d(PICTURE * FOLD**2, fine, 1)
        self.down = conv(fine, coarse, stride=2)
        self.coarse = residuals(coarse, config.coarse_blocks)
        self.conv_out = conv(coarse, config.latent_channels)

    def forward(self, pixels: Tensor) -> Tensor:
        return self.read(pixel_unshuffle(pixels, FOLD))

    def read(self, folded: Tensor) -> Tensor:
        x = relu_(self.conv_in(folded))
        return self.conv_out(self.coarse(relu_(self.down(x))))


class Decoder(nn.Module):
    """Latent to picture; a guide, if given, shows where fine edges are.

    (B, Z, H/8, W/8), (B, 3, H, W) or None, (B, 4, H, W) or None -> (B, C, H, W): the picture, then
    what `AutoencoderConfig` adds. The last input is the picture that was painted of the frame
    before, moved along the motion, and how far the motion can be trusted: -1 where it cannot.

    `draw` does the same with pictures and result folded by `pixel_unshuffle`, (B, 16 C, H/4, W/4).
    """

    def __init__(self, config: AutoencoderConfig) -> None:
        super().__init__()
        fine, coarse = config.fine_channels, config.coarse_channels
        self.conv_in = conv(config.latent_channels, coarse)
        self.coarse = residuals(coarse, config.coarse_blocks)
        self.up = nn.Conv2d(coarse, 4 * fine, 1)
        self.shuffle: nn.Module = nn.PixelShuffle(2)
        self.conv_guide = nn.Conv2d(PICTURE * FOLD**2, fine, 1)
        if config.recurrent:
            self.conv_before = nn.Conv2d(BEFORE * FOLD**2, fine, 1, bias=False)
        self.fine = residuals(fine, config.fine_blocks)
        self.conv_out = conv(fine, config.painted_channels * FOLD**2)

    def forward(self, latent: Tensor, guide: Tensor | None, before: Tensor | None = None) -> Tensor:
        folded = (None if seen is None else pixel_unshuffle(seen, FOLD) for seen in (guide, before))
        return pixel_shuffle(self.draw(latent, *folded), FOLD)

    def draw(self, latent: Tensor, guide: Tensor | None, before: Tensor | None = None) -> Tensor:
        x = self.shuffle(self.up(self.coarse(relu_(self.conv_in(latent)))))
        if guide is not None:
            x = x + self.conv_guide(guide)
        if before is not None:
            x = x + self.conv_before(before)
        return self.conv_out(self.fine(relu_(x)))


class SmallAutoencoder(nn.Module):
    """Pictures to latents an eighth their size, and back.

    The decoder may receive the input picture as a guide. It is trained to take only the position of
    edges from it, never colours or the picture itself: with a blank latent, nothing of the picture
    is visible.
    """

    def __init__(self, config: AutoencoderConfig | None = None) -> None:
        super().__init__()
        self.config = config or AutoencoderConfig()
        self.encoder = Encoder(self.config)
        self.decoder = Decoder(self.config)

    def encode(self, pixels: Tensor) -> Tensor:
        """(B, 3, H, W) in -1..1 -> (B, Z, H/8, W/8). Raises ValueError for other sides."""
        height, width = pixels.shape[-2:]
        if height % PIXELS_PER_LATENT or width % PIXELS_PER_LATENT:
            raise ValueError(
                f"sides must be multiples of {PIXELS_PER_LATENT}, got {height} x {width}"
            )
        return self.encoder(pixels)

    def decode(
        self, latent: Tensor, guide: Tensor | None = None, before: Tensor | None = None
    ) -> Tensor:
        """(B, Z, H/8, W/8) -> (B, C, H, W), about -1..1 and not clipped; see `Decoder`."""
        return self.decoder(latent, guide, before)
