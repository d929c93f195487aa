"""What is due when: evenly, in order, no later than needed, and nothing between what is no pair."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from engine.frames import Motion, StyledFrame
from engine.session.presentation.timeline import FASTER, Due, Result, Timeline

RATE = 30.0
NOTHING = np.zeros((1, 1, 3), np.uint8)


def result(number: int, captured: float, latency: float, *, motion: bool = True) -> Result:
    offsets = np.zeros((1, 1, 2), np.float32)
    moved = Motion(number - 1, offsets, offsets[..., 0]) if motion and number else None
    frame = StyledFrame(NOTHING, number, captured, motion=moved)
    return Result(frame, captured, captured + latency)


def content(due: Due) -> float | None:
    """The moment of the camera that is shown; None where nothing new is."""
    if due.earlier is not None and due.later is not None:
        before, after = (each.frame.captured_at for each in (due.earlier, due.later))
        return before + due.share * (after - before)
    return due.results[-1].frame.captured_at if due.results else None


def play(results: list[Result], rate: float = RATE) -> list[tuple[float, Due]]:
    """Everything that is due at the ticks of a clock, each result given when it comes."""
    timeline, waiting = Timeline(1.0 / rate), list(results)
    shown: list[tuple[float, Due]] = []
    for tick in range(round((results[-1].came + 0.5) * rate)):
        now = tick / rate
        while waiting and waiting[0].came <= now:
            timeline.add(waiting.pop(0))
        shown.append((now, timeline.due(now)))
    return shown


def steady(fps: float, latency: float, seconds: float = 4.0) -> list[Result]:
    return [result(n, n / fps, latency) for n in range(round(seconds * fps))]


@pytest.mark.parametrize("fps", [5.0, 8.0, 12.5, 15.0, 20.0])
def test_a_slow_model_is_shown_at_a_steady_rate_and_evenly(fps: float) -> None:
    shown = [(now, content(due)) for now, due in play(steady(fps, 0.09))]
    later = [(now, moment) for now, moment in shown if 2.0 < now < 3.5]
    assert all(moment is not None for _, moment in later)
    steps = [b - a for (_, a), (_, b) in pairwise(later) if a is not None and b is not None]
    assert np.mean(steps) == pytest.approx(1.0 / RATE, rel=0.02)
    assert min(steps) > 0.6 / RATE
    assert max(steps) < 1.4 / RATE


@pytest.mark.parametrize("fps", [8.0, 15.0])
def test_the_delay_that_is_added_is_one_interval_of_the_model(fps: float) -> None:
    delays = [now - (content(due) or now) for now, due in play(steady(fps, 0.09)) if now > 2.5]
    shown = [delay for delay in delays if delay > 0.0][:20]
    assert np.mean(shown) == pytest.approx(0.09 + 1.0 / fps, abs=0.5 / RATE)


@pytest.mark.parametrize("fps", [27.0, 30.0, 60.0, 3.0])
def test_a_model_that_keeps_up_or_is_hopeless_is_shown_as_it_comes(fps: float) -> None:
    shown = [(now, due) for now, due in play(steady(fps, 0.05)) if due.results or due.earlier]
    assert all(due.earlier is None for _, due in shown)
    delays = [now - due.results[-1].frame.captured_at for now, due in shown]
    assert max(delays) <= 0.05 + 1.01 / RATE


def test_every_result_has_its_turn_once_and_in_order() -> None:
    results = steady(11.0, 0.1)
    given = [each.frame.number for _, due in play(results) for each in due.results]
    assert given == list(range(len(results)))


def test_time_never_goes_back_however_unevenly_results_come() -> None:
    random = np.random.default_rng(0)
    captured = np.cumsum(random.choice((0.033, 0.066, 0.1, 0.133), 80))
    came = np.maximum.accumulate(captured + random.uniform(0.05, 0.2, 80))
    results = [
        replace(result(n, float(c), 0.0), came=float(a))
        for n, (c, a) in enumerate(zip(captured, came, strict=True))
    ]
    moments = [m for _, due in play(results) if (m := content(due)) is not None]
    assert all(later > earlier for earlier, later in pairwise(moments))
    assert moments[-1] == pytest.approx(float(captured[-1]))


@pytest.mark.parametrize("why", ["cut", "left out"])
def test_nothing_lies_between_results_that_are_no_pair(why: str) -> None:
    results = steady(10.0, 0.08)
    if why == "cut":
        results[20] = result(20, 2.0, 0.08, motion=False)
    else:
        del results[20]
    for _, due in play(results):
        if due.earlier is not None and due.later is not None:
            numbers = due.earlier.frame.number, due.later.frame.number
            assert numbers[1] == numbers[0] + 1
            assert numbers != (19, 20) or why == "left out"


def test_after_a_pause_nothing_is_interpolated_across_it() -> None:
    before, after = steady(10.0, 0.08, 2.0), steady(10.0, 0.08, 2.0)
    late = [result(20 + n, 3.0 + each.frame.captured_at, 0.08) for n, each in enumerate(after)]
    for _, due in play([*before, *late]):
        assert content(due) is None or not 1.91 < (content(due) or 0.0) < 2.99


def test_a_delay_that_is_no_longer_needed_shrinks_without_a_jump() -> None:
    slow = [result(n, n / 10.0, 0.25) for n in range(30)]
    quick = [result(30 + n, 3.0 + n / 10.0, 0.1) for n in range(100)]
    moments = [(now, m) for now, due in play([*slow, *quick]) if (m := content(due)) is not None]
    delays = [now - moment for now, moment in moments]
    assert delays[-20] < 0.24 < max(delays)
    later = [moment for now, moment in moments if now > 4.0]
    assert max(b - a for a, b in pairwise(later)) < (1.0 + FASTER + 0.35) / RATE
