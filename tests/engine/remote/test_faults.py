"""The engine is gone, stands still, says stop, or is another one: the placeholder, no raw frame.

What is timed is the pause before the placeholder: two seconds at most, as the constants add up.
"""

from __future__ import annotations

import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.errors import ElsewhereError
from engine.events import Failed, SessionState
from engine.remote import pairing
from engine.remote.address import parse_address
from engine.remote.pinned_http import Door
from engine.remote.stream import peer
from engine.remote.stream.translator import CONNECTING
from engine.session.engine_thread import TICK
from tests.engine.remote.conftest import Stage, paired
from tests.engine.remote.relay import Line, Relay
from tests.engine.remote.server import Conduct, Server
from tests.engine.server.alone import Alone

pytestmark = pytest.mark.timeout(300)  # a server is started, and again, on a busy computer


@pytest.fixture
def process(tmp_path: Path) -> Iterator[Alone]:
    """The server as it is, and paired."""
    process = Alone()
    code = process.start(tmp_path / "one")
    pairing.remember(pairing.pair(parse_address(process.address), code))
    yield process
    process.kill()


@pytest.fixture
def running(process: Alone) -> Iterator[Stage]:
    """A stream that shows pictures of the process."""
    stage = Stage(process.address)
    stage.start()
    stage.until(lambda: len(stage.sink.frames) > 10)
    yield stage
    stage.end()
    assert stage.sink.raw == 0


def hidden(stage: Stage) -> None:
    stage.until(lambda: SessionState.RECOVERING in stage.states)
    assert stage.sink.on_show is None


def comes_back(stage: Stage) -> None:
    shown = len(stage.sink.frames)
    stage.until(lambda: len(stage.sink.frames) > shown + 5)
    stage.until(lambda: stage.states[-1] is SessionState.LIVE)


def test_the_placeholder_is_there_within_two_seconds_by_the_constants() -> None:
    assert peer.SILENT_AFTER_S + 2 * peer.CHECKED_EVERY_S + TICK < 2.0
    assert peer.STOPPED_AFTER_S + 2 * peer.CHECKED_EVERY_S + TICK <= 2.0


def test_an_engine_that_is_killed_and_started_again(
    process: Alone, running: Stage, tmp_path: Path
) -> None:
    process.kill()
    hidden(running)
    process.start(tmp_path / "one")
    comes_back(running)


def test_an_engine_that_stands_still_and_goes_on(process: Alone, running: Stage) -> None:
    process.send(signal.SIGSTOP)
    hidden(running)
    process.send(signal.SIGCONT)
    comes_back(running)


def test_another_engine_at_the_same_address_is_never_used(
    process: Alone, running: Stage, tmp_path: Path
) -> None:
    process.kill()
    hidden(running)
    shown = len(running.sink.frames)
    process.start(tmp_path / "another")
    running.until(lambda: running.told("its certificate is another"))
    assert len(running.sink.frames) == shown
    process.kill()
    process.start(tmp_path / "one")
    comes_back(running)


@pytest.mark.parametrize("way", ["cut", "cut_out", "cut_back", "blind"])
def test_a_line_that_is_cut_and_mended_wholly_or_so_that_something_still_comes(
    server: Server, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    line = Line()
    paired(server.address)
    with Relay(line) as relay:
        relay.between(monkeypatch)
        stage = Stage(server.address)
        stage.start()
        stage.until(lambda: len(stage.sink.frames) > 10)
        setattr(line, way, True)
        hidden(stage)
        setattr(line, way, False)
        comes_back(stage)
        stage.end()
    assert stage.sink.raw == 0


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_whoever_stops_does_not_wait_for_an_engine_that_never_answers(scheme: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = parse_address(f"{scheme}://127.0.0.1:{silent.getsockname()[1]}")
        pairing.remember(Door(address, "0" * 64, "a-token"))
        stage = Stage(str(address))
        stage.start()
        stage.until(lambda: CONNECTING in stage.events)
        stage.session.stop()
        assert stage.session.wait(3.0)
    assert not any(isinstance(event, Failed) for event in stage.events)
    assert stage.states[-1] is SessionState.OFF


def test_an_answer_that_comes_after_the_stop_takes_no_place(
    server: Server, door: Door, conduct: Conduct
) -> None:
    conduct.hesitates_s = 2.0
    stage = Stage(server.address)
    stage.start()
    stage.until(lambda: server.begun == 1)
    stage.session.stop()
    assert stage.session.wait(3.0)
    assert server.streams
    stage.until(lambda: not server.streams)


def test_an_engine_that_makes_no_pictures_any_more(stage: Stage, conduct: Conduct) -> None:
    stage.until(lambda: len(stage.sink.frames) > 10)
    conduct.stuck = True
    hidden(stage)
    failed = next(event for event in stage.events if isinstance(event, Failed))
    assert "sends no pictures any more" in str(failed.error)
    conduct.stuck = False
    comes_back(stage)


@pytest.mark.parametrize(
    "event", [{"event": "blank"}, {"event": "ended", "message": "Out of memory.", "remedy": ""}]
)
def test_an_engine_that_withdraws_its_pictures(
    stage: Stage, server: Server, event: dict[str, str]
) -> None:
    stage.until(lambda: len(stage.sink.frames) > 10)
    server.say(event)
    hidden(stage)
    comes_back(stage)


def test_a_token_that_is_taken_back_is_told_and_shows_nothing(
    stage: Stage, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.until(lambda: len(stage.sink.frames) > 10)
    monkeypatch.setattr("tests.engine.remote.server.TOKEN", "another")
    server.say({"event": "ended", "message": "This device is not paired any more.", "remedy": ""})
    hidden(stage)
    stage.until(lambda: stage.told("is not paired with this computer"))
    assert stage.sink.on_show is None


def test_a_film_whose_engine_dies_ends_with_its_sentence(
    process: Alone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(peer, "PATIENT_S", 1.0)
    stage = Stage(process.address, count=5000, live=False)
    stage.start()
    stage.until(lambda: len(stage.sink.frames) > 20)
    process.kill()
    assert stage.session.wait(30.0)
    failed = next(event for event in stage.events if isinstance(event, Failed))
    assert isinstance(failed.error, ElsewhereError)
    assert not failed.recovering


def test_nobody_is_there_at_the_first_try(process: Alone) -> None:
    process.kill()
    stage = Stage(process.address)
    stage.start()
    assert stage.session.wait(30.0)
    failed = next(event for event in stage.events if isinstance(event, Failed))
    assert "No engine answers" in str(failed.error)
    assert pairing.remembered(parse_address(process.address))
