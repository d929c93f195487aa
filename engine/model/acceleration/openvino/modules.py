"""The built-in model's networks, rearranged for OpenVINO."""

from __future__ import annotations

import copy

import torch
from torch import Tensor, nn
from torch.nn.functional import avg_pool2d

from engine.model.acceleration.int8.quantization import QMAX
from engine.model.acceleration.int8.space_to_depth import for_strips, giving_folded
from engine.model.images.tensors import to_float
from engine.model.network.autoencoder import SmallAutoencoder


class StructureModule(nn.Module):
    """A structure encoder under the name that it has in the whole network and in the ranges."""

    def __init__(self, net: nn.Module) -> None:
        super().__init__()
        self.unet = nn.ModuleDict({"flow_conv_in": net})

    def forward(self, structure: Tensor) -> Tensor:
        return self.unet["flow_conv_in"](structure)


class Encoding(nn.Module):
    """Strips of pixels, (B, H, W/4, 12) bytes, to latents."""

    def __init__(self, autoencoder: SmallAutoencoder) -> None:
        super().__init__()
        self.autoencoder = copy.deepcopy(autoencoder)
        encoder = self.autoencoder.encoder
        encoder.conv_in = for_strips(encoder.conv_in)

    def forward(self, strips: Tensor) -> Tensor:
        return self.autoencoder.encoder.read(_picture(strips))


class Decoding(nn.Module):
    """Latents and strips of pixels, the guide's and the picture's before, to the result's folded
    ones, (B, H/4, W/4, 16 C) bytes: those of the picture first, then those of each plane.
    """

    def __init__(self, autoencoder: SmallAutoencoder) -> None:
        super().__init__()
        self.autoencoder = copy.deepcopy(autoencoder)
        decoder = self.autoencoder.decoder
        decoder.up, decoder.shuffle = _giving_blocks(decoder.up), _BlockShuffle()
        decoder.conv_guide = for_strips(decoder.conv_guide)
        if autoencoder.config.recurrent:
            decoder.conv_before = for_strips(decoder.conv_before)
        decoder.conv_out = _giving_uint8(
            giving_folded(decoder.conv_out, autoencoder.config.painted_parts)
        )

    def forward(
        self, latent: Tensor, guide: Tensor | None = None, before: Tensor | None = None
    ) -> Tensor:
        seen = (None if strips is None else _picture(strips) for strips in (guide, before))
        levels = self.autoencoder.decoder.draw(latent, *seen)
        # as a quantization, OpenVINO lets the last layer itself write bytes
        image_u8 = torch.fake_quantize_per_tensor_affine(levels, 1.0, 0, 0, QMAX)
        return image_u8.to(torch.uint8).permute(0, 2, 3, 1)


def _picture(strips: Tensor) -> Tensor:
    """(B, H, w, C) bytes -> (B, C, H, w) in -1..1"""
    return to_float(strips.permute(0, 3, 1, 2), torch.float32)


class _BlockShuffle(nn.Module):
    """`nn.PixelShuffle` of 2 for channels in the order of `_giving_blocks`: whole pixels move, in a
    tenth of the time.
    """

    def forward(self, x: Tensor) -> Tensor:
        batch, channels, height, width = x.shape
        blocks = x.view(batch, 2, 2, channels // 4, height, width)
        return blocks.permute(0, 3, 4, 1, 5, 2).reshape(batch, -1, 2 * height, 2 * width)


def _giving_blocks(conv: nn.Conv2d) -> nn.Conv2d:
    """Orders what a layer gives by row and column in a square, then by channel; in place."""
    assert conv.bias is not None
    for values in (conv.weight, conv.bias):
        values.data = values.data.unflatten(0, (-1, 4)).transpose(0, 1).flatten(0, 1).contiguous()
    return conv


def _giving_uint8(conv: nn.Conv2d) -> nn.Conv2d:
    """Scales from -1..1 to 0..255 in the last layer's own weights: as a separate step, OpenVINO
    would fuse it into a layer whose ranges are unknown.
    """
    assert conv.bias is not None
    conv.weight.data *= 127.5
    conv.bias.data = (conv.bias.data + 1.0) * 127.5
    return conv


class _ChannelsLastGroupNorm(nn.Module):
    """`nn.GroupNorm` computed by channel: by group, a graph would transpose images twice."""

    def __init__(self, norm: nn.GroupNorm) -> None:
        super().__init__()
        self._groups, self._eps = norm.num_groups, norm.eps
        self.weight, self.bias = (p[None, :, None, None] for p in norm.parameters())

    def forward(self, x: Tensor) -> Tensor:
        centred = x - self._mean(x)
        scale = self.weight * torch.rsqrt(self._mean(centred * centred) + self._eps)
        return centred * scale + self.bias

    def _mean(self, x: Tensor) -> Tensor:
        """(B, C, h, w) -> each channel's group's, (B, C, 1, 1)."""
        pooled = avg_pool2d(x, x.shape[2:])  # by OpenVINO in a third of the time of a mean
        by_group = pooled.flatten(1).unflatten(1, (self._groups, -1))
        mean = by_group.mean(2, keepdim=True).expand_as(by_group)
        return mean.flatten(1)[:, :, None, None]


class _PReLUByMagnitude(nn.Module):
    """`nn.PReLU` in a form that is not computed in a convolution, where it takes twice as long."""

    def __init__(self, act: nn.PReLU) -> None:
        super().__init__()
        slope = act.weight.detach()[None, :, None, None]
        self.of_number, self.of_magnitude = (1.0 + slope) / 2.0, (1.0 - slope) / 2.0

    def forward(self, x: Tensor) -> Tensor:
        return x * self.of_number + x.abs() * self.of_magnitude


def rearranged(network: nn.Module) -> nn.Module:
    """Replace every `nn.GroupNorm` and `nn.PReLU` of the network, in place."""
    for name, module in list(network.named_modules()):
        if isinstance(module, nn.GroupNorm):
            network.set_submodule(name, _ChannelsLastGroupNorm(module))
        elif isinstance(module, nn.PReLU):
            network.set_submodule(name, _PReLUByMagnitude(module))
    return network
