"""The spatial layers of the UNet: residual blocks, transformers, resampling.

Names and arithmetic are those of Stable Diffusion 1.5's UNet in diffusers. They are reimplemented
because here everything that depends only on the prompt and the schedule (the time embedding's shift
in every residual block, the text's keys and values) is computed once and passed in.

Shape letters: see `engine.model.network.kv_cache`; B = R * F pictures of a batch, T text tokens.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.model.network.attention import HasAttentionKernel

TextKeyValues = tuple[Tensor, Tensor]
"""Keys and values of the text for one layer, each (1 or R, H, T, D)."""


def sinusoidal_embedding(values: Tensor, channels: int) -> Tensor:
    """(R,) -> (R, channels), cosines first, in float32; DDPM's timestep embedding."""
    half = channels // 2
    exponents = torch.arange(half, device=values.device, dtype=torch.float32) / half
    angles = values.float()[:, None] * torch.exp(-math.log(10000.0) * exponents)
    return torch.cat([angles.cos(), angles.sin()], dim=-1)


class VectorEmbedding(nn.Module):
    """Two linear layers with SiLU between: (R, A) -> (R, E)"""

    def __init__(self, in_features: int, out_features: int) -> None:
        super().__init__()
        self.linear_1 = nn.Linear(in_features, out_features)
        self.linear_2 = nn.Linear(out_features, out_features)

    def forward(self, x: Tensor) -> Tensor:
        return self.linear_2(F.silu(self.linear_1(x)))


class GEGLU(nn.Module):
    """Half of a projection, gated by the GELU of the other half (arXiv 2002.05202)."""

    def __init__(self, channels: int, inner: int) -> None:
        super().__init__()
        self.proj = nn.Linear(channels, 2 * inner)

    def forward(self, x: Tensor) -> Tensor:
        value, gate = self.proj(x).chunk(2, dim=-1)
        return value * F.gelu(gate)


class FeedForward(nn.Module):
    """(..., C) -> (..., C), four times as wide inside. `net.1` takes the place of a dropout."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        inner = 4 * channels
        self.net = nn.Sequential(GEGLU(channels, inner), nn.Identity(), nn.Linear(inner, channels))

    def forward(self, x: Tensor) -> Tensor:
        return self.net(x)


class Attention(HasAttentionKernel):
    """Multi-head attention from pixels to each other, or to text.

    x: (N, P, C); keys and values of the context (N, H, T, D) -> (N, P, C)
    """

    def __init__(self, channels: int, heads: int, context_channels: int) -> None:
        super().__init__()
        if channels % heads:
            raise ValueError(f"{channels} channels do not split into {heads} heads")
        self.heads = heads
        self.to_q = nn.Linear(channels, channels, bias=False)
        self.to_k = nn.Linear(context_channels, channels, bias=False)
        self.to_v = nn.Linear(context_channels, channels, bias=False)
        self.to_out = nn.ModuleList([nn.Linear(channels, channels)])

    def project_text(self, context: Tensor) -> TextKeyValues:
        """The keys and values of a context (N, T, A)."""
        return self._split(self.to_k(context)), self._split(self.to_v(context))

    def forward(self, x: Tensor, context: TextKeyValues) -> Tensor:
        mixed = self.kernel(self._split(self.to_q(x)), *context)
        return self.to_out[0](mixed.transpose(1, 2).flatten(2))

    def _split(self, x: Tensor) -> Tensor:
        """(N, T, C) -> (N, H, T, D)"""
        return x.unflatten(-1, (self.heads, -1)).transpose(1, 2)


class TransformerBlock(nn.Module):
    """Self-attention, attention to the text, feed-forward. x: (B, P, C) -> (B, P, C)"""

    def __init__(self, channels: int, heads: int, context_channels: int) -> None:
        super().__init__()
        self.norm1 = nn.LayerNorm(channels)
        self.attn1 = Attention(channels, heads, channels)
        self.norm2 = nn.LayerNorm(channels)
        self.attn2 = Attention(channels, heads, context_channels)
        self.norm3 = nn.LayerNorm(channels)
        self.ff = FeedForward(channels)

    def forward(self, x: Tensor, text: TextKeyValues) -> Tensor:
        normed = self.norm1(x)
        x = x + self.attn1(normed, self.attn1.project_text(normed))
        x = x + self._attend_to_text(self.norm2(x), text)
        return x + self.ff(self.norm3(x))

    def _attend_to_text(self, x: Tensor, text: TextKeyValues) -> Tensor:
        """Pictures with the same text form one long row, so that the text is never repeated."""
        texts = text[0].shape[0]
        return self.attn2(x.reshape(texts, -1, x.shape[-1]), text).view_as(x)


class SpatialTransformer(nn.Module):
    """Pixels attend to each other and to the text. x: (B, C, h, w) -> (B, C, h, w)"""

    def __init__(self, channels: int, heads: int, context_channels: int, groups: int) -> None:
        super().__init__()
        self.norm = nn.GroupNorm(groups, channels, eps=1e-6)
        self.proj_in = nn.Conv2d(channels, channels, 1)
        self.transformer_blocks = nn.ModuleList(
            [TransformerBlock(channels, heads, context_channels)]
        )
        self.proj_out = nn.Conv2d(channels, channels, 1)

    @property
    def text_attention(self) -> Attention:
        """The layer that attends to the text."""
        block = self.transformer_blocks[0]
        assert isinstance(block, TransformerBlock)
        return block.attn2

    def forward(self, x: Tensor, text: TextKeyValues) -> Tensor:
        height, width = x.shape[-2:]
        tokens = self.proj_in(self.norm(x)).flatten(2).transpose(1, 2)
        for block in self.transformer_blocks:
            tokens = block(tokens, text)
        return x + self.proj_out(tokens.transpose(1, 2).unflatten(2, (height, width)))


class Conv2d(nn.Conv2d):
    """A convolution with a bias (C,) given by the caller. x: (B, A, h, w)"""

    def forward(self, x: Tensor, bias: Tensor | None = None) -> Tensor:
        own = self.bias if bias is None else bias
        assert not isinstance(self.padding, str)
        return F.conv2d(x, self.weight, own, self.stride, self.padding, self.dilation, self.groups)


class ResnetBlock(nn.Module):
    """Two convolutions with a residual; `shift` comes from the time embedding, by `shift_of`.

    x: (B, A, h, w), shift: (1 or R, C) -> (B, C, h, w)
    """

    def __init__(
        self, in_channels: int, out_channels: int, time_channels: int, groups: int
    ) -> None:
        super().__init__()
        self.norm1 = nn.GroupNorm(groups, in_channels, eps=1e-5)
        self.conv1 = Conv2d(in_channels, out_channels, 3, padding=1)
        self.time_emb_proj = nn.Linear(time_channels, out_channels)
        self.norm2 = nn.GroupNorm(groups, out_channels, eps=1e-5)
        self.conv2 = nn.Conv2d(out_channels, out_channels, 3, padding=1)
        self.conv_shortcut = (
            nn.Conv2d(in_channels, out_channels, 1) if in_channels != out_channels else None
        )

    def shift_of(self, time_embedding: Tensor) -> Tensor:
        """(R, E) -> (R, C)"""
        return self.time_emb_proj(F.silu(time_embedding))

    def forward(self, x: Tensor, shift: Tensor) -> Tensor:
        hidden = self._shifted(F.silu(self.norm1(x)), shift)
        hidden = self.conv2(F.silu(self.norm2(hidden)))
        return hidden.add_(x if self.conv_shortcut is None else self.conv_shortcut(x))

    def _shifted(self, x: Tensor, shift: Tensor) -> Tensor:
        """The first convolution, plus each row's shift: (R * F, A, h, w) -> (R * F, C, h, w)"""
        rows, conv = shift.shape[0], self.conv1
        if rows == 1 and conv.bias is not None:  # as part of the bias it is free
            return conv(x, conv.bias + shift[0])
        by_picture = shift.repeat_interleave(x.shape[0] // rows, dim=0)
        return conv(x).add_(by_picture[:, :, None, None])


class Downsample(nn.Module):
    """Half the size, odd sides rounded up. x: (B, A, h, w)"""

    def __init__(self, in_channels: int, out_channels: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(in_channels, out_channels, 3, stride=2, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        return self.conv(x)


class Upsample(nn.Module):
    """To the size (h, w) of the matching down block. x: (B, C, ., .) -> (B, C, h, w)"""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, x: Tensor, size: tuple[int, int]) -> Tensor:
        return self.conv(F.interpolate(x, size=size, mode="nearest"))
