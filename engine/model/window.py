"""The window of past frames that temporal attention looks at, and its bookkeeping.

Slots hold keys and values *without* positions, so nothing in the cache is rewritten when the
window moves; each frame's present position is a view, a small table of integers made on the CPU.

Shape letters, the same in every file of this package:
    R  rows: denoising steps side by side, or clips of a training batch
    F  frames of one call     W  slots that are looked at     P  positions in space, h * w
    C  channels     H  heads     D  channels of a head, C / H
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import torch
from torch import Tensor, nn

from engine.model.config import RECENT_FRAMES, WARM_UP_FRAMES, WINDOW

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

    bias: (R, 1, 1, F, W), 0 or -inf to hide slots, or None where all are seen.
    """

    queries: Tensor
    keys: Tensor
    bias: Tensor | None

    @staticmethod
    def build(
        queries: Sequence[Sequence[int]],
        keys: Sequence[Sequence[Sequence[int | None]]],
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
        return View(torch.tensor(queries).to(device), places.to(device), bias)


class Memory(Protocol):
    """Where temporal attention finds the frames it may look at."""

    @property
    def rows(self) -> int: ...

    @property
    def view(self) -> View: ...

    def position_terms(self, layer: PositionedLayer) -> PositionTerms:
        """W pe of this layer."""
        ...

    def remember(self, layer: PositionedLayer, key: Tensor, value: Tensor) -> tuple[Tensor, Tensor]:
        """Add this call's keys and values, (R, P, H, F, D); give all in view, (R, P, H, W, D)."""
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
        self.view = View.build([queries] * rows, [keys] * rows, device, dtype)

    def position_terms(self, layer: PositionedLayer) -> PositionTerms:
        return layer.project_positions()

    def remember(self, layer: PositionedLayer, key: Tensor, value: Tensor) -> tuple[Tensor, Tensor]:  # noqa: ARG002
        return key, value


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
class _LayerCache:
    """keys, values: (R, P, H, W, D)."""

    keys: Tensor
    values: Tensor


class WindowMemory:
    """The KV cache of a live stream: one row for each denoising step, 16 slots a row.

    A call is announced by `warm_up` or `push`, which choose the rows and slots that
    the following pass of the network writes. Rows that are not named stay as they are.
    """

    def __init__(self, rows: int, device: torch.device, dtype: torch.dtype) -> None:
        self._device, self._dtype = device, dtype
        self._states = [RowState() for _ in range(rows)]
        self._layers: dict[PositionedLayer, _LayerCache] = {}
        self._terms: dict[PositionedLayer, PositionTerms] = {}
        self._views: dict[tuple[RowState, ...], View] = {}
        self._called = slice(0, 0)
        self._view: View | None = None
        self._warming = False

    @property
    def rows(self) -> int:
        """Rows that take part in the announced call."""
        return self._called.stop - self._called.start

    @property
    def view(self) -> View:
        assert self._view is not None, "announce a call by warm_up or push first"
        return self._view

    def tensors(self) -> Iterator[Tensor]:
        """All keys and values, (R, P, H, W, D) each."""
        for cache in self._layers.values():
            yield from (cache.keys, cache.values)

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
        self._view = View.build([places], [[places] * frames], self._device, self._dtype)

    def push(self, rows: slice) -> None:
        """The next pass brings one frame to each of these rows."""
        self._states[rows] = [state.after_push() for state in self._states[rows]]
        self._called, self._warming = rows, False
        self._view = self._view_of(tuple(self._states[rows]))

    def position_terms(self, layer: PositionedLayer) -> PositionTerms:
        if layer not in self._terms:
            self._terms[layer] = layer.project_positions()
        return self._terms[layer]

    def remember(self, layer: PositionedLayer, key: Tensor, value: Tensor) -> tuple[Tensor, Tensor]:
        cache = self._ensure(layer, key)
        for index, row in enumerate(range(self._called.start, self._called.stop)):
            state = self._states[row]
            first = 0 if self._warming else state.newest_slot
            slots = slice(first, first + key.shape[3])
            cache.keys[row, :, :, slots] = key[index]
            cache.values[row, :, :, slots] = value[index]
        width = max(state.filled for state in self._states[self._called])
        return cache.keys[self._called, :, :, :width], cache.values[self._called, :, :, :width]

    def _view_of(self, states: tuple[RowState, ...]) -> View:
        """Bounded: the states of a running window repeat every 8 frames."""
        if states not in self._views:
            width = max(state.filled for state in states)
            keys = [[_padded(state.positions(), width)] for state in states]
            queries = [[state.positions()[state.newest_slot]] for state in states]
            self._views[states] = View.build(queries, keys, self._device, self._dtype)
        return self._views[states]

    def _ensure(self, layer: PositionedLayer, key: Tensor) -> _LayerCache:
        if layer not in self._layers:
            shape = (len(self._states), key.shape[1], key.shape[2], WINDOW, key.shape[4])
            self._layers[layer] = _LayerCache(key.new_zeros(shape), key.new_zeros(shape))
        return self._layers[layer]


def _padded(positions: tuple[int, ...], width: int) -> list[int | None]:
    return [*positions, *([None] * (width - len(positions)))]
