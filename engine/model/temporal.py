"""The motion module: attention over frames, at each pixel by itself.

Live2Diff (arXiv 2407.08701) section 3; attribute names are those of the published weights.
Positions are taken out of the cache: with pe the position table,

    q . W(x + pe) = q . Wx + q . W pe        sum a W(x + pe) = sum a Wx + sum a W pe

so keys and values are stored as Wx, and the second terms are products with a few rows of W pe.

Shape letters: see `engine.model.window`.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from engine.model.config import MAX_POSITIONS
from engine.model.spatial import FeedForward
from engine.model.window import Memory, PositionedLayer, PositionTerms


def sinusoidal_positions(channels: int, device: torch.device | None = None) -> Tensor:
    """Sine at even channels, cosine at odd ones: (24, channels), float32.

    "Attention Is All You Need" (arXiv 1706.03762), section 3.5.
    """
    place = torch.arange(MAX_POSITIONS, device=device, dtype=torch.float32)[:, None]
    even = torch.arange(0, channels, 2, device=device, dtype=torch.float32)
    angle = place * torch.exp(even * (-math.log(10000.0) / channels))
    return torch.stack([angle.sin(), angle.cos()], dim=-1).flatten(1)[:, :channels]


class TemporalAttention(PositionedLayer):
    """Each frame attends to the frames that `memory` shows it, at the same pixel.

    x: (R, F, P, C) -> (R, F, P, C)
    """

    def __init__(self, channels: int, heads: int) -> None:
        super().__init__()
        if channels % heads:
            raise ValueError(f"{channels} channels do not split into {heads} heads")
        self.channels, self.heads = channels, heads
        self.to_q = nn.Linear(channels, channels, bias=False)
        self.to_k = nn.Linear(channels, channels, bias=False)
        self.to_v = nn.Linear(channels, channels, bias=False)
        self.to_out = nn.ModuleList([nn.Linear(channels, channels)])

    def project_positions(self) -> PositionTerms:
        weight = self.to_q.weight
        table = sinusoidal_positions(self.channels, weight.device).to(weight.dtype)
        query, key, value = (
            layer(table).unflatten(-1, (self.heads, -1))
            for layer in (self.to_q, self.to_k, self.to_v)
        )
        return query, key, value

    def forward(self, x: Tensor, memory: Memory) -> Tensor:
        query_terms, key_terms, value_terms = memory.position_terms(self)
        view = memory.view
        query = self._split(self.to_q(x)) + query_terms[view.queries].transpose(1, 2)[:, None]
        keys, values = memory.remember(self, self._split(self.to_k(x)), self._split(self.to_v(x)))
        key_table = key_terms[view.keys].permute(0, 1, 3, 4, 2)
        value_table = value_terms[view.keys].transpose(2, 3)
        scores = (query @ keys.mT + _by_position(query, key_table)) / math.sqrt(query.shape[-1])
        weights = (scores if view.bias is None else scores + view.bias).softmax(dim=-1)
        mixed = weights @ values + _by_position(weights, value_table)
        return self.to_out[0](mixed.permute(0, 3, 1, 2, 4).flatten(3))

    def _split(self, x: Tensor) -> Tensor:
        """(R, F, P, C) -> (R, P, H, F, D)"""
        return x.unflatten(-1, (self.heads, -1)).permute(0, 2, 3, 1, 4)


def _by_position(left: Tensor, table: Tensor) -> Tensor:
    """Each query frame times its own table: (R, P, H, F, A) x (R, F, H, A, B) -> (R, P, H, F, B)"""
    return (left.permute(0, 3, 2, 1, 4) @ table).permute(0, 3, 2, 1, 4)


class TemporalBlock(nn.Module):
    """Two temporal attentions and a feed-forward, each with its norm and residual.

    x: (R, F, P, C) -> (R, F, P, C)
    """

    def __init__(self, channels: int, heads: int) -> None:
        super().__init__()
        self.attention_blocks = nn.ModuleList(TemporalAttention(channels, heads) for _ in range(2))
        self.norms = nn.ModuleList(nn.LayerNorm(channels) for _ in range(2))
        self.ff = FeedForward(channels)
        self.ff_norm = nn.LayerNorm(channels)

    def forward(self, x: Tensor, memory: Memory) -> Tensor:
        for attention, norm in zip(self.attention_blocks, self.norms, strict=True):
            x = x + attention(norm(x), memory)
        return x + self.ff(self.ff_norm(x))


class TemporalTransformer(nn.Module):
    """Norm and projections around one block; the result is a residual. See `MotionModule`."""

    def __init__(self, channels: int, heads: int, groups: int) -> None:
        super().__init__()
        self.norm = nn.GroupNorm(groups, channels, eps=1e-6)
        self.proj_in = nn.Linear(channels, channels)
        self.transformer_blocks = nn.ModuleList([TemporalBlock(channels, heads)])
        self.proj_out = nn.Linear(channels, channels)

    def forward(self, x: Tensor, memory: Memory) -> Tensor:
        height, width = x.shape[-2:]
        tokens = self.norm(x).flatten(2).mT.unflatten(0, (memory.rows, -1))
        tokens = self.proj_in(tokens)
        for block in self.transformer_blocks:
            tokens = block(tokens, memory)
        residual = self.proj_out(tokens).flatten(0, 1)
        return residual.mT.unflatten(2, (height, width))


class MotionModule(nn.Module):
    """x: (R * F, C, h, w), row by row -> the same shape, frames of a row mixed over time."""

    def __init__(self, channels: int, heads: int, groups: int) -> None:
        super().__init__()
        self.temporal_transformer = TemporalTransformer(channels, heads, groups)

    def forward(self, x: Tensor, memory: Memory) -> Tensor:
        return x + self.temporal_transformer(x, memory)
