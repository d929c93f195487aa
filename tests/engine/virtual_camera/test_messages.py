"""Messages survive the way, and nothing else is taken for one."""

from __future__ import annotations

import json
import random

import pytest

from engine.virtual_camera.messages import (
    ApplicationState,
    CameraStatus,
    FrameReady,
    Hello,
    MalformedMessageError,
    MemoryGranted,
    Message,
    PlaceholderReady,
    Refused,
    Welcome,
    decode,
    encode,
)

MESSAGES: list[Message] = [
    Hello("abc"),
    Welcome(2**62, 4321),
    Refused(busy=True),
    ApplicationState(2**62, 2**61, panic=True, width=1280, height=720, fps=29.97),
    FrameReady(1, 2, 3, 0, 5, original=True, frame=6, handed_over=7.5),
    PlaceholderReady(1, 2, 3),
    MemoryGranted(1, 1280, 720, ""),
    CameraStatus(True, 1, None, 1280, 720, 5, 6, "Live2Diff Camera", "/dev/video9", "", "v4l2"),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: type(message).__name__)
def test_a_message_arrives_as_it_was_sent(message: Message) -> None:
    assert decode(encode(message)) == message


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"[]", b"null", b"1", b"[1]", b'["Nothing"]', b'["Hello"]', b'["Hello", 1]',
     b'["Hello", "a", "b"]', b'["Refused", 1]', b'["Refused", null]', b'["Welcome", true, 1]',
     b'["Welcome", -1, 1]', b'["Welcome", 9223372036854775808, 1]', b'["Welcome", 1.0, 1]',
     b'["ApplicationState", 1, 2, false, 3, 4, NaN]',
     b'["ApplicationState", 1, 2, false, 3, 4, Infinity]',
     b'["ApplicationState", 1, 2, false, 3, 4, 1e999]', b"[" * 10_000, b"\xff\xfe",
     b'["Hello", "' + b"x" * 20_000 + b'"]'],
)  # fmt: skip
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(MalformedMessageError):
        decode(data)


def test_changed_messages_are_refused_or_are_messages() -> None:
    """20,000 messages with bytes changed, cut or doubled: no other error, and no wrong types."""
    chance = random.Random(16)
    for _ in range(20_000):
        data = bytearray(encode(chance.choice(MESSAGES)))
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(data))
            data[at : at + chance.randint(0, 2)] = chance.randbytes(chance.randint(0, 2))
            data = data or bytearray(b"[")
        try:
            message = decode(bytes(data))
        except MalformedMessageError:
            continue
        assert json.loads(encode(message))[0] == type(message).__name__
