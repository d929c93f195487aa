"""Stores the keys and values of one temporal attention, and multiplies them with one query.

A query over 16 slots reads much memory and computes little, so the layout decides the speed:

- On a CPU with FBGEMM a weighted sum of rows (`embedding_bag`) runs at the speed of memory, about
  five times as fast as a product of such small matrices. Values are rows of a slot, (W, D); keys
  are transposed, (D, W), so that a query's dot products with all slots are such a sum, too.
- Elsewhere both are rows of a slot and multiplied as a batch, which beats the fused kernels.

Both can be kept in 8 bits, each vector of D numbers with a scale of its own, which takes half
the memory of half precision; each product is then multiplied by the scale.

Shape letters: see `engine.model.network.kv_cache`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import torch
from torch import Tensor

from engine.model import torch_private
from engine.model.network.config import CACHE_SLOTS
from engine.settings import CachePrecision

BAGS_KEPT = 32
"""Number of index tables kept, one per shape; a network has two at each resolution."""

_EIGHT_BITS = {CachePrecision.INT8: torch.int8, CachePrecision.FLOAT8: torch.float8_e4m3fn}
_LARGEST = {torch.int8: 127.0, torch.float8_e4m3fn: 448.0}
"""The largest number of a type."""


class KVStorage:
    """Keys and values of every slot of every row."""

    def __init__(self, keys: _Vectors, values: _Vectors) -> None:
        self._keys, self._values = keys, values
        self._bags = keys.transposed

    @staticmethod
    def empty(
        rows: int, like: Tensor, precision: CachePrecision = CachePrecision.SAME
    ) -> KVStorage:
        """Space for this number of rows. like: keys of one frame, (P, H, D)."""
        transposed = _has_weighted_bags(like.device)
        return KVStorage(
            _Vectors.empty(rows, like, precision, transposed=transposed),
            _Vectors.empty(rows, like, precision, transposed=False),
        )

    @staticmethod
    def over(tensors: Sequence[Tensor]) -> KVStorage:
        """A storage that shares another one's tensors, or some of their rows."""
        half = len(tensors) // 2
        transposed = _has_weighted_bags(tensors[0].device)
        return KVStorage(
            _Vectors(*tensors[:half], transposed=transposed),
            _Vectors(*tensors[half:], transposed=False),
        )

    def rows(self, chosen: slice) -> KVStorage:
        """Some of the rows, as views."""
        return KVStorage(self._keys.rows(chosen), self._values.rows(chosen))

    def tensors(self) -> Iterator[Tensor]:
        """All that is stored, (R, P, H, ...) each."""
        yield from self._keys.tensors()
        yield from self._values.tensors()

    def write(self, row: int, slots: Tensor, keys: Tensor, values: Tensor) -> None:
        """Fill slots of a row, (F,) neighbours in order; keys and values: (F, P, H, D)."""
        self._keys.write(row, slots, keys)
        self._values.write(row, slots, values)

    def scores(self, query: Tensor) -> Tensor:
        """The query times the key of each slot: (R, P, H, D) -> (R, P, H, W)"""
        keys, scales = self._keys.read(query.dtype), self._keys.scales
        if self._bags and not torch_private.is_tracing():
            products = _weighted_rows(keys, query)
        else:
            transposed = keys if self._bags else keys.transpose(-1, -2)
            products = (query[..., None, :] @ transposed)[..., 0, :]
        return products if scales is None else products.mul_(scales)

    def mix(self, weights: Tensor) -> Tensor:
        """The values summed by weight: (R, P, H, W) -> (R, P, H, D)"""
        values, scales = self._values.read(weights.dtype), self._values.scales
        weights = weights if scales is None else weights * scales
        if self._bags and not torch_private.is_tracing():
            return _weighted_rows(values, weights)
        return (weights[..., None, :] @ values)[..., 0, :]


class _Vectors:
    """A vector of D numbers for each slot. transposed: kept as (D, W), not (W, D).

    numbers: (R, P, H, ., .). scales: (R, P, H, W), or None where numbers are kept unscaled.
    """

    def __init__(self, numbers: Tensor, scales: Tensor | None = None, *, transposed: bool) -> None:
        self._numbers, self.scales, self.transposed = numbers, scales, transposed

    @staticmethod
    def empty(rows: int, like: Tensor, precision: CachePrecision, *, transposed: bool) -> _Vectors:
        pixels, heads, depth = like.shape
        dtype = _EIGHT_BITS.get(precision, like.dtype)
        last = (depth, CACHE_SLOTS) if transposed else (CACHE_SLOTS, depth)
        numbers = like.new_zeros((rows, pixels, heads, *last), dtype=dtype)
        rounded = precision is not CachePrecision.SAME
        scales = like.new_zeros(rows, pixels, heads, CACHE_SLOTS) if rounded else None
        return _Vectors(numbers, scales, transposed=transposed)

    def rows(self, chosen: slice) -> _Vectors:
        scales = None if self.scales is None else self.scales[chosen]
        return _Vectors(self._numbers[chosen], scales, transposed=self.transposed)

    def tensors(self) -> Iterator[Tensor]:
        yield self._numbers
        if self.scales is not None:
            yield self.scales

    def write(self, row: int, slots: Tensor, vectors: Tensor) -> None:
        """vectors: (F, P, H, D), slots: (F,)"""
        vectors = vectors.permute(1, 2, 0, 3)
        if self.scales is not None:
            largest = _LARGEST[self._numbers.dtype]
            scales = (vectors.abs().amax(dim=-1) / largest).clamp_min_(1e-6)
            _store(self.scales[row], 2, slots, scales)
            vectors = (vectors / scales[..., None]).clamp_(-largest, largest)
            if not self._numbers.is_floating_point():
                vectors = vectors.round_()
        vectors = vectors.to(self._numbers.dtype)
        if self.transposed:
            _store(self._numbers[row], 3, slots, vectors.mT)
        else:
            _store(self._numbers[row], 2, slots, vectors)

    def read(self, dtype: torch.dtype) -> Tensor:
        return self._numbers.to(dtype)


def _store(kept: Tensor, dim: int, slots: Tensor, source: Tensor) -> None:
    """Replace the entries of these slots along a dimension.

    The slots' numbers are read only on a CPU: elsewhere that would wait for the device, and a
    recording of the work could not serve every slot.
    """
    if _kernel_reads(slots):
        kept.narrow(dim, int(slots[0]), len(slots)).copy_(source)
    elif kept.itemsize == 1:  # indexing does not support 8-bit floating point
        kept.view(torch.uint8).index_copy_(dim, slots, source.contiguous().view(torch.uint8))
    else:
        kept.index_copy_(dim, slots, source)


def _kernel_reads(slots: Tensor) -> bool:
    """Whether they can be read without waiting for a device."""
    return slots.device.type == "cpu" and not torch.compiler.is_compiling()


def _has_weighted_bags(device: torch.device) -> bool:
    return device.type == "cpu" and torch_private.has_weighted_rows()


def _weighted_rows(table: Tensor, weights: Tensor) -> Tensor:
    """Rows summed by weight: (..., A, B), (..., A) -> (..., B)"""
    rows, starts = _embedding_bag_indices(weights.numel(), weights.shape[-1])
    sums = torch_private.weighted_rows(table.flatten(0, -2), weights.flatten(), rows, starts)
    return sums.view(*weights.shape[:-1], table.shape[-1])


@lru_cache(maxsize=BAGS_KEPT)
def _embedding_bag_indices(rows: int, length: int) -> tuple[Tensor, Tensor]:
    """Every row in its order, and where each sum of `length` rows begins."""
    return torch.arange(rows, dtype=torch.int32), torch.arange(0, rows, length, dtype=torch.int32)
