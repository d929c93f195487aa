"""The built-in autoencoder in int8: uint8 images in and out, and 8-bit integers in between.

Images stay uint8, so none is ever converted to floating point and back. Only the latent,
which the UNet works on, is floating point.

Shape letters: see `engine.model.network.autoencoder`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn
from torch.nn.functional import pixel_shuffle

from engine.model.acceleration.int8.calibration import RESULT, Ranges
from engine.model.acceleration.int8.conv import QMAX, Int8Conv2d, QuantParams
from engine.model.acceleration.int8.space_to_depth import (
    depth_to_space,
    for_folded,
    giving_folded,
    space_to_depth,
)
from engine.model.network.autoencoder import Residual, SmallAutoencoder

PICTURE = QuantParams(2.0 / QMAX, 128)
"""Quantization of a uint8 image. Zero is really at 127.5; the biases compensate for the half."""

GridOf = Callable[[str], QuantParams]
Layers = Sequence[tuple[str, nn.Module]]


class Int8Residual(nn.Module):
    """`network.autoencoder.Residual`; entering, leaving: quantization of input and result."""

    def __init__(
        self, block: Residual, within: QuantParams, entering: QuantParams, leaving: QuantParams
    ) -> None:
        super().__init__()
        self._entering = entering
        self.conv1 = Int8Conv2d(block.conv1, entering, within, relu=True)
        self.conv2 = Int8Conv2d(block.conv2, within, leaving, relu=True)

    def forward(self, x: Tensor) -> Tensor:
        return self.conv2.forward_add(self.conv1(x), x, self._entering)


class Int8Autoencoder(nn.Module):
    """An `engine.model.styles.style_model.Autoencoder`. dtype: of latents."""

    def __init__(self, network: SmallAutoencoder, ranges: Ranges, dtype: torch.dtype) -> None:
        super().__init__()

        def grid(name: str) -> QuantParams:
            return QuantParams.over(*ranges[name])

        encoder, decoder = network.encoder, network.decoder
        self._latent, outlines = grid("decoder.conv_in"), grid("decoder.fine.0.conv1")
        self.encoder = chain(
            [
                ("encoder.conv_in", folded_inputs(encoder.conv_in)),
                ("encoder.down", encoder.down),
                *named("encoder.coarse", encoder.coarse),
                ("encoder.conv_out", encoder.conv_out),
            ],
            grid,
            PICTURE,
            dtype,
        )
        self.coarse = chain(
            [("decoder.conv_in", decoder.conv_in), *named("decoder.coarse", decoder.coarse)],
            grid,
            self._latent,
            grid("decoder.up"),
        )
        self._sum = grid("decoder.up" + RESULT)
        self.up = Int8Conv2d(decoder.up, grid("decoder.up"), self._sum)
        self.guide = Int8Conv2d(folded_inputs(decoder.conv_guide), PICTURE, outlines, relu=True)
        self._alone = outlines.quantize(self._sum.dequantized.relu())
        self.fine = chain(
            [
                *named("decoder.fine", decoder.fine),
                ("decoder.conv_out", folded_outputs(decoder.conv_out)),
            ],
            grid,
            outlines,
            PICTURE,
        )

    def encode(self, image_u8: Tensor) -> Tensor:
        """image_u8 (B, 3, H, W) -> (B, Z, H/8, W/8)."""
        return self.encoder(space_to_depth(image_u8))

    def decode(self, latent: Tensor, guide: Tensor | None = None) -> Tensor:
        """(B, Z, H/8, W/8), and the input image if any -> image_u8 (B, 3, H, W)."""
        x = pixel_shuffle(self.up(self.coarse(self._latent.quantize(latent))), 2)
        if guide is None:
            x = self._alone[x.int()].contiguous(memory_format=torch.channels_last)
        else:
            x = self.guide.forward_add(space_to_depth(guide), x, self._sum)
        return depth_to_space(self.fine(x))


def chain(
    layers: Layers, grid: GridOf, entering: QuantParams, leaving: QuantParams | torch.dtype
) -> nn.Sequential:
    """Layers in sequence, each result quantized for the next layer.

    A last layer whose result is floating point or an image has no ReLU.
    """
    made: list[nn.Module] = []
    for index, (_, layer) in enumerate(layers):
        last = index + 1 == len(layers)
        after = leaving if last else grid(first_conv(*layers[index + 1]))
        name = layers[index][0]
        if isinstance(layer, Residual):
            assert isinstance(after, QuantParams), "a residual block returns uint8"
            made.append(Int8Residual(layer, grid(f"{name}.conv2"), entering, after))
        else:
            assert isinstance(layer, nn.Conv2d)
            plain = last and (after is PICTURE or not isinstance(after, QuantParams))
            made.append(Int8Conv2d(layer, entering, after, relu=not plain))
        entering = after if isinstance(after, QuantParams) else entering
    return nn.Sequential(*made)


def first_conv(name: str, layer: nn.Module) -> str:
    """The name of a layer's first convolution."""
    return f"{name}.conv1" if isinstance(layer, Residual) else name


def named(prefix: str, blocks: nn.Sequential) -> Layers:
    """Blocks with their names."""
    return [(f"{prefix}.{index}", block) for index, block in enumerate(blocks)]


def folded_inputs(conv: nn.Conv2d) -> nn.Conv2d:
    """For images folded by `space_to_depth`, quantized by `PICTURE`."""
    changed = for_folded(conv)
    assert changed.bias is not None
    changed.bias.data += 0.5 * PICTURE.scale * changed.weight.detach().sum(dim=(1, 2, 3))
    return changed


def folded_outputs(conv: nn.Conv2d) -> nn.Conv2d:
    """Produces images for `depth_to_space`, quantized by `PICTURE`."""
    changed = giving_folded(conv)
    assert changed.bias is not None
    changed.bias.data -= 0.5 * PICTURE.scale
    return changed
