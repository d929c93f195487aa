"""Temporal attention with positions, and the frames that it attends to.

Shape letters: see `engine.model.network.kv_cache`.
"""

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
    """Which slots of one row have frames: `pinned` from the warm-up, then a ring of recent ones.

    pushed counts the recent frames, wrapped so that equal states compare equal.
    """

    pinned: int = 0
    pushed: int = 0

    def after_push(self) -> SlotState:
        """The state after one more frame."""
        pushed = self.pushed + 1
        return replace(self, pushed=pushed if pushed < 2 * RECENT_FRAMES else RECENT_FRAMES)

    @property
    def newest_slot(self) -> int:
        """The slot of the newest recent frame."""
        return self.pinned + (self.pushed - 1) % RECENT_FRAMES

    @property
    def filled(self) -> int:
        """The number of filled slots, which come first."""
        return self.pinned + min(self.pushed, RECENT_FRAMES)

    def positions(self) -> tuple[int, ...]:
        """The current position of each filled slot."""
        recent = min(self.pushed, RECENT_FRAMES)
        ages = ((self.pushed - 1 - slot) % RECENT_FRAMES for slot in range(recent))
        newest = WARM_UP_FRAMES + recent - 1
        return (*range(self.pinned), *(newest - age for age in ages))


@dataclass(frozen=True, slots=True)
class AttentionView:
    """What each query frame can see. keys: (R, F, W) and queries: (R, F) positions, int64.

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
        visible = torch.tensor([[[p is not None for p in f] for f in row] for row in keys])
        positions = torch.tensor([[[p or 0 for p in f] for f in row] for row in keys])
        bias = None
        if not bool(visible.all()):
            bias = torch.zeros(visible.shape).masked_fill(~visible, -torch.inf)
            bias = bias[:, None, None].to(device, dtype)
        own_slots = torch.tensor(slots).to(device)
        return AttentionView(
            torch.tensor(queries).to(device), positions.to(device), bias, own_slots
        )


class TemporalContext(Protocol):
    """The frames that temporal attention may attend to."""

    @property
    def rows(self) -> int: ...

    def attend(self, layer: PositionedLayer, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        """Attention from this call's frames to all that they may see.

        query, key, value, without positions: (R, F, P, H, D) -> (R, F, P, H, D)
        """
        ...


class PositionedLayer(nn.Module):
    """A layer whose projections add a constant term for each position."""

    heads: int
    channels: int

    def project_positions(self) -> PositionTerms:
        """W pe for queries, keys and values, each (24, H, D)."""
        raise AssertionError("a layer of a temporal context projects its positions")


class StoredFrames(Protocol):
    """Keys and values of W frames, without positions."""

    def scores(self, query: Tensor) -> Tensor:
        """The query times the key of each frame: (..., P, H, D) -> (..., P, H, W)"""
        ...

    def mix(self, weights: Tensor) -> Tensor:
        """The values summed by weight: (..., P, H, W) -> (..., P, H, D)"""
        ...


@dataclass(frozen=True, slots=True)
class OwnFrame:
    """The frame of a query, for a storage that does not contain it yet.

    slot: (R, 1, 1, W), true where it will be stored. key, value: (R, P, H, D), without positions.
    """

    slot: Tensor
    key: Tensor
    value: Tensor


def attend_with_positions(
    query: Tensor,
    key_terms: Tensor,
    value_terms: Tensor,
    frames: StoredFrames,
    *,
    bias: Tensor | None = None,
    own: OwnFrame | None = None,
    divisor: float = 1.0,
) -> Tensor:
    """softmax(q (Wx + W pe)^T) (V x + V pe), for keys and values stored as Wx and V x.

    query: (..., P, H, D), with its position and divided by the root of D; or else this root is
    the `divisor`. key_terms, value_terms: W pe and V pe of the frames' positions, (..., W, H, D).
    bias: (..., 1, 1, W), 0 or -inf. Returns (..., P, H, D); "..." is (R) or (R, F).
    """
    scores = frames.scores(query)
    if own is not None:
        scores = torch.where(own.slot, (query * own.key).sum(-1, keepdim=True), scores)
    scores += _by_head(query, key_terms.movedim(-3, -1))
    if divisor != 1.0:
        scores /= divisor
    if bias is not None:
        scores += bias
    weights = exact_softmax(scores)
    if own is None:
        mixed = frames.mix(weights)
    else:
        mask = own.slot.to(weights.dtype)
        mixed = frames.mix(weights * (1.0 - mask))
        mixed += (weights * mask).sum(-1, keepdim=True) * own.value
    mixed += _by_head(weights, value_terms.transpose(-3, -2))
    return mixed


def exact_softmax(scores: Tensor) -> Tensor:
    """Over the last dimension; half precision through float32, which is faster and more exact."""
    exact = torch.promote_types(scores.dtype, torch.float32)
    return scores.softmax(dim=-1, dtype=exact).to(scores.dtype)


def _by_head(left: Tensor, table: Tensor) -> Tensor:
    """Each head multiplied by its own table: (..., P, H, A) x (..., H, A, B) -> (..., P, H, B)"""
    return (left.transpose(-3, -2) @ table).transpose(-3, -2)
