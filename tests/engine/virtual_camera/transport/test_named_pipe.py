"""Windows' kind of connection, over the sockets that the standard library has on this system."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.virtual_camera.transport.base import ChannelLostError
from engine.virtual_camera.transport.named_pipe import (
    ADDRESS_NAME,
    NamedPipeListener,
    PipeChannel,
    connect_pipe,
)
from tests.engine.virtual_camera.helpers import wait_until

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows runs the real thing")


@pytest.fixture
def listener(tmp_path: Path) -> Iterator[NamedPipeListener]:
    listener = NamedPipeListener(tmp_path, "AF_UNIX")
    yield listener
    listener.close()


def _accepted(listener: NamedPipeListener) -> PipeChannel:
    found: list[PipeChannel] = []

    def accepted() -> bool:
        channel = listener.accept()
        found.extend([channel] if channel is not None else [])
        return bool(found)

    wait_until(accepted)
    return found[0]


def _received(channel: PipeChannel, number: int) -> list[bytes]:
    messages: list[bytes] = []

    def all_there() -> bool:
        messages.extend(channel.receive(number))
        return len(messages) == number

    wait_until(all_there)
    return messages


def test_messages_arrive_in_order_both_ways(listener: NamedPipeListener, tmp_path: Path) -> None:
    near = connect_pipe(tmp_path)
    assert near is not None
    far = _accepted(listener)
    for number in range(20):
        assert near.send(b"%d" % number)
    assert _received(far, 20) == [b"%d" % number for number in range(20)]
    assert far.send(b"answer")
    assert _received(near, 1) == [b"answer"]
    near.close()
    far.close()


def test_the_end_of_one_side_is_seen_by_the_other(
    listener: NamedPipeListener, tmp_path: Path
) -> None:
    near = connect_pipe(tmp_path)
    assert near is not None
    far = _accepted(listener)
    near.close()

    def lost() -> bool:
        try:
            far.receive(1)
        except ChannelLostError:
            return True
        return False

    wait_until(lost)
    far.close()


def test_a_wrong_key_is_turned_away(listener: NamedPipeListener, tmp_path: Path) -> None:
    file = tmp_path / ADDRESS_NAME
    text = file.read_text()
    file.write_text(text[:-10] + "00000000" + text[-2:])
    assert connect_pipe(tmp_path) is None
    assert not listener.reachable()
    file.write_text(text)
    again = connect_pipe(tmp_path)
    assert again is not None, "the listener goes on after a wrong key"
    _accepted(listener).close()
    again.close()


@pytest.mark.parametrize("text", ["", "nonsense", "[]", '["/nowhere", "00"]', '{"a": 1}'])
def test_an_address_that_leads_nowhere_is_no_publisher(tmp_path: Path, text: str) -> None:
    (tmp_path / ADDRESS_NAME).write_text(text)
    assert connect_pipe(tmp_path) is None
