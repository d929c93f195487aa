"""The quicker of two ways is found on real frames, at little cost, and corrected later."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
import torch
from torch import Tensor

from engine.model.acceleration.race import EVERY, SEARCH_SHARE, GivenUp, Race, RacedCall


def run(race: Race, seconds: Callable[[int], float], frames: int) -> tuple[float, float]:
    """Run frames that take so long by each way -> the time of all, and of those by the slower."""
    whole = slower = 0.0
    for _ in range(frames):
        way = race.choose(ready=True)
        spent = seconds(way)
        race.record(way, spent)
        whole += spent
        slower += spent if spent == max(seconds(0), seconds(1)) else 0.0
    return whole, slower


def test_until_the_other_way_is_ready_the_known_one_is_used() -> None:
    race = Race()
    for _ in range(500):
        assert race.choose(ready=False) == 0
        race.record(0, 0.02)


def test_the_quicker_way_takes_over() -> None:
    race = Race()
    run(race, lambda way: (0.02, 0.01)[way], 200)
    assert race.best == 1


def test_the_slower_way_does_not() -> None:
    race = Race()
    whole, searched = run(race, lambda way: (0.01, 0.05)[way], 2000)
    assert race.best == 0
    assert 0.0 < searched <= SEARCH_SHARE * whole


def test_frames_without_the_quicker_way_do_not_unseat_it() -> None:
    race = Race()
    run(race, lambda way: (0.02, 0.01)[way], 200)
    for _ in range(5):
        assert race.choose(ready=False) == 0
        race.record(0, 0.02)
    assert race.choose(ready=True) == 1


def test_a_way_that_is_hardly_quicker_changes_nothing() -> None:
    race = Race()
    run(race, lambda way: (0.0100, 0.0097)[way], 2000)
    assert race.best == 0


def test_a_choice_made_in_a_busy_minute_is_corrected() -> None:
    race = Race()
    run(race, lambda way: (0.02, 0.06)[way], 200)
    assert race.best == 0
    run(race, lambda way: (0.02, 0.01)[way], 3 * EVERY)
    assert race.best == 1


def test_a_single_slow_frame_decides_nothing() -> None:
    race, dice = Race(), random.Random(0)
    run(race, lambda way: (0.02, 0.01)[way] * (5.0 if dice.random() < 0.05 else 1.0), 3000)
    assert race.best == 1


def double(x: Tensor) -> Tensor:
    return x * 2


def test_the_other_way_is_prepared_with_a_copy_and_then_tried() -> None:
    given: list[Tensor] = []

    def other(x: Tensor) -> Tensor:
        given.append(x)
        return x + x

    call, x = RacedCall((double, other), GivenUp()), torch.ones(2, 2)
    assert torch.equal(call(x), 2 * x)
    assert call.prepared is not None
    call.prepared.wait()
    assert given[0] is not x
    for _ in range(200):
        assert torch.equal(call(x), 2 * x)
    assert len(given) > 1


def test_another_shape_is_left_to_the_known_way() -> None:
    call = RacedCall((double, double), GivenUp())
    call(torch.ones(2))
    assert torch.equal(call(torch.ones(3)), 2 * torch.ones(3))


def test_a_way_that_cannot_be_prepared_is_never_used(caplog: pytest.LogCaptureFixture) -> None:
    def broken(_: Tensor) -> Tensor:
        raise RuntimeError("no such instruction")

    call, x = RacedCall((double, broken), GivenUp()), torch.ones(2)
    call(x)
    assert call.prepared is not None
    call.prepared.wait()
    for _ in range(100):
        assert torch.equal(call(x), 2 * x)
    assert "accelerator failed" in caplog.text


def test_a_way_that_fails_while_it_runs_is_given_up_by_all_who_share_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    tries, given_up, x = list[Tensor](), GivenUp(), torch.ones(2)

    def fails_later(given: Tensor) -> Tensor:
        tries.append(given)
        if len(tries) > 1:
            raise RuntimeError("the device is gone")
        return given * 2

    call, other = (RacedCall((double, fails_later), given_up) for _ in range(2))
    call(x)
    assert call.prepared is not None
    call.prepared.wait()
    for _ in range(300):
        assert torch.equal(call(x), 2 * x)
    assert len(tries) == 2
    assert given_up
    assert caplog.text.count("RuntimeError: the device is gone") == 1
    for _ in range(300):
        assert torch.equal(other(x), 2 * x)


def test_a_known_way_that_fails_is_told() -> None:
    def broken(_: Tensor) -> Tensor:
        raise MemoryError

    given_up = GivenUp()
    with pytest.raises(MemoryError):
        RacedCall((broken, double), given_up)(torch.ones(2))
    assert not given_up
