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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import torch
from torch import Tensor, nn

from engine.model.config import RECENT_FRAMES, WARM_UP_FRAMES, WINDOW
from engine.model.slots import SlotStore
from engine.settings import CacheForm

PositionTerms = tuple[Tensor, Tensor, Tensor]
"""The query, key and value terms of every position, each (24, H, D)."""


@dataclass(frozen=True, slots=True)
class RowState:
    """Which slots of one row hold frames: `pinned` from the warm-up, then a ring of recent ones.

    pushed counts the recent frames, folded so that equal states are equal values.
    """

    pinned: int = 0
    pushed: int = 0

    def after_push(self) -> RowState:
        """The state once one more frame has come."""
        pushed = self.pushed + 1
        return replace(self, pushed=pushed if pushed < 2 * RECENT_FRAMES else RECENT_FRAMES)

    @property
    def newest_slot(self) -> int:
        """The slot of the newest recent frame."""
        return self.pinned + (self.pushed - 1) % RECENT_FRAMES

    @property
    def filled(self) -> int:
        """How many slots hold a frame; they are the first ones."""
        return self.pinned + min(self.pushed, RECENT_FRAMES)

    def positions(self) -> tuple[int, ...]:
        """The present position of each filled slot."""
        recent = min(self.pushed, RECENT_FRAMES)
        ages = ((self.pushed - 1 - slot) % RECENT_FRAMES for slot in range(recent))
        newest = WARM_UP_FRAMES + recent - 1
        return (*range(self.pinned), *(newest - age for age in ages))


@dataclass(frozen=True, slots=True)
class View:
    """What each query frame sees. keys: (R, F, W) and queries: (R, F) positions, int64.

    bias: (R, 1, 1, F, W), 0 or -inf to hide slots, or None where all are seen. slots: (R, F), the
    slot that each frame takes where frames are kept.
    """

    queries: Tensor
    keys: Tensor
    bias: Tensor | None
    slots: Tensor

    @staticmethod
    def build(
        queries: Sequence[Sequence[int]],
        keys: Sequence[Sequence[Sequence[int | None]]],
        slots: Sequence[Sequence[int]],
        device: torch.device,
        dtype: torch.dtype,
    ) -> View:
        """From plain lists; a key position of None hides that slot."""
        shown = torch.tensor([[[p is not None for p in f] for f in row] for row in keys])
        places = torch.tensor([[[p or 0 for p in f] for f in row] for row in keys])
        bias = None
        if not bool(shown.all()):
            bias = torch.zeros(shown.shape).masked_fill(~shown, -torch.inf)
            bias = bias[:, None, None].to(device, dtype)
        taken = torch.tensor(slots).to(device)
        return View(torch.tensor(queries).to(device), places.to(device), bias, taken)


class Memory(Protocol):
    """Where temporal attention finds the frames it may look at."""

    @property
    def rows(self) -> int: ...

    def attend(self, layer: PositionedLayer, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        """What this call's frames see of all in view, with its positions.

        query, key, value, without positions: (R, F, P, H, D) -> (R, F, P, H, D)
        """
        ...


class PositionedLayer(nn.Module):
    """A layer whose projections have a constant term for each position."""

    heads: int
    channels: int

    def project_positions(self) -> PositionTerms:
        """W pe for queries, keys and values, each (24, H, D)."""
        raise AssertionError("a layer that takes part in a memory projects its positions")


class ClipMemory:
    """A whole clip at once, nothing kept: training, and the offline result that streaming equals.

    Every pair of frames has the positions that it had when the later one was new.
    """

    def __init__(self, rows: int, frames: int, device: torch.device, dtype: torch.dtype) -> None:
        self.rows = rows
        queries, keys = _clip_positions(frames)
        nowhere = [[0] * frames] * rows
        self._view = View.build([queries] * rows, [keys] * rows, nowhere, device, dtype)

    def attend(self, layer: PositionedLayer, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        return attend_to_each_other(query, key, value, self._view, layer.project_positions())


def attend_to_each_other(
    query: Tensor, key: Tensor, value: Tensor, view: View, terms: PositionTerms
) -> Tensor:
    """The frames of one call attend to each other; shapes as in `Memory.attend`."""
    query_terms, key_terms, value_terms = terms
    query = (query + query_terms[view.queries][:, :, None]).permute(0, 2, 3, 1, 4)
    keys, values = key.permute(0, 2, 3, 4, 1), value.permute(0, 2, 3, 1, 4)
    scores = query @ keys + _by_frame(query, key_terms[view.keys].permute(0, 1, 3, 4, 2))
    scores = scores / math.sqrt(query.shape[-1])
    weights = (scores if view.bias is None else scores + view.bias).softmax(dim=-1)
    mixed = weights @ values + _by_frame(weights, value_terms[view.keys].transpose(2, 3))
    return mixed.permute(0, 3, 1, 2, 4)


def _by_frame(left: Tensor, table: Tensor) -> Tensor:
    """Each query frame times its own table: (R, P, H, F, A) x (R, F, H, A, B) -> (R, P, H, F, B)"""
    return (left.permute(0, 3, 2, 1, 4) @ table).permute(0, 3, 2, 1, 4)


def _clip_positions(frames: int) -> tuple[list[int], list[list[int | None]]]:
    """Query positions, and key positions by query and key; None where a frame is not seen."""
    state, queries, keys = RowState(pinned=min(frames, WARM_UP_FRAMES)), [], []
    warm_up: list[int | None] = [g if g < state.pinned else None for g in range(frames)]
    for frame in range(frames):
        if frame < state.pinned:
            queries.append(frame)
            keys.append(list(warm_up))
            continue
        state = state.after_push()
        newest = state.positions()[state.newest_slot]
        oldest_seen = max(WARM_UP_FRAMES, frame - RECENT_FRAMES + 1)
        seen = list(warm_up)
        seen[oldest_seen : frame + 1] = range(newest - (frame - oldest_seen), newest + 1)
        queries.append(newest)
        keys.append(seen)
    return queries, keys


@dataclass(frozen=True, slots=True)
class _Layer:
    """What is kept for one layer. query_terms: divided by the root of D already."""

    store: SlotStore
    query_terms: Tensor
    key_terms: Tensor
    value_terms: Tensor


class WindowMemory:
    """The KV cache of a live stream: one row for each denoising step, 16 slots a row.

    A call is announced by `warm_up` or `push`, which choose the rows and slots that
    the following pass of the network writes. Rows that are not named stay as they are.
    """

    def __init__(
        self,
        rows: int,
        device: torch.device,
        dtype: torch.dtype,
        form: CacheForm = CacheForm.SAME,
    ) -> None:
        self._device, self._dtype, self._form = device, dtype, form
        self._states = [RowState() for _ in range(rows)]
        self._layers: dict[PositionedLayer, _Layer] = {}
        self._views: dict[tuple[RowState, ...], View] = {}
        self._called = slice(0, 0)
        self._view: View | None = None
        self._warming = False

    @property
    def settled(self) -> bool:
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
    def view(self) -> View:
        """What the frames of the announced call see."""
        assert self._view is not None, "announce a call by warm_up or push first"
        return self._view

    def held(self, layer: PositionedLayer) -> list[Tensor]:
        """What is kept for a layer that has been run: its query, key and value terms, (24, H, D),
        and of the called rows all that is stored, (R, P, H, ...).
        """
        kept = self._layers[layer]
        stored = (tensor[self._called] for tensor in kept.store.tensors())
        return [kept.query_terms, kept.key_terms, kept.value_terms, *stored]

    def keep(self, layer: PositionedLayer, key: Tensor, value: Tensor, slots: Tensor) -> None:
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
        self._states[row] = RowState(pinned=frames)
        self._called, self._warming = slice(row, row + 1), True
        places = list(range(frames))
        self._view = View.build([places], [[places] * frames], [places], self._device, self._dtype)

    def push(self, rows: slice) -> None:
        """The next pass brings one frame to each of these rows."""
        self._states[rows] = [state.after_push() for state in self._states[rows]]
        self._called, self._warming = rows, False
        self._view = self._view_of(tuple(self._states[rows]))

    def attend(self, layer: PositionedLayer, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        view, kept = self.view, self._layers.get(layer) or self._begin(layer, key[0, 0])
        self.keep(layer, key, value, view.slots)
        if self._warming:
            return attend_to_each_other(query, key, value, view, layer.project_positions())
        return self._look(kept, query[:, 0], view)[:, None]

    def _look(self, layer: _Layer, query: Tensor, view: View) -> Tensor:
        """One query for each row over all of its slots: (R, P, H, D) -> (R, P, H, D)"""
        query = placed(query, layer.query_terms[view.queries])
        places = view.keys[:, 0]
        scores = layer.store.scores(self._called, query)
        scores += by_head(query, layer.key_terms[places].permute(0, 2, 3, 1))
        if view.bias is not None:
            scores += view.bias[..., 0, :]
        weights = exact_softmax(scores)
        mixed = layer.store.mix(self._called, weights)
        mixed += by_head(weights, layer.value_terms[places].transpose(1, 2))
        return mixed

    def _view_of(self, states: tuple[RowState, ...]) -> View:
        """Bounded: the states of a running window repeat every 8 frames."""
        if states not in self._views:
            keys = [[_padded(state.positions())] for state in states]
            queries = [[state.positions()[state.newest_slot]] for state in states]
            slots = [[state.newest_slot] for state in states]
            self._views[states] = View.build(queries, keys, slots, self._device, self._dtype)
        return self._views[states]

    def _begin(self, layer: PositionedLayer, key: Tensor) -> _Layer:
        """Make room for a layer. key: of one frame, (P, H, D)."""
        query, *others = layer.project_positions()
        store = SlotStore.empty(len(self._states), key, self._form)
        kept = self._layers[layer] = _Layer(store, query / math.sqrt(key.shape[-1]), *others)
        return kept


def placed(query: Tensor, terms: Tensor) -> Tensor:
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
