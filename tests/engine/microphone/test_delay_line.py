"""The delay line against plain shifting, and by ear: the size of the steps in a steady tone."""

from __future__ import annotations

import numpy as np
import pytest

from engine.microphone.delay_line import LONGEST_S, DelayLine, Samples

RATE, TURN = 48_000, 512
TONE = (0.5 * np.sin(2 * np.pi * 440 * np.arange(20 * RATE) / RATE)).astype(np.float32)
STEEPEST = 0.5 * 2 * np.pi * 440 / RATE
"""The largest step from one sample of the tone to the next."""


def play(line: DelayLine, sound: Samples, *, first: str = "write", jitter: float = 0.0) -> Samples:
    """Write and read in turns of a clock; first: which of the two comes first in a turn."""
    random = np.random.default_rng(1)
    out = []
    for turn in range(len(sound) // TURN):
        now = turn * TURN / RATE + jitter * random.random()
        chunk = sound[turn * TURN : (turn + 1) * TURN]
        if first == "write":
            line.write(chunk, now)
        out.append(line.read(TURN, now))
        if first != "write":
            line.write(chunk, now)
    return np.concatenate(out)


def lag(out: Samples, sound: Samples, at: int) -> int:
    """By how many samples a burst that starts at `at` comes later."""
    loud = np.flatnonzero(np.abs(out[at:]) > 0.25)
    assert np.abs(sound[at]) > 0.25
    return int(loud[0])


def bursts(seconds: int) -> Samples:
    """A burst of 10 ms every second."""
    sound = np.zeros(seconds * RATE, np.float32)
    for second in range(seconds):
        sound[second * RATE : second * RATE + 480] = 0.5
    return sound


@pytest.mark.parametrize("first", ["write", "read"])
@pytest.mark.parametrize("delay", [0.05, 0.4, 0.9])
def test_sound_comes_out_late_by_the_delay_whichever_side_comes_first(
    first: str, delay: float
) -> None:
    sound = bursts(10)
    out = play(DelayLine(RATE, delay), sound, first=first)
    assert lag(out, sound, 6 * RATE) == pytest.approx(delay * RATE, abs=2)


def test_turns_that_come_late_do_not_move_the_sound() -> None:
    sound = bursts(12)
    out = play(DelayLine(RATE, 0.3), sound, jitter=0.01)
    for second in (6, 8, 10):
        assert lag(out, sound, second * RATE) == pytest.approx(0.3 * RATE, abs=0.01 * RATE)


@pytest.mark.parametrize("after", [0.33, 0.9, 0.1])
def test_a_change_makes_no_click_and_settles(after: float) -> None:
    line = DelayLine(RATE, 0.3)
    half = len(TONE) // 2 // TURN * TURN
    out = np.concatenate([play(line, TONE[:half]), _rest(line, TONE[half:], half, after)])
    steady = out[RATE:]
    assert np.abs(np.diff(steady)).max() < 2 * STEEPEST
    assert line.target == after


def _rest(line: DelayLine, sound: Samples, before: int, delay: float) -> Samples:
    """Go on after `before` samples, with another delay."""
    line.aim_for(delay)
    out = []
    for turn in range(len(sound) // TURN):
        now = (before + turn * TURN) / RATE
        line.write(sound[turn * TURN : (turn + 1) * TURN], now)
        out.append(line.read(TURN, now))
    return np.concatenate(out)


@pytest.mark.parametrize("after", [0.33, 0.9, 0.1])
def test_after_a_change_the_new_delay_is_met(after: float) -> None:
    sound = bursts(26)
    line = DelayLine(RATE, 0.3)
    half = 10 * RATE // TURN * TURN
    out = np.concatenate([play(line, sound[:half]), _rest(line, sound[half:], half, after)])
    at = 24 * RATE
    assert lag(out, sound, at) == pytest.approx(after * RATE, abs=0.005 * RATE)


def test_before_any_sound_and_after_it_has_ended_there_is_silence() -> None:
    line = DelayLine(RATE, 0.1)
    assert not line.read(TURN, 0.0).any()
    line.write(TONE[:TURN], 0.0)
    assert not line.read(TURN, 5.0).any()


def test_nothing_is_left_of_what_was_said_before_it_was_switched_off() -> None:
    line = DelayLine(RATE, 0.1)
    play(line, TONE[: 2 * RATE])
    line.forget()
    assert not line.read(TURN, 2.0).any()


def test_a_delay_out_of_range_is_brought_into_it() -> None:
    line = DelayLine(RATE, -1.0)
    assert line.target == 0.0
    line.aim_for(100.0)
    assert line.target == LONGEST_S
