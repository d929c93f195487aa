"""RTMP to FFmpeg as a server, which keeps what it receives."""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest

from engine.errors import SinkError
from engine.frames import Pixels
from engine.video.broadcast.rtmp import RtmpConnection
from engine.video.broadcast.sink import Broadcast, BroadcastState
from engine.video.broadcast.target import SOUND_RATE, BroadcastTarget
from tests.engine.video.broadcast.pictures import (
    FPS,
    PLACEHOLDER,
    SIZE,
    STYLED,
    Stream,
    click_starts,
    plain,
    shows,
)
from tests.engine.virtual_camera.helpers import wait_until

pytestmark = pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="needs ffmpeg")


class Server:
    """Accepts one broadcast after the other, each into a file of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.files: list[Path] = []
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        self.files.append(self._folder / f"received{len(self.files)}.flv")
        self._process = subprocess.Popen(
            ["ffmpeg", "-v", "error", "-listen", "1", "-f", "flv", "-i",
             f"rtmp://127.0.0.1:{self.port}/live/key", "-c", "copy", "-flush_packets", "1",
             str(self.files[-1])],
            stdin=subprocess.DEVNULL,
        )  # fmt: skip

    def stop(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def wait(self) -> None:
        """Until the broadcast has ended, and all of it is written."""
        assert self._process is not None
        self._process.wait(60)

    def received(self) -> int:
        """Bytes of the newest broadcast."""
        return self.files[-1].stat().st_size if self.files[-1].exists() else 0

    def flashes(self) -> list[float]:
        """When the newest broadcast's pictures change to STYLED; seconds."""
        with av.open(str(self.files[-1])) as container:
            seen = [(frame.time or 0.0, shows(np.asarray(frame.to_ndarray(format="rgb24")), STYLED))
                    for frame in container.decode(video=0)]  # fmt: skip
        return [at for (at, lit), (_, before) in zip(seen[1:], seen, strict=False)
                if lit and not before]  # fmt: skip

    def clicks(self) -> list[float]:
        """When clicks begin in its sound; seconds."""
        with av.open(str(self.files[-1])) as container:
            blocks = list(container.decode(audio=0))
        sound = np.concatenate([block.to_ndarray()[0] for block in blocks])
        first = blocks[0].time or 0.0
        return [first + at for at in click_starts(sound, SOUND_RATE)]

    def pictures(self) -> list[Pixels]:
        with av.open(str(self.files[-1])) as container:
            return [
                np.asarray(frame.to_ndarray(format="rgb24"), np.uint8)
                for frame in container.decode(video=0)
            ]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path)
    yield server
    server.stop()


def broadcast(server: Server) -> Broadcast:
    target = BroadcastTarget(f"rtmp://127.0.0.1:{server.port}/live", "key")
    return Broadcast(target, SIZE, FPS, plain(PLACEHOLDER))


def test_a_server_receives_pictures_and_a_track_of_sound(server: Server) -> None:
    with Stream(broadcast(server)) as stream:
        wait_until(lambda: stream.sink.status.sent >= 40, 60)
        stream.sink.hide(True)
        before = stream.sink.status.sent
        wait_until(lambda: stream.sink.status.sent >= before + 20, 60)
    wait_until(lambda: server.received() > 0, 20)
    server.stop()
    pictures = server.pictures()
    assert any(shows(picture, STYLED) for picture in pictures)
    assert shows(pictures[-1], PLACEHOLDER)
    with av.open(str(server.files[-1])) as container:
        assert [stream.type for stream in container.streams] == ["video", "audio"]


def test_a_server_that_ends_and_comes_back_is_found_again(server: Server) -> None:
    with Stream(broadcast(server)) as stream:
        wait_until(lambda: stream.sink.status.sent >= 10, 60)
        server.stop()
        wait_until(lambda: stream.sink.status.state is BroadcastState.INTERRUPTED, 60)
        assert "key" not in str(stream.sink.status.error)
        server.start()
        wait_until(lambda: stream.sink.status.state is BroadcastState.ON_AIR, 60)
        before = stream.sink.status.sent
        wait_until(lambda: stream.sink.status.sent >= before + 40, 60)
    server.stop()
    assert any(shows(picture, STYLED) for picture in server.pictures())


def test_clicks_and_flashes_reach_the_server_together(server: Server) -> None:
    """Twelve seconds, as fast as they go through; every flash begins with a click."""
    connection = RtmpConnection(BroadcastTarget(f"rtmp://127.0.0.1:{server.port}/live", "key"))
    wait_until(lambda: opened(connection), 60)
    sound = np.zeros(12 * SOUND_RATE, np.float32)
    events = [1.05, 2.5, 3.7, 5.15, 7.0, 8.35, 10.2]
    for event in events:
        sound[round(event * SOUND_RATE) :][: SOUND_RATE // 100] = 0.8
    sent = 0
    for turn in range(round(12 * FPS)):
        seconds = turn / FPS
        lit = any(event <= seconds < event + 0.4 for event in events)
        connection.send(plain(STYLED if lit else PLACEHOLDER), seconds)
        until = round(seconds * SOUND_RATE)
        connection.send_sound(sound[sent:until])
        sent = until
    connection.close()
    wait_until(lambda: server.received() > 0, 20)
    server.wait()
    clicks, flashes = server.clicks(), server.flashes()
    assert len(clicks) == len(flashes) == len(events)
    assert np.subtract(clicks, flashes) == pytest.approx(0, abs=0.02)


def opened(connection: RtmpConnection) -> bool:
    """Whether it could be opened; the server may not listen yet."""
    try:
        connection.open(SIZE, FPS)
    except SinkError:
        return False
    return True
