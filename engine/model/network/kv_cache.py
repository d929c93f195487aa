"""The window of past frames that temporal attention looks at, and its bookkeeping.

Slots hold keys and values *without* positions, so nothing in the cache is rewritten when the
window moves; each frame's present position is a view, a small table of integers made on the CPU.
With pe the position table,

    q . W(x + pe) = q . Wx + q . W pe        sum a W(x + pe) = sum a Wx + sum a W pe

so keys and values are stored as Wx, and the second terms are products with a few rows of W pe.

Shape letters, the same in every file of this package:
    R  rows: denoising steps side by side, or clips of a training batch
    F  frames of one call     W  slots that are looked at     P  positions in space, h * w
    C  channels     H  heads     D  channels of a head, C / H
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from engine.model.network.clip_attention import attend_to_each_other
from engine.model.network.config import WARM_UP_FRAMES, WINDOW
from engine.model.network.kv_storage import KVStorage
from engine.model.network.temporal_context import AttentionView, PositionedLayer, SlotState
from engine.settings import CachePrecision


@dataclass(frozen=True, slots=True)
class _LayerCache:
    """What is kept for one layer. query_terms: divided by the root of D already."""

    store: KVStorage
    query_terms: Tensor
    key_terms: Tensor
    value_terms: Tensor


class StreamingKVCache:
    """The KV cache of a live stream: one row for each denoising step, 16 slots a row.

    A call is announced by `warm_up` or `push`, which choose the rows and slots that
    the following pass of the network writes. Rows that are not named stay as they are.
    """

    def __init__(
        self,
        rows: int,
        device: torch.device,
        dtype: torch.dtype,
        form: CachePrecision = CachePrecision.SAME,
    ) -> None:
        self._device, self._dtype, self._form = device, dtype, form
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
        """Rows that take part in the announced call."""
        return self._called.stop - self._called.start

    @property
    def called(self) -> slice:
        """Which rows these are."""
        return self._called

    @property
    def view(self) -> AttentionView:
        """What the frames of the announced call see."""
        assert self._view is not None, "announce a call by warm_up or push first"
        return self._view

    def layer_tensors(self, layer: PositionedLayer) -> list[Tensor]:
        """What is kept for a layer that has been run: its query, key and value terms, (24, H, D),
        and of the called rows all that is stored, (R, P, H, ...).
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
        """All that is stored, rows first."""
        for layer in self._layers.values():
            yield from layer.store.tensors()

    @property
    def bytes(self) -> int:
        """Memory of all keys and values."""
        return sum(tensor.nbytes for tensor in self.tensors())

    def warm_up(self, row: int, frames: int) -> None:
        """The next pass brings the warm-up of one row: 1..8 frames that all see each other."""
        if not 1 <= frames <= WARM_UP_FRAMES:
            raise ValueError(f"a warm-up has 1 to {WARM_UP_FRAMES} frames, got {frames}")
        self._states[row] = SlotState(pinned=frames)
        self._called, self._warming = slice(row, row + 1), True
        places = list(range(frames))
        self._view = AttentionView.build(
            [places], [[places] * frames], [places], self._device, self._dtype
        )

    def push(self, rows: slice) -> None:
        """The next pass brings one frame to each of these rows."""
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
        query = with_position(query, layer.query_terms[view.queries])
        places = view.keys[:, 0]
        scores = layer.store.scores(self._called, query)
        scores += by_head(query, layer.key_terms[places].permute(0, 2, 3, 1))
        if view.bias is not None:
            scores += view.bias[..., 0, :]
        weights = exact_softmax(scores)
        mixed = layer.store.mix(self._called, weights)
        mixed += by_head(weights, layer.value_terms[places].transpose(1, 2))
        return mixed

    def _view_of(self, states: tuple[SlotState, ...]) -> AttentionView:
        """Bounded: the states of a running window repeat every 8 frames."""
        if states not in self._views:
            keys = [[_padded(state.positions())] for state in states]
            queries = [[state.positions()[state.newest_slot]] for state in states]
            slots = [[state.newest_slot] for state in states]
            self._views[states] = AttentionView.build(
                queries, keys, slots, self._device, self._dtype
            )
        return self._views[states]

    def _add_layer(self, layer: PositionedLayer, key: Tensor) -> _LayerCache:
        """Make room for a layer. key: of one frame, (P, H, D)."""
        query, *others = layer.project_positions()
        store = KVStorage.empty(len(self._states), key, self._form)
        kept = self._layers[layer] = _LayerCache(store, query / math.sqrt(key.shape[-1]), *others)
        return kept


def with_position(query: Tensor, terms: Tensor) -> Tensor:
    """The query at its position, divided by the root of D, as its terms are already."""
    return torch.add(terms, query, alpha=1.0 / math.sqrt(query.shape[-1]))


def exact_softmax(scores: Tensor) -> Tensor:
    """Over the last dimension; half precision by way of float32: quicker, and more exact."""
    exact = torch.promote_types(scores.dtype, torch.float32)
    return scores.softmax(dim=-1, dtype=exact).to(scores.dtype)


def by_head(left: Tensor, table: Tensor) -> Tensor:
    """Each head times its own table: (R, P, H, A) x (R, H, A, B) -> (R, P, H, B)"""
    return (left.transpose(1, 2) @ table).transpose(1, 2)


def _padded(positions: tuple[int, ...]) -> list[int | None]:
    return [*positions, *([None] * (WINDOW - len(positions)))]
