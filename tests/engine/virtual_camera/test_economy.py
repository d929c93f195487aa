"""Neither side says more than the other needs."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from engine.frames import Size
from engine.virtual_camera import link as link_module
from engine.virtual_camera.link import PublisherLink
from engine.virtual_camera.messages import (
    ApplicationState,
    CameraStatus,
    FrameReady,
    Hello,
    MemoryGranted,
    Message,
    Welcome,
    build_id,
    decode,
    encode,
)
from engine.virtual_camera.process.owner_link import OwnerLink
from engine.virtual_camera.protocol import HEARTBEAT_EVERY, STALE_AFTER, STATUS_EVERY
from engine.virtual_camera.transport.base import Channel

SIZE = Size(96, 64)
STATUS = CameraStatus(True, 1, None, 96, 64, 0, 0, "Camera", "", "", "")


class Wire:
    """A connection's end whose peer is the test."""

    def __init__(self) -> None:
        self.peer_process = None
        self.waitable, self._other = socket.socketpair()
        self.sent: list[Message] = []
        self.arriving: list[Message] = []
        self.visits = 0

    def send(self, message: bytes, handle: int | None = None) -> bool:
        self.sent.append(decode(message))
        return True

    def receive(self, most: int) -> list[bytes]:
        self.visits += 1
        arrived, self.arriving = self.arriving[:most], self.arriving[most:]
        return [encode(message) for message in arrived]

    def take_handle(self) -> int | None:
        return None

    def close(self) -> None:
        self.waitable.close()
        self._other.close()

    def heard(self, kind: type[Message]) -> list[Message]:
        """What was sent of this kind."""
        return [message for message in self.sent if isinstance(message, kind)]


class Door:
    """A listener at which the wire waits."""

    waitable = None

    def __init__(self, wire: Wire) -> None:
        self._wires: list[Channel] = [wire]

    def accept(self) -> Channel | None:
        return self._wires.pop() if self._wires else None

    def reachable(self) -> bool:
        return True

    def close(self) -> None:
        """Nothing is open."""


@pytest.fixture
def wire() -> Iterator[Wire]:
    wire = Wire()
    yield wire
    wire.close()


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The clock's time, to be set."""
    now = [100.0]
    monkeypatch.setattr(link_module.time, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def owner(wire: Wire, moment: list[float]) -> Iterator[OwnerLink]:
    """A publisher's end that has granted the wire its memory and heard a first state."""
    owner = OwnerLink(Door(wire), clock=lambda: moment[0])
    owner.use_size(SIZE)
    wire.arriving.append(Hello(build_id()))
    owner.serve(0)
    welcome = wire.heard(Welcome)[0]
    assert isinstance(welcome, Welcome)
    wire.arriving.append(ApplicationState(welcome.owner, 7, False, 96, 64, 30.0))
    owner.serve(0)
    yield owner
    owner.use_size(None)
    owner.close()


def announce(wire: Wire, owner: OwnerLink, sequence: int) -> None:
    """A frame that is heard and shown."""
    granted, welcome = wire.heard(MemoryGranted)[-1], wire.heard(Welcome)[-1]
    assert isinstance(granted, MemoryGranted)
    assert isinstance(welcome, Welcome)
    wire.arriving.append(
        FrameReady(welcome.owner, granted.memory, sequence, sequence % 4, 7, False, sequence, 0.0)
    )
    owner.serve(0)
    assert owner.take_frame(lambda _: None) is not None


def test_what_is_wanted_is_said_at_a_change_and_as_a_sign_of_life(
    wire: Wire, moment: list[float]
) -> None:
    link = PublisherLink(wire)
    wire.arriving.append(Welcome(5, 1))
    link.hear()
    for _ in range(3):
        link.send_state(0, False, SIZE, 30.0)
    assert len(wire.heard(ApplicationState)) == 1
    link.send_state(0, True, SIZE, 30.0)
    assert len(wire.heard(ApplicationState)) == 2
    moment[0] += HEARTBEAT_EVERY
    link.send_state(0, True, SIZE, 30.0)
    assert len(wire.heard(ApplicationState)) == 3
    assert 4 * HEARTBEAT_EVERY < STALE_AFTER


def test_a_status_goes_out_when_it_is_news_or_due(
    wire: Wire, owner: OwnerLink, moment: list[float]
) -> None:
    for _ in range(3):
        owner.tell(STATUS)
    assert len(wire.heard(CameraStatus)) == 1
    moment[0] += STATUS_EVERY
    owner.tell(STATUS)
    assert len(wire.heard(CameraStatus)) == 2


def test_the_owner_hears_of_free_slots_before_it_runs_short(wire: Wire, owner: OwnerLink) -> None:
    owner.tell(STATUS)
    announce(wire, owner, 1)
    owner.tell(STATUS)
    assert len(wire.heard(CameraStatus)) == 1  # of the four slots, it knows three to be free
    announce(wire, owner, 2)
    owner.tell(STATUS)
    told = wire.heard(CameraStatus)[-1]
    assert isinstance(told, CameraStatus)
    assert told.released == 2


def test_an_owner_is_visited_once_a_turn(wire: Wire, owner: OwnerLink) -> None:
    before = wire.visits
    owner.serve(0)
    assert wire.visits == before + 1
