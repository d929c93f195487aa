"""The KV cache of past frames that temporal attention attends to, and its bookkeeping.

Slots store keys and values *without* positions, so nothing in the cache is rewritten when the
stream advances; each frame's current position is in a view, a small table of integers made on the
CPU. With pe the position table,

    q . W(x + pe) = q . Wx + q . W pe        sum a W(x + pe) = sum a Wx + sum a W pe

so keys and values are stored as Wx, and the second terms are products with a few rows of W pe.

Shape letters, the same in every file of this package:
    R  rows: denoising steps side by side, or clips of a training batch
    F  frames of one call     W  slots     P  positions in space, h * w
    C  channels     H  heads     D  channels of a head, C / H
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from engine.model.network.clip_attention import attend_to_each_other
from engine.model.network.config import CACHE_SLOTS, WARM_UP_FRAMES
from engine.model.network.kv_storage import KVStorage
from engine.model.network.temporal_context import (
    AttentionView,
    PositionedLayer,
    SlotState,
    attend_with_positions,
)
from engine.settings import CachePrecision


@dataclass(frozen=True, slots=True)
class _LayerCache:
    """The cache of one layer. query_terms: already divided by the root of D."""

    store: KVStorage
    query_terms: Tensor
    key_terms: Tensor
    value_terms: Tensor


class StreamingKVCache:
    """The KV cache of a live stream: one row for each denoising step, 16 slots a row.

    `warm_up` or `push` announces a call: it chooses the rows and slots that the next forward of
    the network writes. Other rows stay unchanged.
    """

    def __init__(
        self,
        rows: int,
        device: torch.device,
        dtype: torch.dtype,
        precision: CachePrecision = CachePrecision.SAME,
    ) -> None:
        self._device, self._dtype, self._precision = device, dtype, precision
        self._states = [SlotState() for _ in range(rows)]
        self._layers: dict[PositionedLayer, _LayerCache] = {}
        self._views: dict[tuple[SlotState, ...], AttentionView] = {}
        self._called = slice(0, 0)
        self._view: AttentionView | None = None
        self._warming = False

    @property
    def is_full(self) -> bool:
        """Whether the announced call is a frame for rows without an empty slot."""
        return not self._warming and self._view is not None and self._view.bias is None

    @property
    def rows(self) -> int:
        """The number of rows in the announced call."""
        return self._called.stop - self._called.start

    @property
    def called(self) -> slice:
        """The rows of the announced call, as a slice."""
        return self._called

    @property
    def view(self) -> AttentionView:
        """What the frames of the announced call can see."""
        assert self._view is not None, "announce a call by warm_up or push first"
        return self._view

    def layer_tensors(self, layer: PositionedLayer) -> list[Tensor]:
        """The cache of a layer that has run: query, key and value terms, (24, H, D), and all that
        is stored for the called rows, (R, P, H, ...).
        """
        kept = self._layers[layer]
        stored = (tensor[self._called] for tensor in kept.store.tensors())
        return [kept.query_terms, kept.key_terms, kept.value_terms, *stored]

    def store(self, layer: PositionedLayer, key: Tensor, value: Tensor, slots: Tensor) -> None:
        """Store frames of the called rows: (R, F, P, H, D), in the slots (R, F)."""
        store = self._layers[layer].store
        for index, row in enumerate(range(self._called.start, self._called.stop)):
            store.write(row, slots[index], key[index], value[index])

    def tensors(self) -> Iterator[Tensor]:
        """Everything stored; the first dimension is R."""
        for layer in self._layers.values():
            yield from layer.store.tensors()

    @property
    def bytes(self) -> int:
        """Bytes of all keys and values."""
        return sum(tensor.nbytes for tensor in self.tensors())

    def warm_up(self, row: int, frames: int) -> None:
        """The next forward is the warm-up of one row: 1..8 frames that all see each other."""
        if not 1 <= frames <= WARM_UP_FRAMES:
            raise ValueError(f"a warm-up has 1 to {WARM_UP_FRAMES} frames, got {frames}")
        self._states[row] = SlotState(pinned=frames)
        self._called, self._warming = slice(row, row + 1), True
        order = list(range(frames))
        self._view = AttentionView.build(
            [order], [[order] * frames], [order], self._device, self._dtype
        )

    def push(self, rows: slice) -> None:
        """The next forward adds one frame to each of these rows."""
        self._states[rows] = [state.after_push() for state in self._states[rows]]
        self._called, self._warming = rows, False
        self._view = self._view_of(tuple(self._states[rows]))

    def attend(self, layer: PositionedLayer, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        view, kept = self.view, self._layers.get(layer) or self._add_layer(layer, key[0, 0])
        self.store(layer, key, value, view.slots)
        if self._warming:
            return attend_to_each_other(query, key, value, view, layer.project_positions())
        return self._attend_to_cache(kept, query[:, 0], view)[:, None]

    def _attend_to_cache(self, layer: _LayerCache, query: Tensor, view: AttentionView) -> Tensor:
        """One query for each row over all of its slots: (R, P, H, D) -> (R, P, H, D)"""
        positions = view.keys[:, 0]
        return attend_with_positions(
            with_position(query, layer.query_terms[view.queries]),
            layer.key_terms[positions],
            layer.value_terms[positions],
            layer.store.rows(self._called),
            bias=None if view.bias is None else view.bias[..., 0, :],
        )

    def _view_of(self, states: tuple[SlotState, ...]) -> AttentionView:
        """Bounded: the states of a running stream repeat every 8 frames."""
        if states not in self._views:
            keys = [[_padded(state.positions())] for state in states]
            queries = [[state.positions()[state.newest_slot]] for state in states]
            slots = [[state.newest_slot] for state in states]
            self._views[states] = AttentionView.build(
                queries, keys, slots, self._device, self._dtype
            )
        return self._views[states]

    def _add_layer(self, layer: PositionedLayer, key: Tensor) -> _LayerCache:
        """Allocate the cache of a layer. key: of one frame, (P, H, D)."""
        query, *others = layer.project_positions()
        store = KVStorage.empty(len(self._states), key, self._precision)
        kept = self._layers[layer] = _LayerCache(store, query / math.sqrt(key.shape[-1]), *others)
        return kept


def with_position(query: Tensor, terms: Tensor) -> Tensor:
    """The query with its position, divided by the root of D, as its terms already are."""
    return torch.add(terms, query, alpha=1.0 / math.sqrt(query.shape[-1]))


def _padded(positions: tuple[int, ...]) -> list[int | None]:
    return [*positions, *([None] * (CACHE_SLOTS - len(positions)))]
