"""Losses between a picture and its target. Pictures: (B, 3, H, W) in -1..1."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.random import Generator
from torch import Tensor
from torch.nn.functional import avg_pool2d

SQUARE_WEIGHT = 2.0
FLAT = 0.03
"""The difference of two neighbours from which on a target is not flat."""
NO_EDGES = 1e-3
"""The mean square slope assumed for a picture without edges."""


def normal(random: Generator, shape: Sequence[int]) -> Tensor:
    """Standard normal noise from the given generator, independent of other threads."""
    return torch.from_numpy(random.standard_normal(tuple(shape), dtype=np.float32))


def gradients(x: Tensor) -> tuple[Tensor, Tensor]:
    """Differences from the right and lower neighbours."""
    return x[..., :, 1:] - x[..., :, :-1], x[..., 1:, :] - x[..., :-1, :]


def edge_loss(x: Tensor, target: Tensor) -> Tensor:
    """Mean absolute difference of the gradients, at full and half size."""
    losses = []
    for _ in range(2):
        for a, b in zip(gradients(x), gradients(target), strict=True):
            losses.append((a - b).abs().mean())
        x, target = avg_pool2d(x, 2), avg_pool2d(target, 2)
    return torch.stack(losses).mean()


def texture_loss(x: Tensor, target: Tensor) -> Tensor:
    """Slopes where the target is flat: what a photograph has and a drawing has not."""
    losses = []
    for slope, wanted in zip(gradients(x), gradients(target), strict=True):
        flat = (1.0 - wanted.abs() / FLAT).clamp_min(0.0)
        losses.append((flat * slope.abs()).mean())
    return torch.stack(losses).mean()


def edge_energy(x: Tensor) -> Tensor:
    """The root mean square slope around each 8 x 8 block, regardless of where its edges are."""
    right, below = gradients(x)
    return (avg_pool2d(right[..., 1:, :] ** 2 + below[..., :, 1:] ** 2, 8, 4) + 1e-4).sqrt()


def energy_loss(x: Tensor, target: Tensor) -> Tensor:
    """Keeps lines from fading where their position is uncertain, which the other losses reward."""
    return (edge_energy(x) - edge_energy(target)).abs().mean()


def amount_loss(x: Tensor, target: Tensor) -> Tensor:
    """The excess or lack of edges in a whole picture: the logarithm of the ratio."""

    def amount(picture: Tensor) -> Tensor:
        right, below = gradients(picture)
        return (right**2).mean(dim=(1, 2, 3)) + (below**2).mean(dim=(1, 2, 3)) + NO_EDGES

    return (amount(x) / amount(target)).log().abs().mean()


def picture_loss(
    x: Tensor, target: Tensor, edge_weight: float = 2.5, energy_weight: float = 1.3
) -> Tensor:
    """Differences in colours, in edges, and in the amount of edges.

    Squares in addition to absolute differences, which on their own sacrifice thin bright lines.
    """
    error = x - target
    colours = error.abs().mean() + SQUARE_WEIGHT * error.square().mean()
    return colours + edge_weight * edge_loss(x, target) + energy_weight * energy_loss(x, target)
