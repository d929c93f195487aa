"""The publisher's loop, on a thread, with a camera that keeps what it was sent."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from engine.errors import SinkError
from engine.frames import Pixels, Size, StyledFrame
from engine.settings import FitMode
from engine.virtual_camera.client import PublisherSink
from engine.virtual_camera.pixel_formats import Prepared
from engine.virtual_camera.process.service import Publisher
from engine.virtual_camera.protocol import CameraSettings, OnAir
from engine.virtual_camera.shared_memory import SharedFrameBuffer

SIZE = Size(96, 64)
SETTINGS = CameraSettings(SIZE, fps=60)
PLACEHOLDER = np.full((64, 96, 3), 11, np.uint8)


class Camera:
    """Keeps the first value of every picture; breaks when told."""

    name = "Test camera"

    def __init__(self, size: Size = SIZE) -> None:
        self.size = size
        self.sent: list[int] = []
        self.broken = False
        self.closed = False

    def blank(self) -> Prepared:
        return np.zeros((self.size.height, self.size.width, 3), np.uint8)

    def prepare(self, pixels: Pixels, out: Prepared) -> None:
        np.copyto(out, pixels)

    def send(self, picture: Prepared, frame: int) -> None:
        if self.broken:
            raise SinkError("The camera broke.", "Mend it.")
        self.sent.append(int(picture[20, 30, 0]))

    def watched(self) -> bool | None:
        return True

    def close(self) -> None:
        self.closed = True


class Rig:
    """A publisher on a thread, and the application's side of it."""

    def __init__(self, folder: Path) -> None:
        self.cameras = [Camera()]
        self.settings: list[CameraSettings] = []
        self.problem: SinkError | None = None
        self.frames = SharedFrameBuffer(folder)
        self._application = SharedFrameBuffer(folder)
        self.publisher = Publisher(self.frames, SETTINGS, self._open, PLACEHOLDER)
        self.sink = PublisherSink(self._application, FitMode.LETTERBOX)
        self.signals = self._application.signals
        self._thread = threading.Thread(target=self.publisher.run)
        self._thread.start()

    def _open(self, settings: CameraSettings) -> Camera:
        self.settings.append(settings)
        if self.problem is not None:
            raise self.problem
        if self.cameras[-1].closed:
            self.cameras.append(Camera(settings.size))
        return self.cameras[-1]

    @property
    def sent(self) -> list[int]:
        return self.cameras[-1].sent

    def show(self, value: int, *, original: bool = False) -> None:
        self.signals.heartbeat += 1
        pixels = np.full((64, 96, 3), value, np.uint8)
        self.sink.send(StyledFrame(pixels, 0, 0.0, original=original))

    def want(self, size: Size, fps: float) -> None:
        self.signals.requested_width, self.signals.requested_height = size.width, size.height
        self.signals.requested_fps = fps
        self.signals.request_number += 1

    def wait(self, ready: Callable[[], bool]) -> None:
        until = time.monotonic() + 3
        while not ready():
            assert time.monotonic() < until, "it never happened"
            time.sleep(0.005)

    def live(self, value: int = 99) -> None:
        self.sink.open(SIZE, 60)
        self.show(value)
        self.wait(lambda: bool(self.sent) and self.sent[-1] == value)

    def end(self) -> None:
        self.publisher.stop()
        self._thread.join(5)
        assert not self._thread.is_alive()
        del self.signals
        self.frames.close()


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    rig = Rig(tmp_path)
    rig.wait(lambda: bool(rig.sent))
    yield rig
    rig.end()


def test_the_placeholder_goes_out_before_any_frame(rig: Rig) -> None:
    rig.wait(lambda: len(rig.sent) > 3)
    assert set(rig.sent) == {11}


def test_the_newest_frame_is_repeated_at_the_steady_rate(rig: Rig) -> None:
    rig.live(99)
    before = len(rig.sent)
    time.sleep(0.5)
    assert len(rig.sent) - before == pytest.approx(30, abs=6)
    assert set(rig.sent[before:]) == {99}


def test_closing_the_session_brings_the_placeholder_and_keeps_the_camera(rig: Rig) -> None:
    rig.live()
    rig.sink.close()
    rig.wait(lambda: rig.sent[-1] == 11)
    assert not rig.cameras[-1].closed


def test_panic_takes_one_picture(rig: Rig) -> None:
    rig.live()
    rig.signals.panic = 1
    before = len(rig.sent)
    rig.wait(lambda: len(rig.sent) > before + 3)
    assert set(rig.sent[before + 1 :]) == {11}
    assert rig.signals.on_air == OnAir.PANIC


def test_silence_brings_the_placeholder_within_two_seconds(rig: Rig) -> None:
    rig.live()
    began = time.monotonic()
    rig.wait(lambda: rig.sent[-1] == 11)
    assert 0.9 < time.monotonic() - began < 2.0


def test_a_new_session_never_shows_the_last_ones_frame(rig: Rig) -> None:
    rig.live(99)
    rig.sink.open(SIZE, 60)
    before = len(rig.sent)
    rig.wait(lambda: len(rig.sent) > before + 3)
    assert set(rig.sent[before + 1 :]) == {11}


def test_blanking_brings_the_placeholder_until_the_next_frame(rig: Rig) -> None:
    rig.live(99)
    rig.sink.blank()
    before = len(rig.sent)
    rig.wait(lambda: len(rig.sent) > before + 3)
    assert set(rig.sent[before + 1 :]) == {11}
    rig.show(99)
    rig.wait(lambda: rig.sent[-1] == 99)


def test_an_original_is_announced_as_one(rig: Rig) -> None:
    rig.sink.open(SIZE, 60)
    rig.show(50, original=True)
    rig.wait(lambda: rig.signals.on_air == OnAir.ORIGINAL)


def test_a_frame_of_another_size_than_the_cameras_is_left_out(rig: Rig) -> None:
    rig.live(99)
    rig.signals.width = 32
    before = len(rig.sent)
    rig.show(55)
    rig.wait(lambda: len(rig.sent) > before + 3)
    assert 55 not in rig.sent


def test_a_placeholder_of_the_users_is_taken_up(rig: Rig) -> None:
    rig.frames.write_placeholder(1, Size(640, 480), lambda target: target.fill(77))
    rig.wait(lambda: rig.sent[-1] == 77)


def test_a_camera_that_breaks_is_reported_and_opened_again(rig: Rig) -> None:
    rig.live()
    rig.cameras[-1].broken = True
    rig.wait(lambda: rig.signals.message == b"The camera broke.")
    assert rig.signals.sending == 0
    rig.wait(lambda: len(rig.cameras) == 2 and rig.signals.sending == 1)
    assert rig.signals.message == b""


def test_the_placeholder_is_the_last_thing_sent(rig: Rig) -> None:
    rig.live()
    rig.publisher.stop()
    rig.wait(lambda: rig.cameras[-1].closed)
    assert rig.sent[-1] == 11


def test_it_gives_way_when_the_application_has_gone(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.virtual_camera.process.service.OUTLIVES_BY", 0.3)
    rig.wait(lambda: rig.cameras[-1].closed)


def test_another_size_is_taken_up_behind_the_placeholder(rig: Rig) -> None:
    rig.live()
    rig.want(Size(128, 72), 30)
    rig.wait(lambda: len(rig.cameras) == 2 and bool(rig.sent))
    assert rig.settings[-1] == CameraSettings(Size(128, 72), fps=30)
    assert rig.cameras[0].closed
    assert rig.sent[0] == 11
    rig.wait(lambda: (rig.signals.width, rig.signals.height) == (128, 72))


def test_a_size_that_no_camera_can_have_is_left_alone(rig: Rig) -> None:
    rig.want(Size(3, 3), 30)
    rig.wait(lambda: len(rig.cameras) == 2 and bool(rig.sent))
    assert rig.settings[-1] == SETTINGS
