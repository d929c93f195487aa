"""The frames that temporal attention may look at, and their positions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import torch
from torch import Tensor, nn

from engine.model.network.config import RECENT_FRAMES, WARM_UP_FRAMES

PositionTerms = tuple[Tensor, Tensor, Tensor]
"""The query, key and value terms of every position, each (24, H, D)."""


@dataclass(frozen=True, slots=True)
class SlotState:
    """Which slots of one row hold frames: `pinned` from the warm-up, then a ring of recent ones.

    pushed counts the recent frames, folded so that equal states are equal values.
    """

    pinned: int = 0
    pushed: int = 0

    def after_push(self) -> SlotState:
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
class AttentionView:
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
    ) -> AttentionView:
        """From plain lists; a key position of None hides that slot."""
        shown = torch.tensor([[[p is not None for p in f] for f in row] for row in keys])
        places = torch.tensor([[[p or 0 for p in f] for f in row] for row in keys])
        bias = None
        if not bool(shown.all()):
            bias = torch.zeros(shown.shape).masked_fill(~shown, -torch.inf)
            bias = bias[:, None, None].to(device, dtype)
        taken = torch.tensor(slots).to(device)
        return AttentionView(torch.tensor(queries).to(device), places.to(device), bias, taken)


class TemporalContext(Protocol):
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
