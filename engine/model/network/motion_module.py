"""The motion module: attention over frames, separately at each pixel.

Live2Diff (arXiv 2407.08701) section 3; attribute names are those of its weights.

Shape letters: see `engine.model.network.kv_cache`.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from engine.model.network.config import MAX_POSITIONS
from engine.model.network.spatial import FeedForward
from engine.model.network.temporal_context import PositionedLayer, PositionTerms, TemporalContext


def sinusoidal_positions(channels: int, device: torch.device | None = None) -> Tensor:
    """Sine at even channels, cosine at odd ones: (24, channels), float32.

    "Attention Is All You Need" (arXiv 1706.03762), section 3.5.
    """
    position = torch.arange(MAX_POSITIONS, device=device, dtype=torch.float32)[:, None]
    even = torch.arange(0, channels, 2, device=device, dtype=torch.float32)
    angle = position * torch.exp(even * (-math.log(10000.0) / channels))
    return torch.stack([angle.sin(), angle.cos()], dim=-1).flatten(1)[:, :channels]


class TemporalAttention(PositionedLayer):
    """Each frame attends to the frames that `context` shows it, at the same pixel.

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

    def forward(self, x: Tensor, context: TemporalContext) -> Tensor:
        query, key, value = (
            layer(x).unflatten(-1, (self.heads, -1)) for layer in (self.to_q, self.to_k, self.to_v)
        )
        return self.to_out[0](context.attend(self, query, key, value).flatten(3))


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

    def forward(self, x: Tensor, context: TemporalContext) -> Tensor:
        for attention, norm in zip(self.attention_blocks, self.norms, strict=True):
            x = attention(norm(x), context).add_(x)
        return self.ff(self.ff_norm(x)).add_(x)


class TemporalTransformer(nn.Module):
    """Norm and projections around one block; the result is a residual. See `MotionModule`."""

    def __init__(self, channels: int, heads: int, groups: int) -> None:
        super().__init__()
        self.norm = nn.GroupNorm(groups, channels, eps=1e-6)
        self.proj_in = nn.Linear(channels, channels)
        self.transformer_blocks = nn.ModuleList([TemporalBlock(channels, heads)])
        self.proj_out = nn.Linear(channels, channels)

    def forward(self, x: Tensor, context: TemporalContext) -> Tensor:
        height, width = x.shape[-2:]
        tokens = self.norm(x).flatten(2).transpose(1, 2).unflatten(0, (context.rows, -1))
        tokens = self.proj_in(tokens)
        for block in self.transformer_blocks:
            tokens = block(tokens, context)
        residual = self.proj_out(tokens).flatten(0, 1)
        return residual.transpose(1, 2).unflatten(2, (height, width))


class MotionModule(nn.Module):
    """x: (R * F, C, h, w), row by row -> the same shape, frames of a row mixed over time."""

    def __init__(self, channels: int, heads: int, groups: int) -> None:
        super().__init__()
        self.temporal_transformer = TemporalTransformer(channels, heads, groups)

    def forward(self, x: Tensor, context: TemporalContext) -> Tensor:
        # a new tensor: the strides of the residual are not channels-last, those of x are
        return x + self.temporal_transformer(x, context)
