"""Temporal attention within a whole clip: for training, and the offline result that streaming equals."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from engine.model.network.config import RECENT_FRAMES, WARM_UP_FRAMES
from engine.model.network.temporal_context import (
    AttentionView,
    PositionedLayer,
    PositionTerms,
    SlotState,
)


class ClipAttention:
    """A whole clip at once, nothing kept: training, and the offline result that streaming equals.

    Every pair of frames has the positions that it had when the later one was new.
    """

    def __init__(self, rows: int, frames: int, device: torch.device, dtype: torch.dtype) -> None:
        self.rows = rows
        queries, keys = _clip_positions(frames)
        nowhere = [[0] * frames] * rows
        self._view = AttentionView.build([queries] * rows, [keys] * rows, nowhere, device, dtype)

    def attend(self, layer: PositionedLayer, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        return attend_to_each_other(query, key, value, self._view, layer.project_positions())


def attend_to_each_other(
    query: Tensor, key: Tensor, value: Tensor, view: AttentionView, terms: PositionTerms
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
    state, queries, keys = SlotState(pinned=min(frames, WARM_UP_FRAMES)), [], []
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
