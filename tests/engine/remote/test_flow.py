"""How many frames may be on their way."""

from __future__ import annotations

from engine.remote.stream.flow import FEWEST, GIVEN_UP_AFTER_S, MOST, Flow


def steady(flow: Flow, round_trip: float, every: float = 1 / 30, frames: int = 60) -> float:
    """Frames at a steady rate, each answered after `round_trip` seconds; the time at the end."""
    answered = 0
    for order in range(frames):
        now = order * every
        while answered < order and answered * every + round_trip <= now:
            flow.answered(answered, answered * every + round_trip)
            answered += 1
        flow.sent(order, now)
    return frames * every


def room(flow: Flow, now: float) -> int:
    """How many frames are let go at this moment, one after another."""
    order = 1000
    while flow.seconds_until_room(now) == 0.0:
        flow.sent(order, now)
        order += 1
    return flow.waiting


def test_a_short_line_holds_few_frames_and_a_long_one_more() -> None:
    short, long = Flow(), Flow()
    assert room(short, steady(short, 0.02)) == FEWEST
    assert FEWEST < room(long, steady(long, 0.2)) <= MOST


def test_a_queue_that_grows_on_the_line_lets_no_more_frames_go() -> None:
    flow = Flow()
    steady(flow, 0.05)
    before = flow._most()
    for order in range(60, 90):  # the answers come ever later
        flow.sent(order, order / 30)
        flow.answered(order, order / 30 + 0.05 * (order - 58))
    assert flow._most() == before


def test_frames_that_are_never_answered_make_room_in_time() -> None:
    flow = Flow()
    end = steady(flow, 0.02)
    room(flow, end)
    wait = flow.seconds_until_room(end)
    assert 0.0 < wait <= GIVEN_UP_AFTER_S
    assert flow.seconds_until_room(end + wait + 0.001) == 0.0


def test_answers_that_stop_are_noticed_but_not_a_slow_engine() -> None:
    quick, slow, idle = Flow(), Flow(), Flow()
    end = steady(quick, 0.02)
    assert not quick.stopped(end + 0.5, 1.5)
    assert quick.stopped(end + 2.0, 1.5)
    for order in range(5):  # a frame every two seconds
        slow.sent(order, 2.0 * order)
        slow.answered(order, 2.0 * order + 1.9)
    slow.sent(5, 10.0)
    assert not slow.stopped(13.0, 1.5)
    idle.sent(0, 0.0)
    idle.answered(0, 0.1)
    assert not idle.stopped(100.0, 1.5)


def test_a_repeated_answer_counts_once() -> None:
    flow = Flow()
    for order in range(10):
        flow.sent(order, order / 10)
        for late in range(3):
            flow.answered(order, order / 10 + 0.05 + late / 1000)
    assert abs(flow.between_answers - 0.1) < 0.01
