"""Nonsense, floods and strangers on the socket."""

from __future__ import annotations

import json
import os
import socket
import struct
import subprocess
import time
from collections.abc import Callable, Iterator

import psutil
import pytest

from engine.virtual_camera.messages import (
    ApplicationState,
    FrameReady,
    Hello,
    Message,
    Welcome,
    build_id,
    decode,
    encode,
)
from engine.virtual_camera.transport.base import MAX_MESSAGE
from tests.engine.virtual_camera.faults.application import FPS, SIZE
from tests.engine.virtual_camera.faults.stage import Stage
from tests.engine.virtual_camera.helpers import wait_until

Measured = Callable[[float | None, int], None]


class Peer:
    """A bare socket that says what it likes."""

    def __init__(self, stage: Stage) -> None:
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.connect(str(stage.folder / "camera.sock"))
        self.socket.settimeout(3)

    def say(self, *messages: bytes) -> None:
        """Messages, framed as they should be."""
        for message in messages:
            self.socket.sendall(struct.pack("<I", len(message)) + message)

    def hear(self) -> Message:
        """The next message."""
        (length,) = struct.unpack("<I", self._read(4))
        return decode(self._read(length))

    def own(self) -> int:
        """Become the owner; the nonce."""
        self.say(encode(Hello(build_id())))
        welcome = self.hear()
        assert isinstance(welcome, Welcome), welcome
        return welcome.owner

    def closed(self) -> bool:
        """Whether the publisher has ended the connection."""
        try:
            while self.socket.recv(65536):
                pass
        except ConnectionError:
            pass
        except TimeoutError:
            return False
        return True

    def _read(self, length: int) -> bytes:
        data = b""
        while len(data) < length:
            data += self.socket.recv(length - len(data))
        return data


@pytest.fixture
def unowned(stage: Stage) -> Stage:
    """A publisher that is up and has no owner."""
    stage.live("original").kill()
    stage.until_no_raw(time.monotonic())
    return stage


@pytest.fixture
def peer(unowned: Stage) -> Iterator[Peer]:
    peer = Peer(unowned)
    yield peer
    peer.socket.close()


def _state(owner: int, session: int = 7, **changes: int | float) -> bytes:
    values = {"width": SIZE.width, "height": SIZE.height, "fps": FPS} | changes
    return encode(ApplicationState(owner, session, False, **values))  # type: ignore[arg-type]


GARBAGE = {
    "zeros": bytes(4096),
    "text": b"GET / HTTP/1.1\r\n\r\n",
    "a length that is too great": struct.pack("<I", MAX_MESSAGE + 1),
    "the greatest length": b"\xff\xff\xff\xff",
    "a kind that there is not": b"",
    "an empty message": struct.pack("<I", 0),
}


@pytest.mark.parametrize("kind", GARBAGE)
def test_garbage_from_a_stranger_is_shut_out(
    unowned: Stage, peer: Peer, measured: Measured, kind: str
) -> None:
    since = time.monotonic()
    if kind == "a kind that there is not":
        peer.say(json.dumps(["Command", 1]).encode())
    else:
        peer.socket.sendall(GARBAGE[kind])
    assert peer.closed()
    wait_until(lambda: len(unowned.entries(since)) > 5)
    measured(None, unowned.raw(since))
    assert unowned.raw(since) == 0


@pytest.mark.parametrize(
    "data",
    [b"\x00\xff" * 100, b"[" * 5000, b'["FrameReady"]', b'["ApplicationState", 1]', b"9" * 4000],
    ids=["bytes", "nested", "too few", "too few of a state", "a long number"],
)
def test_garbage_from_the_owner_ends_its_ownership(
    unowned: Stage, peer: Peer, measured: Measured, data: bytes
) -> None:
    owner = peer.own()
    since = time.monotonic()
    peer.say(_state(owner), data)
    assert peer.closed()
    wait_until(lambda: len(unowned.entries(since)) > 5)
    assert set(unowned.entries(since)["frame"]) == {-1}
    unowned.live()
    measured(None, unowned.raw(since))


@pytest.mark.parametrize(
    ("slot", "sequence"), [(4, 1), (5, 1), (2**62, 1), (0, 0)], ids=["4", "5", "2**62", "again"]
)
def test_a_slot_that_there_is_not_ends_the_ownership(
    unowned: Stage, peer: Peer, measured: Measured, slot: int, sequence: int
) -> None:
    owner = peer.own()
    memory = peer.hear().memory  # type: ignore[union-attr]
    since = time.monotonic()
    frame = FrameReady(owner, memory, sequence, slot, 7, False, 1, 0.0)
    peer.say(_state(owner), encode(frame))
    assert peer.closed()
    measured(None, unowned.raw(since))
    assert set(unowned.entries(since)["frame"]) <= {-1}


def test_a_message_with_another_nonce_ends_the_ownership(
    unowned: Stage, peer: Peer, measured: Measured
) -> None:
    owner = peer.own()
    since = time.monotonic()
    peer.say(_state(owner ^ 1))
    assert peer.closed()
    measured(None, unowned.raw(since))


def test_a_stranger_that_knows_the_nonce_commands_nothing(
    unowned: Stage, peer: Peer, measured: Measured
) -> None:
    owner = peer.own()
    other = Peer(unowned)
    other.say(_state(owner))
    assert other.closed()
    peer.say(_state(owner))
    time.sleep(0.1)
    assert unowned.publisher
    assert psutil.Process(unowned.publisher).is_running()
    measured(None, unowned.raw(time.monotonic()))


@pytest.mark.parametrize(
    ("width", "height", "fps"),
    [(0, 0, 30), (3, 3, 30), (2**62, 64, 30), (96, 2**62, 30), (97, 64, 30), (96, 64, 0),
     (96, 64, 1e300)],
)  # fmt: skip
def test_a_format_that_no_camera_has_is_left_alone(
    unowned: Stage, peer: Peer, measured: Measured, width: int, height: int, fps: float
) -> None:
    owner = peer.own()
    peer.say(_state(owner, width=width, height=height, fps=fps))
    time.sleep(0.3)
    since = time.monotonic()
    wait_until(lambda: len(unowned.entries(since)) > 5)
    assert unowned.log.raw().shape == (SIZE.height, SIZE.width, 2)
    measured(None, unowned.raw(since))


def test_connections_that_say_nothing_are_dropped_and_keep_nobody_out(
    unowned: Stage, measured: Measured
) -> None:
    silent = [Peer(unowned) for _ in range(12)]
    unowned.live()
    wait_until(lambda: all(peer.closed() for peer in silent), 15)
    measured(None, unowned.raw(time.monotonic()))


def test_half_a_message_is_no_message(unowned: Stage, peer: Peer, measured: Measured) -> None:
    peer.socket.sendall(struct.pack("<I", 100) + b'["Hello"')
    unowned.live()
    assert peer.closed()
    measured(None, unowned.raw(time.monotonic()))


def test_a_flood_of_connections_stops_no_picture(unowned: Stage, measured: Measured) -> None:
    unowned.live()
    since, files = time.monotonic(), psutil.Process(unowned.publisher).num_fds()
    while time.monotonic() - since < 2:
        Peer(unowned).socket.close()
    assert len(unowned.entries(since)) > 2 * FPS * 0.7
    wait_until(lambda: psutil.Process(unowned.publisher).num_fds() <= files + 1)
    measured(None, unowned.raw(since))
    assert unowned.raw(since) == 0


def test_a_flood_of_the_owners_own_messages_stops_no_picture(
    unowned: Stage, peer: Peer, measured: Measured
) -> None:
    owner = peer.own()
    since, message = time.monotonic(), _state(owner)
    framed = (struct.pack("<I", len(message)) + message) * 50
    peer.socket.setblocking(False)
    while time.monotonic() - since < 2:
        try:
            peer.socket.send(framed)  # what does not fit cuts a message: the end of this owner
        except BlockingIOError:
            time.sleep(0.001)
        except ConnectionError:
            break
    wait_until(lambda: time.monotonic() - since > 2, 3)
    assert len(unowned.entries(since)) > 2 * FPS * 0.7
    measured(None, unowned.raw(since))


def test_an_owner_that_never_reads_holds_up_nothing(
    unowned: Stage, peer: Peer, measured: Measured
) -> None:
    owner = peer.own()
    since = time.monotonic()
    while time.monotonic() - since < 3:
        peer.say(_state(owner, session=int(1000 * time.monotonic())))
        time.sleep(0.0005)
    assert len(unowned.entries(since)) > 3 * FPS * 0.7
    measured(None, unowned.raw(since))


def test_open_files_that_a_stranger_sends_are_not_kept(
    unowned: Stage, peer: Peer, measured: Measured
) -> None:
    owner = peer.own()
    files = _open_files(unowned)
    message = _state(owner)
    for _ in range(50):
        framed = struct.pack("<I", len(message)) + message
        socket.send_fds(peer.socket, [framed], [0, 1, 2])
    assert _open_files(unowned) == files
    measured(None, unowned.raw(time.monotonic()))


def _open_files(stage: Stage) -> int:
    """Of the publisher, once it opens and closes no more: under load it is late with its own."""
    publisher, before, now = psutil.Process(stage.publisher), -1, 0
    while now != before:
        before = now
        time.sleep(0.5)
        now = publisher.num_fds()
    return now


@pytest.mark.skipif(os.name == "nt" or os.getuid() != 0, reason="only root can become another")
def test_another_user_is_shut_out_even_where_the_folder_lets_him_in(
    unowned: Stage, measured: Measured
) -> None:
    for folder in (unowned.folder, *unowned.folder.parents):
        if str(folder) != "/":
            folder.chmod(folder.stat().st_mode | 0o011)
    (unowned.folder / "camera.sock").chmod(0o777)
    code = "import os, socket, sys; os.setgid(65534); os.setuid(65534)\n"
    code += "s = socket.socket(socket.AF_UNIX); s.connect(sys.argv[1]); s.settimeout(3)\n"
    code += "try: s.sendall(bytes.fromhex(sys.argv[2])); print(s.recv(100))\n"
    code += "except ConnectionError: print(b'')"
    hello = encode(Hello(build_id()))
    done = subprocess.run(
        ["/usr/bin/python3", "-c", code, str(unowned.folder / "camera.sock"),
         (struct.pack("<I", len(hello)) + hello).hex()],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout == "b''\n", done.stderr
    since = time.monotonic()
    unowned.folder.chmod(0o700)
    unowned.live()
    measured(None, unowned.raw(since))


def test_frames_of_an_ended_session_are_not_shown(
    unowned: Stage, peer: Peer, measured: Measured
) -> None:
    owner = peer.own()
    memory = peer.hear().memory  # type: ignore[union-attr]
    since = time.monotonic()
    for session, announced in ((7, 8), (0, 7), (0, 0)):
        peer.say(_state(owner, session))
        sequence = 1 + session + announced
        peer.say(encode(FrameReady(owner, memory, 100 - sequence * 3, 0, announced, False, 5, 0.0)))
        time.sleep(0.1)
    assert 5 not in unowned.entries(since)["frame"]
    measured(None, unowned.raw(since))
