"""Attention of pixels over each other and over text: which kernel works it out.

Shape letters: N texts or pictures, P pixels, T tokens or pixels looked at, H heads, D their width.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import torch
from torch import Tensor, nn
from torch.nn import functional as F

Kernel = Callable[[Tensor, Tensor, Tensor], Tensor]
"""query (N, H, P, D), keys and values (N, H, T, D) -> (N, H, P, D)"""

CHUNK_BYTES = 2 << 20
"""Of scores that `products` holds at a time."""


def attend(query: Tensor, keys: Tensor, values: Tensor) -> Tensor:
    """By the quickest of PyTorch's own ways here.

    On a CPU the fused kernel gains nothing from bfloat16; products take half its time or less.
    """
    half = query.device.type == "cpu" and query.dtype is torch.bfloat16
    if half and not torch.is_grad_enabled():
        return chunked_attention(query, keys, values)
    return F.scaled_dot_product_attention(query, keys, values)


def chunked_attention(query: Tensor, keys: Tensor, values: Tensor) -> Tensor:
    """Two products with softmax between them; scores that would not stay in a processor's caches
    are made head by head, and some pixels at a time.
    """
    heads, pixels, depth = query.flatten(0, 1).shape
    scaled = (query * depth**-0.5).flatten(0, 1)
    turned, rows = keys.flatten(0, 1).mT, values.flatten(0, 1)
    row_bytes = turned.shape[-1] * query.itemsize
    if heads * pixels * row_bytes <= CHUNK_BYTES:
        return ((scaled @ turned).softmax(dim=-1) @ rows).view_as(query)
    mixed = query.new_empty(heads, pixels, depth)
    count = max(1, CHUNK_BYTES // row_bytes)
    for head, first in product(range(heads), range(0, pixels, count)):
        part = slice(first, first + count)
        weights = (scaled[head, part] @ turned[head]).softmax(dim=-1)
        mixed[head, part] = weights @ rows[head]
    return mixed.view_as(query)


class HasAttentionKernel(nn.Module):
    """A layer whose kernel can be chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.kernel: Kernel = attend


def use_kernel(network: nn.Module, kernel: Kernel) -> None:
    """Let every layer of a network that has a choice attend by this kernel."""
    for module in network.modules():
        if isinstance(module, HasAttentionKernel):
            module.kernel = kernel
