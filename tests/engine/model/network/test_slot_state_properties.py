"""The slot arithmetic against a plain list of frames, for any number of frames."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.model.network.config import RECENT_FRAMES, WARM_UP_FRAMES
from engine.model.network.temporal_context import SlotState

PINNED = st.integers(0, WARM_UP_FRAMES)
PUSHES = st.integers(0, 5 * RECENT_FRAMES)


def after(pinned: int, pushes: int) -> SlotState:
    state = SlotState(pinned)
    for _ in range(pushes):
        state = state.after_push()
    return state


def positions_by_list(pinned: int, pushes: int) -> tuple[int, ...]:
    """What each slot's position must be, by keeping the frames themselves in a ring."""
    ring: dict[int, int] = {}
    for frame in range(pushes):
        ring[frame % RECENT_FRAMES] = frame
    oldest = min(ring.values(), default=0)
    recent = (WARM_UP_FRAMES + ring[slot] - oldest for slot in sorted(ring))
    return (*range(pinned), *recent)


@given(PINNED, PUSHES)
def test_positions_are_those_of_the_frames_in_the_ring(pinned: int, pushes: int) -> None:
    assert after(pinned, pushes).positions() == positions_by_list(pinned, pushes)


@given(PINNED, st.integers(1, 5 * RECENT_FRAMES))
def test_the_newest_slot_has_the_last_position(pinned: int, pushes: int) -> None:
    state = after(pinned, pushes)
    assert state.positions()[state.newest_slot] == max(state.positions())


@given(PINNED, PUSHES)
def test_a_position_belongs_to_each_filled_slot_and_to_no_other(pinned: int, pushes: int) -> None:
    state = after(pinned, pushes)
    assert state.filled == len(set(state.positions())) == pinned + min(pushes, RECENT_FRAMES)


@given(PINNED, st.integers(RECENT_FRAMES, 3 * RECENT_FRAMES))
def test_a_full_window_has_as_many_states_as_slots(pinned: int, pushes: int) -> None:
    assert after(pinned, pushes) == after(pinned, pushes + RECENT_FRAMES)
