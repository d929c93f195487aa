"""Temporal attention within a whole clip: for training, and as the reference for streaming."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from engine.model.network.config import RECENT_FRAMES, WARM_UP_FRAMES
from engine.model.network.temporal_context import (
    AttentionView,
    PositionedLayer,
    PositionTerms,
    SlotState,
    attend_with_positions,
)


class ClipAttention:
    """A whole clip at once, without a cache: for training, and as the result that streaming equals.

    Each pair of frames has the positions that it had when the later frame was the newest.
    """

    def __init__(self, rows: int, frames: int, device: torch.device, dtype: torch.dtype) -> None:
        self.rows = rows
        queries, keys = _clip_positions(frames)
        slots = [[0] * frames] * rows
        self._view = AttentionView.build([queries] * rows, [keys] * rows, slots, device, dtype)

    def attend(self, layer: PositionedLayer, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        return attend_to_each_other(query, key, value, self._view, layer.project_positions())


def attend_to_each_other(
    query: Tensor, key: Tensor, value: Tensor, view: AttentionView, terms: PositionTerms
) -> Tensor:
    """The frames of one call attend to each other; shapes as in `TemporalContext.attend`."""
    query_terms, key_terms, value_terms = terms
    return attend_with_positions(
        query + query_terms[view.queries][:, :, None],
        key_terms[view.keys],
        value_terms[view.keys],
        _CallFrames(key.permute(0, 2, 3, 4, 1), value.permute(0, 2, 3, 1, 4)),
        bias=None if view.bias is None else view.bias.permute(0, 3, 1, 2, 4),
        divisor=math.sqrt(query.shape[-1]),
    )


@dataclass(frozen=True, slots=True)
class _CallFrames:
    """All frames of one call. keys: (R, P, H, D, F). values: (R, P, H, F, D)."""

    keys: Tensor
    values: Tensor

    def scores(self, query: Tensor) -> Tensor:
        """(R, F, P, H, D) -> (R, F, P, H, F)"""
        return (query.permute(0, 2, 3, 1, 4) @ self.keys).permute(0, 3, 1, 2, 4)

    def mix(self, weights: Tensor) -> Tensor:
        """(R, F, P, H, F) -> (R, F, P, H, D)"""
        return (weights.permute(0, 2, 3, 1, 4) @ self.values).permute(0, 3, 1, 2, 4)


def _clip_positions(frames: int) -> tuple[list[int], list[list[int | None]]]:
    """Query positions, and key positions by query and key; None where a frame is hidden."""
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
