"""Whom the watchdog forgives its silence."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from engine.virtual_camera import silence as module
from engine.virtual_camera.silence import Silence
from tests.engine.virtual_camera.helpers import wait_until

LOOPING = [sys.executable, "-c", "while True: pass"]
ASLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]


@pytest.fixture
def silence() -> Silence:
    """Of half a second, in small steps."""
    return Silence()


def grown(silence: Silence, seconds: float, process: int | None = None) -> Silence:
    for _ in range(round(seconds / 0.1)):
        silence.grow(0.1, process)
    return silence


@pytest.fixture
def child(request: pytest.FixtureRequest) -> Iterator[int]:
    process = subprocess.Popen(request.param)
    yield process.pid
    process.kill()
    process.wait()


def test_a_word_ends_it(silence: Silence) -> None:
    grown(silence, 3).end()
    assert not silence.too_long(0.1, None)


def test_a_clock_that_jumps_counts_for_little(silence: Silence) -> None:
    silence.grow(3600, None)
    assert not silence.too_long(1, None)


@pytest.mark.parametrize("child", [LOOPING], indirect=True)
def test_one_that_runs_without_a_word_is_not_forgiven(silence: Silence, child: int) -> None:
    grown(silence, 0.5, child)
    assert silence.starved(child)  # so far
    wait_until(lambda: not silence.starved(child))
    assert grown(silence, 1, child).too_long(1, child)


@pytest.mark.parametrize("child", [LOOPING], indirect=True)
def test_one_that_lacks_the_cpu_is_forgiven_for_a_while(
    silence: Silence, child: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "cpu_seconds", lambda _: 1.0)
    assert not grown(silence, 2, child).too_long(1, child)
    assert grown(silence, 4, child).too_long(1, child)


@pytest.mark.parametrize("child", [ASLEEP], indirect=True)
def test_one_that_sleeps_or_was_stopped_is_not_forgiven(silence: Silence, child: int) -> None:
    grown(silence, 1.5, child)
    os.kill(child, signal.SIGSTOP)
    wait_until(lambda: silence.too_long(1, child))
