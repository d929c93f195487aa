"""NDI with a runtime that only notes what it is given: none may be passed on with this program."""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
import pytest

from engine.errors import RefusedError, SettingError, SinkError
from engine.video.broadcast import ndi as module
from engine.video.broadcast.ndi import NdiConnection
from engine.video.broadcast.sink import connection_for
from engine.video.broadcast.target import BroadcastTarget
from tests.engine.video.broadcast.pictures import FPS, SIZE, STYLED, plain

TARGET = BroadcastTarget("ndi://Studio%202")


class Runtime:
    """Reads what the pointers show to while the call lasts, as the real one does."""

    def __init__(self, works: bool = True, sender: int = 7) -> None:
        self.works, self.sender = works, sender
        self.name = b""
        self.pictures: list[tuple[np.ndarray[Any, Any], tuple[int, ...]]] = []
        self.sound: list[np.ndarray[Any, Any]] = []
        self.destroyed: list[int] = []

    def NDIlib_initialize(self) -> bool:  # noqa: N802
        return self.works

    def NDIlib_send_create(self, asked: Any) -> int:  # noqa: N802
        self.name = asked._obj.name
        return self.sender

    def NDIlib_send_send_video_v2(self, sender: int, given: Any) -> None:  # noqa: N802
        frame = given._obj
        count = frame.height * frame.stride
        data = (ctypes.c_uint8 * count).from_address(frame.data)
        picture = np.array(data, np.uint8).reshape(frame.height, frame.stride // 4, 4)
        self.pictures.append(
            (picture, (frame.width, frame.height, frame.four_cc, frame.rate, frame.rate_divisor))
        )

    def NDIlib_send_send_audio_v2(self, sender: int, given: Any) -> None:  # noqa: N802
        frame = given._obj
        assert (frame.rate, frame.channels) == (48_000, 1)
        data = (ctypes.c_float * frame.samples).from_address(frame.data)
        self.sound.append(np.array(data, np.float32))

    def NDIlib_send_destroy(self, sender: int) -> None:  # noqa: N802
        self.destroyed.append(sender)


def test_pictures_and_sound_reach_the_runtime_under_the_chosen_name() -> None:
    runtime = Runtime()
    connection = NdiConnection(TARGET, runtime)
    connection.open(SIZE, FPS)
    connection.send(plain(STYLED), 0.0)
    connection.send_sound(np.zeros(0, np.float32))
    connection.send_sound(np.linspace(-1, 1, 960, dtype=np.float32))
    connection.close()
    connection.close()
    assert runtime.name == b"Studio 2"
    (picture, described), (sound,) = runtime.pictures[0], runtime.sound
    assert described == (SIZE.width, SIZE.height, 0x58424752, 20, 1)
    assert (picture[..., :3] == STYLED).all()
    assert np.array_equal(sound, np.linspace(-1, 1, 960, dtype=np.float32))
    assert runtime.destroyed == [7]


def test_without_the_runtime_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_NAMES", {})
    connection = connection_for(TARGET)
    assert isinstance(connection, NdiConnection)
    with pytest.raises(RefusedError, match="its own runtime, which is not installed"):
        connection.open(SIZE, FPS)


def test_a_runtime_that_does_not_work_is_said_and_a_sender_it_does_not_give_is_tried_again() -> (
    None
):
    with pytest.raises(RefusedError, match="does not work on this computer"):
        NdiConnection(TARGET, Runtime(works=False)).open(SIZE, FPS)
    with pytest.raises(SinkError, match="interrupted") as raised:
        NdiConnection(TARGET, Runtime(sender=0)).open(SIZE, FPS)
    assert not isinstance(raised.value, RefusedError)


def test_a_name_is_needed() -> None:
    with pytest.raises(SettingError, match="no address of a broadcast"):
        BroadcastTarget("ndi://")
    assert BroadcastTarget("ndi://Studio").ndi_name == "Studio"
    assert BroadcastTarget("rtmp://127.0.0.1/live").ndi_name == ""
