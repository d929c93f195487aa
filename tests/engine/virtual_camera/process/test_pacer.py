"""Pacing, with a clock that only moves on request."""

from __future__ import annotations

import pytest

from engine.virtual_camera.process.pacer import Pacer


class FakeTime:
    """A clock whose sleep takes a little too long, as real ones do."""

    def __init__(self, overshoot: float = 0.0) -> None:
        self.now, self._overshoot = 0.0, overshoot

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds + self._overshoot


def _pacer(time: FakeTime) -> Pacer:
    return Pacer(10, clock=time.clock, sleep=time.sleep)


def test_late_wake_ups_do_not_add_up() -> None:
    time = FakeTime(overshoot=0.01)
    pacer = _pacer(time)
    for _ in range(100):
        pacer.wait()
    assert time.now == pytest.approx(10.01)


def test_turns_missed_are_not_made_up_for() -> None:
    time = FakeTime()
    pacer = _pacer(time)
    time.now = 5.0
    pacer.wait()
    pacer.wait()
    assert time.now == pytest.approx(5.1)


def test_turns_lean_towards_frames_at_the_same_rate() -> None:
    time = FakeTime()
    pacer = _pacer(time)
    waited = 0.0
    for _ in range(300):
        pacer.wait()
        waited = (time.now - 0.03) % 0.1
        pacer.lean(waited)
    assert waited == pytest.approx(0.004, abs=0.001)


def test_leaning_changes_the_rate_by_a_hundredth_at_most() -> None:
    time = FakeTime()
    pacer = _pacer(time)
    for _ in range(100):
        pacer.wait()
        pacer.lean(0.1)
    assert 9.9 <= time.now <= 10.1
