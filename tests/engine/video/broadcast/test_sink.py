"""The sink with a connection that does what a test says."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from engine.errors import RefusedError, SettingError
from engine.frames import Pixels, Size, StyledFrame
from engine.video.broadcast import sink as module
from engine.video.broadcast.sink import Broadcast, BroadcastState
from engine.video.broadcast.target import BroadcastTarget, lost
from tests.engine.video.broadcast.pictures import (
    FPS,
    PLACEHOLDER,
    SIZE,
    STYLED,
    Stream,
    plain,
    shows,
)
from tests.engine.virtual_camera.helpers import wait_until

TARGET = BroadcastTarget("rtmp://127.0.0.1/live", "secret")


class FakeConnection:
    """Keeps what it was sent; breaks, refuses or hangs on request."""

    def __init__(self) -> None:
        self.sent: list[Pixels] = []
        self.times: list[float] = []
        self.opened = 0
        self.broken = self.refuses = self.strange = False
        self.hang = threading.Event()
        self.hang.set()

    def open(self, size: Size, fps: float) -> None:
        self.opened += 1
        if self.refuses:
            raise RefusedError("No.", "Ask.")
        if self.broken:
            raise lost("no route")

    def send(self, pixels: Pixels, seconds: float) -> None:
        self.hang.wait(10)
        if self.broken:
            raise lost("reset")
        if self.strange:
            raise AssertionError("rtmp://127.0.0.1/live/secret")
        self.sent.append(pixels)
        self.times.append(seconds)

    def close(self) -> None:
        """Nothing to end."""


@pytest.fixture
def connection(monkeypatch: pytest.MonkeyPatch) -> FakeConnection:
    monkeypatch.setattr(module, "_FIRST_PAUSE", 0.05)
    return FakeConnection()


def broadcast(connection: FakeConnection) -> Broadcast:
    return Broadcast(TARGET, SIZE, FPS, plain(PLACEHOLDER), lambda _: connection)


def newest(connection: FakeConnection, colour: tuple[int, int, int]) -> Callable[[], bool]:
    return lambda: bool(connection.sent) and shows(connection.sent[-1], colour)


def test_frames_go_out_at_a_steady_rate_whatever_comes(connection: FakeConnection) -> None:
    with Stream(broadcast(connection)):
        wait_until(lambda: len(connection.sent) > 20)
    steps = {
        round((b - a) * FPS) for a, b in zip(connection.times, connection.times[1:], strict=False)
    }
    assert min(steps) >= 1
    assert shows(connection.sent[-1], STYLED)


def test_before_any_frame_and_after_the_last_the_placeholder_goes_out(
    connection: FakeConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "STALE_AFTER", 0.2)
    sink = broadcast(connection)
    sink.open(SIZE, FPS)
    wait_until(newest(connection, PLACEHOLDER))
    sink.send(StyledFrame(plain(STYLED), 1, 0.0))
    wait_until(newest(connection, STYLED))
    wait_until(newest(connection, PLACEHOLDER))
    sink.close()


def test_panic_and_blanking_hide_the_stream(connection: FakeConnection) -> None:
    with Stream(broadcast(connection)) as stream:
        wait_until(newest(connection, STYLED))
        stream.sink.hide(True)
        wait_until(newest(connection, PLACEHOLDER))
        stream.sink.hide(False)
        wait_until(newest(connection, STYLED))
        stream.paused = True
        time.sleep(0.1)
        stream.sink.blank()
        wait_until(newest(connection, PLACEHOLDER))


def test_an_original_is_never_broadcast(connection: FakeConnection) -> None:
    with Stream(broadcast(connection)) as stream:
        wait_until(newest(connection, STYLED))
        stream.paused = True
        time.sleep(0.1)
        stream.sink.send(StyledFrame(plain((250, 250, 250)), 1, 0.0, original=True))
        wait_until(newest(connection, PLACEHOLDER))
    assert not any(shows(picture, (250, 250, 250)) for picture in connection.sent)


def test_a_connection_that_breaks_is_made_again(connection: FakeConnection) -> None:
    with Stream(broadcast(connection)) as stream:
        wait_until(newest(connection, STYLED))
        connection.broken = True
        wait_until(lambda: stream.sink.status.state is BroadcastState.INTERRUPTED)
        assert "reset" in str(stream.sink.status.error) or "no route" in str(
            stream.sink.status.error
        )
        connection.broken = False
        wait_until(lambda: stream.sink.status.state is BroadcastState.ON_AIR)


def test_what_nobody_has_thought_of_is_told_and_tried_again(
    connection: FakeConnection, caplog: pytest.LogCaptureFixture
) -> None:
    with Stream(broadcast(connection)) as stream:
        wait_until(newest(connection, STYLED))
        connection.strange = True
        wait_until(lambda: stream.sink.status.state is BroadcastState.INTERRUPTED)
        assert "AssertionError" in str(stream.sink.status.error)
        connection.strange = False
        wait_until(lambda: stream.sink.status.state is BroadcastState.ON_AIR)
    assert "secret" not in caplog.text


def test_a_refusal_is_final(connection: FakeConnection) -> None:
    connection.refuses = True
    with Stream(broadcast(connection)) as stream:
        wait_until(lambda: stream.sink.status.state is BroadcastState.REFUSED)
        time.sleep(0.3)
    assert connection.opened == 1


def test_a_connection_that_hangs_holds_up_neither_frames_nor_the_end(
    connection: FakeConnection,
) -> None:
    connection.hang.clear()
    sink = broadcast(connection)
    sink.open(SIZE, FPS)
    began = time.monotonic()
    for number in range(1000):
        sink.send(StyledFrame(plain(STYLED), number, 0.0))
    sink.close()
    assert time.monotonic() - began < 5  # not the ten seconds for which it hangs
    connection.hang.set()
    wait_until(lambda: sink.status.state is BroadcastState.OFF)


@pytest.mark.parametrize(
    ("address", "key"),
    [("", ""), ("ftp://a/b", ""), ("rtmp://", "k"), ("https://h/x y", ""), ("rtmp://h/a", "k k"),
     ("rtmp://u:p@h/a", ""), ("http://example.org/whip", "token")],
)  # fmt: skip
def test_addresses_that_cannot_be_are_refused(address: str, key: str) -> None:
    with pytest.raises(SettingError):
        BroadcastTarget(address, key)


def test_the_key_is_in_no_text() -> None:
    assert "secret" not in repr(TARGET)
