"""Applications that should not command the camera, and such as stop, die and come back."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from tests.engine.virtual_camera.faults import application
from tests.engine.virtual_camera.faults.application import RAW_GREY, STYLED_GREY
from tests.engine.virtual_camera.faults.stage import PATIENCE, Stage
from tests.engine.virtual_camera.helpers import publishers, wait_until

Measured = Callable[[float | None, int], None]

_COMMANDS = ("original", "panic", "release", "styled", "stop", "close")


def test_the_reader_sees_raw_pictures_when_the_user_wants_them(
    stage: Stage, measured: Measured
) -> None:
    """The positive control: without it, no count of zero below would mean anything."""
    owner = stage.live()
    assert stage.raw() == 0
    owner.tell("original")
    stage.until_frames_go_out(RAW_GREY)
    wait_until(lambda: stage.raw() > 20)
    assert stage.on_air == "ORIGINAL"
    ended = time.monotonic()
    owner.tell("styled")
    measured(stage.until_no_raw(ended), 0)


@pytest.mark.parametrize("command", _COMMANDS)
def test_a_refused_second_window_commands_nothing(
    stage: Stage, measured: Measured, command: str
) -> None:
    stage.live()
    second = stage.application()
    assert second.start.startswith("refused: The virtual camera is in use by another window")
    since = time.monotonic()
    assert second.tell(command) == "unavailable UNKNOWN False"
    time.sleep(0.3)
    stage.until_frames_go_out(STYLED_GREY)
    assert set(stage.entries(since)["frame"]) != {-1}
    log = (stage.folder / "publisher.log").read_text()
    assert "ORIGINAL" not in log
    assert "PANIC" not in log
    measured(None, stage.raw())
    assert stage.raw() == 0


def test_a_refused_second_window_cannot_undo_a_panic(stage: Stage, measured: Measured) -> None:
    owner = stage.live()
    owner.tell("panic")
    wait_until(lambda: stage.on_air == "PANIC")
    since = time.monotonic()
    second = stage.application()
    second.tell("panic")
    second.tell("release")
    time.sleep(0.3)
    assert set(stage.entries(since)["frame"]) == {-1}
    measured(None, stage.raw())


def test_a_refused_second_window_that_ends_takes_nothing_along(
    stage: Stage, measured: Measured
) -> None:
    stage.live()
    second = stage.application()
    second.tell("original")
    second.kill()
    stage.until_frames_go_out(STYLED_GREY)
    measured(None, stage.raw())
    assert stage.raw() == 0


def test_of_two_applications_that_start_at_once_one_owns_the_camera(
    stage: Stage, measured: Measured
) -> None:
    actors = [
        subprocess.Popen([sys.executable, application.__file__, str(stage.folder)],
                         stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]  # fmt: skip
    try:
        wait_until(
            lambda: len(publishers(stage.folder)) == 1 and stage.log.count > 30, 20 * PATIENCE
        )
        time.sleep(0.5)
        log = (stage.folder / "publisher.log").read_text()
        assert log.count("an application owns the camera") == 1
        measured(None, stage.raw())
    finally:
        for actor in actors:
            actor.kill()
            actor.wait()


def test_a_killed_application_leaves_the_placeholder_at_once(
    stage: Stage, measured: Measured
) -> None:
    owner = stage.live("original")
    since = time.monotonic()
    owner.kill()
    took = stage.until_no_raw(since)
    measured(took, 0)
    assert took < 0.5


def test_a_stopped_application_leaves_the_placeholder_after_a_second(
    stage: Stage, measured: Measured
) -> None:
    owner = stage.live("original")
    since = time.monotonic()
    owner.process.send_signal(signal.SIGSTOP)
    took = stage.until_no_raw(since)
    measured(took, 0)
    assert took < 1.5
    owner.process.send_signal(signal.SIGCONT)
    stage.until_frames_go_out(RAW_GREY)  # the user's choice still stands


def test_an_application_that_quits_leaves_the_placeholder_at_once(
    stage: Stage, measured: Measured
) -> None:
    owner = stage.live("original")
    since = time.monotonic()
    owner.tell("close")
    took = stage.until_no_raw(since)
    measured(took, 0)
    assert took < 0.5


def test_an_application_that_comes_back_shows_nothing_of_before(
    stage: Stage, measured: Measured
) -> None:
    owner = stage.live("original")
    publisher = stage.publisher
    owner.kill()
    stage.until_no_raw(time.monotonic())
    since = time.monotonic()
    again = stage.application()
    wait_until(lambda: again.tell("stop").startswith("sending"))
    time.sleep(0.2)
    assert stage.publisher == publisher
    assert set(stage.entries(since)["frame"]) == {-1}
    again.tell("styled")
    stage.until_frames_go_out(STYLED_GREY)
    measured(None, stage.raw(since))
    assert stage.raw(since) == 0


def test_panic_takes_one_picture_and_is_confirmed(stage: Stage, measured: Measured) -> None:
    owner = stage.live("original")
    since = time.monotonic()
    owner.tell("panic")
    took = stage.until_no_raw(since)
    measured(took, 0)
    assert took < 0.2
    wait_until(lambda: owner.tell("panic") == "sending PANIC True")
