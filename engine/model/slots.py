"""The stored keys and values of one temporal attention, and how one query looks at them.

One query over 16 slots reads much and reckons little, so the layout of the store decides:

- On a CPU with FBGEMM a weighted sum of rows (`embedding_bag`) runs at the speed of memory, some
  five times as fast as a product of such small matrices. Values lie as rows of a slot, (W, D);
  keys lie turned, (D, W), so that a query's dot products with all slots are such a sum too.
- Elsewhere both lie as rows of a slot and are multiplied as a batch, which beats the fused kernels.

Shape letters: see `engine.model.window`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Protocol

import torch
from torch import Tensor

from engine.model.config import WINDOW

BAGS_KEPT = 32
"""Index tables that stay, one for each shape; a network has two for each of its levels."""


class SlotStore(Protocol):
    """Keys and values of every slot of every row. Rows are named by a slice."""

    def tensors(self) -> Iterator[Tensor]:
        """All that is stored, (R, ...) each."""
        ...

    def write(self, row: int, first: int, keys: Tensor, values: Tensor) -> None:
        """Fill slots of a row from `first` on; keys and values: (F, P, H, D)."""
        ...

    def scores(self, rows: slice, query: Tensor) -> Tensor:
        """The query times the key of each slot: (R, P, H, D) -> (R, P, H, W)"""
        ...

    def mix(self, rows: slice, weights: Tensor) -> Tensor:
        """The values summed by weight: (R, P, H, W) -> (R, P, H, D)"""
        ...


class BagStore:
    """For a CPU: sums of weighted rows. keys: (R, P, H, D, W), values: (R, P, H, W, D)."""

    def __init__(self, rows: int, like: Tensor) -> None:
        places, heads, depth = like.shape
        self._keys = like.new_zeros(rows, places, heads, depth, WINDOW)
        self._values = like.new_zeros(rows, places, heads, WINDOW, depth)

    def tensors(self) -> Iterator[Tensor]:
        yield from (self._keys, self._values)

    def write(self, row: int, first: int, keys: Tensor, values: Tensor) -> None:
        slots = slice(first, first + len(keys))
        self._keys[row, ..., slots] = keys.permute(1, 2, 3, 0)
        self._values[row, :, :, slots] = values.permute(1, 2, 0, 3)

    def scores(self, rows: slice, query: Tensor) -> Tensor:
        return _weighted_rows(self._keys[rows], query)

    def mix(self, rows: slice, weights: Tensor) -> Tensor:
        return _weighted_rows(self._values[rows], weights)


class ProductStore:
    """For any device: batched products. keys, values: (R, P, H, W, D)."""

    def __init__(self, rows: int, like: Tensor) -> None:
        places, heads, depth = like.shape
        self._keys = like.new_zeros(rows, places, heads, WINDOW, depth)
        self._values = torch.zeros_like(self._keys)

    def tensors(self) -> Iterator[Tensor]:
        yield from (self._keys, self._values)

    def write(self, row: int, first: int, keys: Tensor, values: Tensor) -> None:
        slots = slice(first, first + len(keys))
        self._keys[row, :, :, slots] = keys.permute(1, 2, 0, 3)
        self._values[row, :, :, slots] = values.permute(1, 2, 0, 3)

    def scores(self, rows: slice, query: Tensor) -> Tensor:
        return (query[..., None, :] @ self._keys[rows].mT)[..., 0, :]

    def mix(self, rows: slice, weights: Tensor) -> Tensor:
        return (weights[..., None, :] @ self._values[rows])[..., 0, :]


def make_store(rows: int, like: Tensor) -> SlotStore:
    """The store that suits a device. like: keys of one frame, (P, H, D)."""
    bags = like.device.type == "cpu" and "fbgemm" in torch.backends.quantized.supported_engines
    return BagStore(rows, like) if bags else ProductStore(rows, like)


def _weighted_rows(table: Tensor, weights: Tensor) -> Tensor:
    """Rows summed by weight: (..., A, B), (..., A) -> (..., B)"""
    rows, starts = _bags(weights.numel(), weights.shape[-1])
    sums = torch.embedding_bag(
        table.flatten(0, -2), rows, starts, per_sample_weights=weights.flatten()
    )[0]
    return sums.view(*weights.shape[:-1], table.shape[-1])


@lru_cache(maxsize=BAGS_KEPT)
def _bags(rows: int, length: int) -> tuple[Tensor, Tensor]:
    """Every row in its order, and where each sum of `length` rows begins."""
    return torch.arange(rows, dtype=torch.int32), torch.arange(0, rows, length, dtype=torch.int32)
