"""Slots and positions, without a network."""

import pytest
import torch

from engine.model.network.kv_cache import StreamingKVCache
from engine.model.network.motion_module import TemporalAttention
from engine.model.network.temporal_context import SlotState


def _after(pushes: int, pinned: int = 8) -> SlotState:
    state = SlotState(pinned=pinned)
    for _ in range(pushes):
        state = state.after_push()
    return state


def test_recent_frames_fill_up_before_anything_moves() -> None:
    assert _after(3).positions() == (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)


def test_a_full_window_gives_the_oldest_slot_to_the_newest_frame() -> None:
    state = _after(10)
    assert state.newest_slot == 9
    assert state.positions() == (0, 1, 2, 3, 4, 5, 6, 7, 14, 15, 8, 9, 10, 11, 12, 13)


def test_a_row_has_few_states_however_long_it_runs() -> None:
    assert len({_after(pushes) for pushes in range(1000)}) == 16


def test_a_short_warm_up_leaves_no_gap_in_the_slots() -> None:
    state = _after(1, pinned=3)
    assert (state.newest_slot, state.positions()) == (3, (0, 1, 2, 8))


@torch.inference_mode()
def test_a_row_that_takes_no_part_keeps_its_cache() -> None:
    layer = TemporalAttention(8, 2)
    context = StreamingKVCache(3, torch.device("cpu"), torch.float32)
    for row in range(3):
        context.warm_up(row, 8)
        layer(torch.randn(1, 8, 5, 8), context)
    before = [tensor.clone() for tensor in context.tensors()]
    context.push(slice(0, 1))
    layer(torch.randn(1, 1, 5, 8), context)
    for old, new in zip(before, context.tensors(), strict=True):
        assert not torch.equal(old[0], new[0])
        assert torch.equal(old[1:], new[1:])


@pytest.mark.parametrize("frames", [0, 9])
def test_a_warm_up_has_one_to_eight_frames(frames: int) -> None:
    context = StreamingKVCache(1, torch.device("cpu"), torch.float32)
    with pytest.raises(ValueError, match="1 to 8 frames"):
        context.warm_up(0, frames)
