"""The stored keys and values of one temporal attention, and how one query looks at them.

One query over 16 slots reads much and reckons little, so the layout of the store decides:

- On a CPU with FBGEMM a weighted sum of rows (`embedding_bag`) runs at the speed of memory, some
  five times as fast as a product of such small matrices. Values lie as rows of a slot, (W, D);
  keys lie turned, (D, W), so that a query's dot products with all slots are such a sum too.
- Elsewhere both lie as rows of a slot and are multiplied as a batch, which beats the fused kernels.

They can be kept in 8 bits, each vector of D numbers with a scale of its own, which halves what the
window takes in half precision; a product then has the scale as a factor.

Shape letters: see `engine.model.network.kv_cache`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import torch
from torch import Tensor
from torch.jit._trace import is_tracing

from engine.model.network.config import WINDOW
from engine.settings import CachePrecision

BAGS_KEPT = 32
"""Index tables that stay, one for each shape; a network has two for each of its levels."""

_EIGHT_BITS = {CachePrecision.INT8: torch.int8, CachePrecision.FLOAT8: torch.float8_e4m3fn}
_LARGEST = {torch.int8: 127.0, torch.float8_e4m3fn: 448.0}
"""The largest number that a type holds."""


class KVStorage:
    """Keys and values of every slot of every row. Rows are named by a slice."""

    def __init__(self, keys: _Vectors, values: _Vectors) -> None:
        self._keys, self._values = keys, values
        self._bags = keys.turned

    @staticmethod
    def empty(rows: int, like: Tensor, form: CachePrecision = CachePrecision.SAME) -> KVStorage:
        """Room for so many rows. like: keys of one frame, (P, H, D)."""
        turned = _has_weighted_bags(like.device)
        return KVStorage(
            _Vectors.empty(rows, like, form, turned=turned),
            _Vectors.empty(rows, like, form, turned=False),
        )

    @staticmethod
    def over(tensors: Sequence[Tensor]) -> KVStorage:
        """The same over what `tensors` gives of another store, or some rows of it."""
        half = len(tensors) // 2
        turned = _has_weighted_bags(tensors[0].device)
        return KVStorage(
            _Vectors(*tensors[:half], turned=turned), _Vectors(*tensors[half:], turned=False)
        )

    def tensors(self) -> Iterator[Tensor]:
        """All that is stored, (R, P, H, ...) each."""
        yield from self._keys.tensors()
        yield from self._values.tensors()

    def write(self, row: int, slots: Tensor, keys: Tensor, values: Tensor) -> None:
        """Fill slots of a row, (F,) neighbours in order; keys and values: (F, P, H, D)."""
        self._keys.write(row, slots, keys)
        self._values.write(row, slots, values)

    def scores(self, rows: slice, query: Tensor) -> Tensor:
        """The query times the key of each slot: (R, P, H, D) -> (R, P, H, W)"""
        keys = self._keys.read(rows, query.dtype)
        if self._bags and not is_tracing():
            products = _weighted_rows(keys, query)
        else:
            turned = keys if self._bags else keys.transpose(-1, -2)
            products = (query[..., None, :] @ turned)[..., 0, :]
        scales = self._keys.scales
        return products if scales is None else products.mul_(scales[rows])

    def mix(self, rows: slice, weights: Tensor) -> Tensor:
        """The values summed by weight: (R, P, H, W) -> (R, P, H, D)"""
        values = self._values.read(rows, weights.dtype)
        scales = self._values.scales
        weights = weights if scales is None else weights * scales[rows]
        if self._bags and not is_tracing():
            return _weighted_rows(values, weights)
        return (weights[..., None, :] @ values)[..., 0, :]


class _Vectors:
    """A vector of D numbers for each slot, in a form. turned: kept as (D, W), not (W, D).

    numbers: (R, P, H, ., .). scales: (R, P, H, W), or None where numbers are kept as they come.
    """

    def __init__(self, numbers: Tensor, scales: Tensor | None = None, *, turned: bool) -> None:
        self._numbers, self.scales, self.turned = numbers, scales, turned

    @staticmethod
    def empty(rows: int, like: Tensor, form: CachePrecision, *, turned: bool) -> _Vectors:
        places, heads, depth = like.shape
        dtype = _EIGHT_BITS.get(form, like.dtype)
        last = (depth, WINDOW) if turned else (WINDOW, depth)
        numbers = like.new_zeros((rows, places, heads, *last), dtype=dtype)
        rounded = form is not CachePrecision.SAME
        scales = like.new_zeros(rows, places, heads, WINDOW) if rounded else None
        return _Vectors(numbers, scales, turned=turned)

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
        if self.turned:
            _store(self._numbers[row], 3, slots, vectors.mT)
        else:
            _store(self._numbers[row], 2, slots, vectors)

    def read(self, rows: slice, dtype: torch.dtype) -> Tensor:
        return self._numbers[rows].to(dtype)


def _store(kept: Tensor, dim: int, slots: Tensor, source: Tensor) -> None:
    """Replace the entries of these slots along a dimension.

    Elsewhere than on a CPU the slots are not read, so that nothing waits for the device, and one
    recording of the work serves every slot.
    """
    if _kernel_reads(slots):
        kept.narrow(dim, int(slots[0]), len(slots)).copy_(source)
    elif kept.itemsize == 1:  # indexing knows no 8-bit floating point
        kept.view(torch.uint8).index_copy_(dim, slots, source.contiguous().view(torch.uint8))
    else:
        kept.index_copy_(dim, slots, source)


def _kernel_reads(slots: Tensor) -> bool:
    """Whether to look at their numbers costs nothing."""
    return slots.device.type == "cpu" and not torch.compiler.is_compiling()


def _has_weighted_bags(device: torch.device) -> bool:
    return device.type == "cpu" and "fbgemm" in torch.backends.quantized.supported_engines


def _weighted_rows(table: Tensor, weights: Tensor) -> Tensor:
    """Rows summed by weight: (..., A, B), (..., A) -> (..., B)"""
    rows, starts = _embedding_bag_indices(weights.numel(), weights.shape[-1])
    sums = torch.embedding_bag(
        table.flatten(0, -2), rows, starts, per_sample_weights=weights.flatten()
    )[0]
    return sums.view(*weights.shape[:-1], table.shape[-1])


@lru_cache(maxsize=BAGS_KEPT)
def _embedding_bag_indices(rows: int, length: int) -> tuple[Tensor, Tensor]:
    """Every row in its order, and where each sum of `length` rows begins."""
    return torch.arange(rows, dtype=torch.int32), torch.arange(0, rows, length, dtype=torch.int32)
