"""Squares of 4 x 4 pixels of uint8 images as channels, in memory order.

PyTorch's `pixel_unshuffle` sorts the folded values by colour, byte by byte. In memory order four
pixels beside each other are the channels of one as they lie, and a convolution folds the four lines
below each other itself; a folded result unfolds by moving 32-bit words (four pixels of three bytes
are three words). Instead, the weights of the neighbouring convolution are reordered once.

Shape letters: see `engine.model.network.autoencoder`.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence

import torch
from torch import Tensor, nn

from engine.model.network.autoencoder import FOLD


def in_strips(image_u8: Tensor) -> Tensor:
    """(B, C, H, W) -> (B, H, W/4, 4 C): four pixels beside each other. Of an image that is channels
    last in memory a view.
    """
    batch, channels, height, width = image_u8.shape
    return image_u8.permute(0, 2, 3, 1).reshape(batch, height, width // FOLD, FOLD * channels)


def depth_to_space(folded: Tensor) -> Tensor:
    """(B, 16 C, H/4, W/4), squares in memory order -> (B, C, H, W), channels last.

    The squares may be a part of the channels of something larger that is channels last.
    """
    batch, values, rows, columns = folded.shape
    channels = values // FOLD**2
    words = folded.permute(0, 2, 3, 1).view(torch.int32)
    lines = words.unflatten(3, (FOLD, channels)).transpose(2, 3)
    image_u8 = lines.reshape(batch, rows * FOLD, -1).view(torch.uint8)
    return image_u8.view(batch, rows * FOLD, columns * FOLD, channels).permute(0, 3, 1, 2)


def for_strips(conv: nn.Conv2d) -> nn.Conv2d:
    """A float32 copy for images `in_strips`, (B, 4 C, H, W/4), instead of `pixel_unshuffle`."""
    given = conv.weight.detach().float()  # (O, 16 C, 1, 1), by colour, then row, then column
    weight = given.unflatten(1, (-1, FOLD, FOLD)).permute(0, 3, 1, 2, 4, 5).flatten(1, 2)
    size = FOLD, 1
    changed = nn.Conv2d(weight.shape[1], len(weight), size, size, bias=conv.bias is not None)
    changed.weight.data = weight[..., 0].contiguous()
    if conv.bias is not None and changed.bias is not None:
        changed.bias.data = conv.bias.detach().float()
    return changed


def giving_folded(conv: nn.Conv2d, parts: Sequence[int]) -> nn.Conv2d:
    """A float32 copy for images unfolded by `depth_to_space` instead of `pixel_shuffle`: one after
    the other, each with so many channels.
    """
    changed = copy.deepcopy(conv).float()
    assert changed.bias is not None
    for values in (changed.weight, changed.bias):
        by_channel = values.detach().unflatten(0, (-1, FOLD * FOLD))
        squares = (part.transpose(0, 1).flatten(0, 1) for part in by_channel.split(list(parts)))
        values.data = torch.cat(list(squares))
    return changed
