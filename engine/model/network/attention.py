"""Attention between pixels, and from pixels to text, with an exchangeable kernel.

Shape letters: N texts or pictures, P pixels, T tokens or pixels attended to, H
heads, D their width.
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
"""Size of the scores that `chunked_attention` computes at a time."""


def attend(query: Tensor, keys: Tensor, values: Tensor) -> Tensor:
    """Attention by the fastest of PyTorch's own methods.

    On a CPU the fused kernel gains nothing from bfloat16; plain products take at most half as long.
    """
    half = query.device.type == "cpu" and query.dtype is torch.bfloat16
    if half and not torch.is_grad_enabled():
        return chunked_attention(query, keys, values)
    return F.scaled_dot_product_attention(query, keys, values)


def chunked_attention(query: Tensor, keys: Tensor, values: Tensor) -> Tensor:
    """Two matrix products with a softmax between them. Scores too large for the CPU's caches are
    computed head by head, some pixels at a time.
    """
    heads, pixels, depth = query.flatten(0, 1).shape
    scaled = (query * depth**-0.5).flatten(0, 1)
    transposed, rows = keys.flatten(0, 1).mT, values.flatten(0, 1)
    row_bytes = transposed.shape[-1] * query.itemsize
    if heads * pixels * row_bytes <= CHUNK_BYTES:
        return ((scaled @ transposed).softmax(dim=-1) @ rows).view_as(query)
    mixed = query.new_empty(heads, pixels, depth)
    count = max(1, CHUNK_BYTES // row_bytes)
    for head, first in product(range(heads), range(0, pixels, count)):
        chunk = slice(first, first + count)
        weights = (scaled[head, chunk] @ transposed[head]).softmax(dim=-1)
        mixed[head, chunk] = weights @ rows[head]
    return mixed.view_as(query)


class HasAttentionKernel(nn.Module):
    """A layer with an exchangeable attention kernel."""

    def __init__(self) -> None:
        super().__init__()
        self.kernel: Kernel = attend


def use_kernel(network: nn.Module, kernel: Kernel) -> None:
    """Set the attention kernel of every layer that has one."""
    for module in network.modules():
        if isinstance(module, HasAttentionKernel):
            module.kernel = kernel
