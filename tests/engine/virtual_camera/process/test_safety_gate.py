"""The gate decides what other programs see; every way to be wrong here shows a face."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.virtual_camera.process.safety_gate import ApplicationStatus, HeldFrame, SafetyGate
from engine.virtual_camera.protocol import OnAir

LIVE = ApplicationStatus(heartbeat=1, session=7, panic=False, owner=5)


def _gate() -> SafetyGate:
    """A gate whose application has just shown a sign of life, with a styled frame at hand."""
    gate = SafetyGate(ApplicationStatus(heartbeat=0, session=7, panic=False, owner=5))
    gate.hold(HeldFrame(7, original=False, owner=5), now=0.0)
    gate.decide(LIVE, now=0.0)
    return gate


def test_a_styled_frame_of_the_live_session_is_shown() -> None:
    assert _gate().decide(LIVE, now=0.1) is OnAir.STYLED


def test_nothing_is_shown_before_the_first_frame() -> None:
    gate = SafetyGate(ApplicationStatus(heartbeat=0, session=7, panic=False, owner=5))
    assert gate.decide(LIVE, now=0.1) is OnAir.PLACEHOLDER


def test_a_beat_left_over_from_a_dead_application_counts_for_nothing() -> None:
    gate = SafetyGate(LIVE)
    gate.hold(HeldFrame(7, original=False, owner=5), now=0.0)
    assert gate.decide(LIVE, now=0.0) is OnAir.PLACEHOLDER


@pytest.mark.parametrize("session", [0, 8])
def test_a_frame_of_another_session_is_not_shown(session: int) -> None:
    assert (
        _gate().decide(ApplicationStatus(1, session, panic=False, owner=5), now=0.1)
        is OnAir.PLACEHOLDER
    )


@pytest.mark.parametrize("owner", [0, 6])
def test_a_frame_of_another_owner_is_not_shown(owner: int) -> None:
    assert _gate().decide(replace(LIVE, owner=owner), now=0.1) is OnAir.PLACEHOLDER


def test_panic_wins_over_everything_and_ends_with_its_release() -> None:
    gate = _gate()
    assert gate.decide(ApplicationStatus(1, 7, panic=True, owner=5), now=0.1) is OnAir.PANIC
    assert gate.decide(LIVE, now=0.2) is OnAir.STYLED


def test_frames_go_when_the_beat_has_stopped_for_a_second() -> None:
    gate = _gate()
    for tenth in range(1, 11):
        gate.hold(HeldFrame(7, original=False, owner=5), now=tenth / 10)
    assert gate.decide(LIVE, now=1.0) is OnAir.STYLED
    assert gate.decide(LIVE, now=1.01) is OnAir.PLACEHOLDER


def test_a_stalled_stream_goes_after_a_second_though_the_application_lives() -> None:
    gate = _gate()
    assert gate.decide(ApplicationStatus(2, 7, panic=False, owner=5), now=1.0) is OnAir.STYLED
    assert gate.decide(ApplicationStatus(3, 7, panic=False, owner=5), now=1.01) is OnAir.PLACEHOLDER


def test_a_slow_engine_is_given_three_of_its_usual_intervals() -> None:
    gate = _gate()
    for second in range(1, 5):
        gate.hold(HeldFrame(7, original=False, owner=5), now=float(second))
    assert gate.decide(ApplicationStatus(9, 7, panic=False, owner=5), now=7.0) is OnAir.STYLED
    assert gate.decide(ApplicationStatus(10, 7, panic=False, owner=5), now=7.1) is OnAir.PLACEHOLDER


def test_one_long_pause_does_not_pass_for_a_slow_engine() -> None:
    gate = _gate()
    gate.hold(HeldFrame(7, original=False, owner=5), now=60.0)
    assert gate.decide(ApplicationStatus(9, 7, panic=False, owner=5), now=61.1) is OnAir.PLACEHOLDER


def test_an_original_that_the_user_asked_for_is_said_to_be_one() -> None:
    gate = _gate()
    gate.hold(HeldFrame(7, original=True, owner=5), now=0.1)
    assert gate.decide(LIVE, now=0.2) is OnAir.ORIGINAL


def test_a_camera_that_was_reopened_shows_nothing_from_before() -> None:
    gate = _gate()
    gate.drop()
    assert gate.decide(LIVE, now=0.1) is OnAir.PLACEHOLDER
