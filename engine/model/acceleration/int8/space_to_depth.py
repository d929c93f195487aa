"""Space to depth for uint8 images, in memory order.

PyTorch's `pixel_unshuffle` sorts the folded values by colour, byte by byte. Folded in memory order,
pixels move as 32-bit words (four of three bytes each are three words), several times as fast;
instead, the weights of the neighbouring convolution are reordered once.

Shape letters: see `engine.model.network.autoencoder`.
"""

from __future__ import annotations

import copy

import torch
from torch import Tensor, nn

from engine.model.network.autoencoder import FOLD


def space_to_depth(image_u8: Tensor) -> Tensor:
    """(B, C, H, W) -> (B, 16 C, H/4, W/4): each 4 x 4 square in memory order."""
    batch, channels, height, width = image_u8.shape
    lines = image_u8.permute(0, 2, 3, 1).reshape(batch, height, -1).view(torch.int32)
    words = lines.view(batch, height // FOLD, FOLD, width // FOLD, channels)
    squares = torch.cat(words.unbind(2), dim=-1)  # line by line, which is fastest
    return squares.view(torch.uint8).permute(0, 3, 1, 2)


def depth_to_space(folded: Tensor) -> Tensor:
    """(B, 16 C, H/4, W/4) -> (B, C, H, W), channels last: the inverse of `space_to_depth`."""
    batch, values, rows, columns = folded.shape
    channels = values // FOLD**2
    words = folded.permute(0, 2, 3, 1).contiguous().view(torch.int32)
    lines = words.view(batch, rows, columns, FOLD, channels).transpose(2, 3)
    image_u8 = lines.reshape(batch, rows * FOLD, -1).view(torch.uint8)
    return image_u8.view(batch, rows * FOLD, columns * FOLD, channels).permute(0, 3, 1, 2)


def for_folded(conv: nn.Conv2d) -> nn.Conv2d:
    """A float32 copy for images folded by `space_to_depth` instead of `pixel_unshuffle`."""
    changed = copy.deepcopy(conv).float()
    weight = changed.weight.detach()
    changed.weight.data = weight.unflatten(1, (-1, FOLD * FOLD)).transpose(1, 2).flatten(1, 2)
    return changed


def giving_folded(conv: nn.Conv2d) -> nn.Conv2d:
    """A float32 copy for images unfolded by `depth_to_space` instead of `pixel_shuffle`."""
    changed = copy.deepcopy(conv).float()
    assert changed.bias is not None
    for values in (changed.weight, changed.bias):
        values.data = values.detach().unflatten(0, (-1, FOLD * FOLD)).transpose(0, 1).flatten(0, 1)
    return changed
