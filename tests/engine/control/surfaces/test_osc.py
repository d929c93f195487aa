"""OSC with a sender and a receiver of the library, on loopback."""

import queue
import socket
import struct
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from pythonosc.osc_bundle_builder import OscBundleBuilder
from pythonosc.osc_message_builder import OscMessageBuilder
from pythonosc.udp_client import SimpleUDPClient

from engine.control.commands import (
    PANIC,
    Action,
    Adjust,
    ApplyPreset,
    ChooseStyle,
    Command,
    Do,
    GoToCue,
    SetBlend,
    SetMark,
)
from engine.control.settings import OscSettings
from engine.control.status import Status
from engine.control.surfaces.osc import OscSurface, command_of, read_packet
from engine.errors import SettingError
from engine.settings import LiveSettings
from tests.engine.control.hosts import Host

MOST_S = 60.0


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def host() -> Iterator[Host]:
    host = Host()
    yield host
    host.close()


@pytest.fixture
def peer() -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.bind(("127.0.0.1", 0))
        peer.settimeout(MOST_S)
        yield peer


@pytest.fixture
def osc(host: Host, peer: socket.socket) -> Iterator[OscSurface]:
    osc = OscSurface(host.inbox, host.board)
    osc.apply(OscSettings(on=True, receives=free_port(), sends=peer.getsockname()[1]))
    yield osc
    assert osc.close()


def wait_for(host: Host, *commands: Command) -> None:
    until = time.monotonic() + MOST_S
    while not set(commands) <= set(host.obeyed):
        assert time.monotonic() < until, host.obeyed
        time.sleep(0.01)


def client(osc: OscSurface) -> SimpleUDPClient:
    assert osc.port is not None
    return SimpleUDPClient("127.0.0.1", osc.port)


@pytest.mark.parametrize(
    ("address", "arguments", "command"),
    [
        ("/live2diff/panic", [], PANIC),
        ("/live2diff/panic", [1.0], PANIC),
        ("/live2diff/panic", [0], None),
        ("/live2diff/release", [True], Do(Action.RELEASE)),
        ("/live2diff/style", ["ink"], ChooseStyle("ink")),
        ("/live2diff/style/next", [1], Do(Action.NEXT_STYLE)),
        ("/live2diff/preset", ["Evening"], ApplyPreset("Evening")),
        ("/live2diff/blend", ["oil", 0.25], SetBlend("oil", 0.25)),
        ("/live2diff/blend", [0.25], SetBlend(weight=0.25)),
        ("/live2diff/strength", [0.5], Adjust(strength=0.5)),
        ("/live2diff/steps", [2.2], Adjust(steps=2)),
        ("/live2diff/cue", [3], GoToCue(3)),
        ("/live2diff/mark", [0], SetMark(shown=False)),
        ("/live2diff/strength", ["much"], None),
        ("/live2diff/strength", [float("nan")], None),
        ("/live2diff/strength", [], None),
        ("/live2diff/style", [3], None),
        ("/live2diff/original", [1], None),
        ("/elsewhere/panic", [], None),
        ("panic", [], None),
    ],
)
def test_each_address_stands_for_a_command(
    address: str, arguments: list[Any], command: Command | None
) -> None:
    assert command_of(address, arguments) == command


def test_messages_of_the_peer_are_obeyed(osc: OscSurface, host: Host) -> None:
    client(osc).send_message("/live2diff/style", "ink")
    client(osc).send_message("/live2diff/strength", 0.5)
    wait_for(host, ChooseStyle("ink"), Adjust(strength=0.5))


def test_a_bundle_for_years_ahead_is_obeyed_at_once(osc: OscSurface, host: Host) -> None:
    bundle = OscBundleBuilder(int(time.time()) + 200_000_000)
    message = OscMessageBuilder("/live2diff/panic")
    bundle.add_content(message.build())
    client(osc).send(bundle.build())
    wait_for(host, PANIC)


def test_what_is_broken_is_passed_over(osc: OscSurface, host: Host) -> None:
    assert osc.port is not None
    deep = b""
    for _ in range(400):
        deep = b"#bundle\0" + struct.pack(">QI", 1, len(deep)) + deep
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
        for packet in (
            b"",
            b"\xff" * 50,
            b"#bundle\0",
            deep[:8000],
        ):
            stranger.sendto(packet, ("127.0.0.1", osc.port))
            assert read_packet(packet) == []
    client(osc).send_message("/live2diff/panic", 1)
    wait_for(host, PANIC)
    assert host.obeyed == [PANIC]


def test_packets_of_another_address_are_not_looked_at(host: Host) -> None:
    osc = OscSurface(host.inbox, host.board)
    osc.apply(OscSettings(on=True, peer="192.0.2.7", receives=free_port(), sends=free_port()))
    client(osc).send_message("/live2diff/panic", 1)
    time.sleep(0.3)
    assert osc.close()
    assert host.obeyed == []


def test_the_peer_is_told_every_change_once(
    osc: OscSurface, host: Host, peer: socket.socket
) -> None:
    told: queue.SimpleQueue[tuple[str, list[Any]]] = queue.SimpleQueue()

    def receive_until(address: str, value: object) -> list[str]:
        seen = []
        while True:
            for message in read_packet(peer.recv(8192)):
                told.put(message)
                seen.append(message[0])
                if message == (address, [value]):
                    return seen

    first = receive_until("/live2diff/cue", 0)
    assert "/live2diff/session" in first
    host.board.show_status(replace(Status(), live=LiveSettings(style="ink")))
    assert receive_until("/live2diff/style", "ink") == ["/live2diff/style"]


def test_a_port_that_is_taken_is_said(osc: OscSurface, host: Host) -> None:
    second = OscSurface(host.inbox, host.board)
    with pytest.raises(SettingError, match="cannot be received"):
        second.apply(OscSettings(on=True, receives=osc.port or 0))
    assert second.close()


@pytest.mark.parametrize("peer", ["", "localhost", "0.0.0.0", "1.2.3", "::1"])
def test_a_peer_is_an_address_in_digits(peer: str) -> None:
    with pytest.raises(SettingError):
        OscSettings(peer=peer)
