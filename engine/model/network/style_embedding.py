"""The built-in model's substitute for a text encoder: a learned table of styles."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from engine.model.network.spatial import sinusoidal_embedding

STRENGTH_SCALE = 1000.0
"""Scales a strength of 0..1 to the range that sinusoidal embeddings are made for."""


@dataclass(frozen=True, slots=True)
class StyleEmbeddingConfig:
    """styles: their names, in the order of the table. tokens: rows of each style, `token_dim`
    wide (the network's cross_attention_dim). pooled_dim, strength_dim: the two widths of a label.
    """

    styles: tuple[str, ...]
    tokens: int = 4
    token_dim: int = 64
    pooled_dim: int = 64
    strength_dim: int = 32

    @property
    def label_dim(self) -> int:
        """Width of a label: the network's class_embed_dim."""
        return self.pooled_dim + self.strength_dim


class StyleEmbedding(nn.Module):
    """The text embedding and the label of a mixture of styles at a strength.

    Shape letters: R rows, N styles, T tokens; see `StyleEmbeddingConfig` for the widths.
    """

    def __init__(self, config: StyleEmbeddingConfig) -> None:
        super().__init__()
        self.config = config
        count = len(config.styles)
        self.tokens = nn.Parameter(_drawn(count, config.tokens, config.token_dim))
        self.pooled = nn.Parameter(_drawn(count, config.pooled_dim))

    def forward(self, mixture: Tensor, strength: Tensor) -> tuple[Tensor, Tensor]:
        """mixture: (R, N), rows sum to 1. strength: (R,) in 0..1.

        Returns the text (R, T, token_dim) and the label (R, label_dim).
        """
        text = torch.einsum("rn,ntd->rtd", mixture, self.tokens)
        waves = sinusoidal_embedding(strength * STRENGTH_SCALE, self.config.strength_dim)
        label = torch.cat([mixture @ self.pooled, waves.to(self.pooled.dtype)], dim=-1)
        return text, label


def _drawn(*shape: int) -> Tensor:
    """Normally distributed; empty on the meta device, where drawing would import a computer algebra
    system, which takes seconds and blocks every other thread meanwhile.
    """
    numbers = torch.empty(shape)
    return numbers if numbers.is_meta else numbers.normal_()
