"""The sink with a connection that does what a test says."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import numpy as np
import pytest

from engine.errors import RefusedError, SettingError
from engine.frames import Pixels, Size, StyledFrame
from engine.video.broadcast import sink as module
from engine.video.broadcast.sink import Broadcast, BroadcastState
from engine.video.broadcast.target import SOUND_RATE, BroadcastTarget, Samples, lost
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
        self.sound: list[Samples] = []
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

    def send_sound(self, samples: Samples) -> None:
        self.sound.append(samples)

    def close(self) -> None:
        """Nothing to end."""


class FakeSound:
    """Gives the time of every sample instead of a sound."""

    def __init__(self) -> None:
        self.opened = self.closed = 0
        self.asked: list[tuple[int, float]] = []

    def open(self) -> None:
        self.opened += 1

    def read(self, count: int, now: float) -> Samples:
        self.asked.append((count, now))
        return np.ones(count, np.float32)

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def connection(monkeypatch: pytest.MonkeyPatch) -> FakeConnection:
    monkeypatch.setattr(module, "_FIRST_PAUSE", 0.05)
    return FakeConnection()


def broadcast(connection: FakeConnection) -> Broadcast:
    return Broadcast(TARGET, SIZE, FPS, plain(PLACEHOLDER), connect=lambda _: connection)


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
     ("rtmp://u:p@h/a", ""), ("http://example.org/whip", "token"), ("rtmp://[1:2/live", ""),
     ("ndi://A]", "")],
)  # fmt: skip
def test_addresses_that_cannot_be_are_refused(address: str, key: str) -> None:
    with pytest.raises(SettingError):
        BroadcastTarget(address, key)


def test_the_key_is_in_no_text() -> None:
    assert "secret" not in repr(TARGET)


def test_each_picture_has_the_sound_of_its_moment_without_gaps(connection: FakeConnection) -> None:
    sound = FakeSound()
    sink = Broadcast(TARGET, SIZE, FPS, plain(PLACEHOLDER), sound, connect=lambda _: connection)
    with Stream(sink):
        wait_until(lambda: len(connection.sound) >= 12, 60)
    wait_until(lambda: sound.closed == 1, 60)
    lengths = np.cumsum([len(samples) for samples in connection.sound])
    times = connection.times[: len(lengths)]
    assert lengths.tolist() == [round(at * SOUND_RATE) for at in times]
    began = sound.asked[0][1] - times[0]
    assert [now for _, now in sound.asked] == pytest.approx([began + at for at in times], abs=1e-6)
    assert sound.opened == 1


def test_a_panic_silences_a_broadcast_and_its_sound_goes_on_where_it_would_be(
    connection: FakeConnection,
) -> None:
    sound = FakeSound()
    sink = Broadcast(TARGET, SIZE, FPS, plain(PLACEHOLDER), sound, connect=lambda _: connection)
    with Stream(sink):
        wait_until(lambda: len(connection.sound) >= 4, 60)
        assert connection.sound[-1].all()
        sink.hide(True)
        before = len(connection.sound)
        wait_until(lambda: len(connection.sound) >= before + 4, 60)
        newest = len(connection.sound) - 1
        assert not connection.sound[newest].any()
        assert len(connection.sound[newest]) == sound.asked[newest][0]
        sink.hide(False)
        wait_until(lambda: bool(connection.sound[-1].all()), 60)


def test_without_a_microphone_there_is_silence(connection: FakeConnection) -> None:
    with Stream(broadcast(connection)):
        wait_until(lambda: len(connection.sound) >= 4, 60)
    assert not np.concatenate(connection.sound).any()


def test_a_connection_made_again_begins_its_sound_anew(connection: FakeConnection) -> None:
    sound = FakeSound()
    sink = Broadcast(TARGET, SIZE, FPS, plain(PLACEHOLDER), sound, connect=lambda _: connection)
    with Stream(sink):
        wait_until(lambda: len(connection.sound) >= 4, 60)
        connection.broken = True
        wait_until(lambda: sound.closed == 1, 60)
        again = len(connection.times)
        connection.broken = False
        wait_until(lambda: sound.opened == 2, 60)
        wait_until(lambda: len(connection.sound) > again + 4, 60)
    assert connection.times[again] == 0
    assert len(connection.sound[again]) == 0
