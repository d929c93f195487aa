"""The node of PipeWire as other programs meet it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from engine.errors import SinkError
from engine.frames import Pixels, Size, StyledFrame
from engine.virtual_camera.client import PublisherClient, PublisherSink
from engine.virtual_camera.devices.pipewire_camera import PipeWireCamera
from engine.virtual_camera.protocol import CameraKind, CameraSettings, PublisherState
from tests.engine.virtual_camera.helpers import wait_until
from tests.pipewire.conftest import SLOW, Desktop
from tests.pipewire.readers import GStreamerReader, nodes
from tests.virtual_camera.picture import grey, test_card, worst_patch_error

SIZE = Size(640, 480)


class Sender:
    """An application that shows one picture, in a thread."""

    def __init__(self, folder: Path) -> None:
        self.client = PublisherClient(CameraSettings(SIZE, 30.0), folder=folder)
        self.client.start()
        self.picture: Pixels = grey(SIZE, 190)
        self._sink: PublisherSink = self.client.sink()
        self._ended = threading.Event()
        wait_until(lambda: self.client.status().state is PublisherState.SENDING, SLOW)
        self._sink.open(SIZE, 30.0)
        self._thread = threading.Thread(target=self._send)
        self._thread.start()

    def close(self) -> None:
        self._ended.set()
        self._thread.join()
        self._sink.close()
        self.client.close()

    def _send(self) -> None:
        number = 0
        while not self._ended.wait(1 / 30):
            number += 1
            self._sink.send(StyledFrame(self.picture, number, time.monotonic()))


@pytest.fixture
def sender(desktop: Desktop) -> Iterator[Sender]:
    sender = Sender(desktop.runtime / "live2diff-camera")
    yield sender
    sender.close()


@pytest.fixture
def read(desktop: Desktop) -> Iterator[Callable[[], GStreamerReader]]:
    """Starts a reader."""
    readers: list[GStreamerReader] = []

    def begin() -> GStreamerReader:
        readers.append(GStreamerReader(SIZE))
        return readers[-1]

    yield begin
    for reader in readers:
        reader.close()


def test_the_node_is_listed_as_a_camera_with_its_name_and_one_format(sender: Sender) -> None:
    (node,) = nodes()
    properties = node["info"]["props"]
    (format_,) = node["info"]["params"]["EnumFormat"]
    assert properties["media.class"] == "Video/Source"
    assert properties["media.role"] == "Camera"
    assert properties["node.description"] == "Live2Diff Camera"
    assert format_["format"] == "YUY2"
    assert format_["size"] == {"width": 640, "height": 480}
    assert format_["framerate"] == {"num": 30, "denom": 1}
    assert "colorMatrix" in format_


def test_the_status_names_the_way_and_no_other(sender: Sender) -> None:
    assert sender.client.status().kinds == {CameraKind.PIPEWIRE}


def test_colours_are_kept_within_12_of_255(
    sender: Sender, read: Callable[[], GStreamerReader]
) -> None:
    sender.picture = test_card(SIZE, 5)
    reader = read()
    wait_until(lambda: reader.frames >= 20, SLOW)
    assert reader.last is not None
    assert worst_patch_error(reader.last) <= 12


def test_it_tells_whether_anybody_watches(
    sender: Sender, read: Callable[[], GStreamerReader]
) -> None:
    wait_until(lambda: sender.client.status().watched is False, SLOW)
    reader = read()
    wait_until(lambda: sender.client.status().watched is True, SLOW)
    reader.close()
    wait_until(lambda: sender.client.status().watched is False, SLOW)


def test_two_readers_get_every_picture_and_one_that_hangs_does_not_hold_up_the_other(
    sender: Sender, read: Callable[[], GStreamerReader]
) -> None:
    one, other = read(), read()
    wait_until(lambda: min(one.frames, other.frames) >= 30, SLOW)
    other.stop(on=True)
    before = one.frames
    wait_until(lambda: one.frames >= before + 60, SLOW)
    other.stop(on=False)
    before = other.frames
    wait_until(lambda: other.frames >= before + 30, SLOW)
    assert not one.ended
    assert not other.ended


def test_a_reader_keeps_its_size_when_another_is_asked_for(
    sender: Sender, read: Callable[[], GStreamerReader]
) -> None:
    reader = read()
    wait_until(lambda: reader.frames >= 10, SLOW)
    sender.client.set_up(Size(320, 240), 30.0)
    before = reader.frames
    wait_until(lambda: reader.frames >= before + 60, SLOW)
    assert not reader.ended
    assert nodes()[0]["info"]["params"]["EnumFormat"][0]["size"] == {"width": 640, "height": 480}


def test_with_nobody_watching_the_size_changes_at_once(sender: Sender) -> None:
    sender.client.set_up(Size(320, 240), 30.0)
    wait_until(
        lambda: [n["info"]["params"]["EnumFormat"][0]["size"]["width"] for n in nodes()] == [320],
        SLOW,
    )


def test_the_camera_comes_back_by_itself_when_pipewire_does(
    sender: Sender, desktop: Desktop, read: Callable[[], GStreamerReader]
) -> None:
    desktop.stop()
    wait_until(lambda: sender.client.status().state is PublisherState.UNAVAILABLE, SLOW)
    desktop.start()
    wait_until(lambda: sender.client.status().state is PublisherState.SENDING, SLOW)
    wait_until(lambda: len(nodes()) == 1, SLOW)
    reader = read()
    wait_until(lambda: reader.styled >= 10, SLOW)


def test_without_pipewire_there_is_a_sentence_and_a_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    with pytest.raises(SinkError, match="PipeWire is not running"):
        PipeWireCamera(SIZE, 30.0)


def test_a_picture_is_dropped_while_nobody_reads(desktop: Desktop) -> None:
    camera = PipeWireCamera(SIZE, 30.0)
    try:
        for _ in range(100):  # more than there could ever be buffers
            camera.send(np.zeros((480, 640, 2), np.uint8), 0)
        assert camera.watched() is False
    finally:
        camera.close()
