import threading
import time
from collections.abc import Callable

import cv2
import numpy as np
import pytest

from engine.errors import SourceError
from engine.frames import Pixels, Size
from engine.video.sources import camera
from engine.video.sources.camera import CameraSource
from engine.video.sources.camera_list import CameraInfo


class FakeCapture:
    """An OpenCV capture: blue pictures whose green tells their number, until unplugged."""

    def __init__(self, *, opens: bool = True, interval: float = 0.005) -> None:
        self.opens, self.interval = opens, interval
        self.plugged, self.hanging, self.released = True, threading.Event(), False
        self.asked: dict[int, float] = {}
        self.read_count = 0
        self.hanging.set()

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        return self.opens

    def read(self) -> tuple[bool, Pixels | None]:
        self.hanging.wait(10)
        time.sleep(self.interval)
        if not self.plugged or self.released:
            return False, None
        picture = np.zeros((48, 64, 3), np.uint8)
        picture[:] = (255, self.read_count, 0)
        self.read_count += 1
        return True, picture

    def set(self, key: int, value: float) -> bool:
        self.asked[key] = value
        return True

    def get(self, key: int) -> float:
        return 25.0 if key == cv2.CAP_PROP_FPS else 0.0

    def release(self) -> None:
        self.released = True


@pytest.fixture
def plug(monkeypatch: pytest.MonkeyPatch) -> Callable[[FakeCapture], FakeCapture]:
    """Makes a fake the camera that OpenCV finds."""

    def plug_in(fake: FakeCapture) -> FakeCapture:
        monkeypatch.setattr(cv2, "VideoCapture", lambda *_: fake)
        monkeypatch.setattr(camera, "_system_error", lambda _: None)
        monkeypatch.setattr(camera, "find_camera", lambda which: CameraInfo(0, which, ""))
        return fake

    return plug_in


Plug = Callable[[FakeCapture], FakeCapture]


def test_pictures_come_as_rgb_and_in_order(plug: Plug) -> None:
    plug(FakeCapture())
    source = CameraSource("Cam")
    source.open()
    frames = [frame for _ in range(3) if (frame := source.read()) is not None]
    source.close()
    assert [frame.number for frame in frames] == [0, 1, 2]
    assert all(frame.pixels[0, 0, 0] == 0 and frame.pixels[0, 0, 2] == 255 for frame in frames)
    assert frames[0].pixels[0, 0, 1] < frames[1].pixels[0, 0, 1] < frames[2].pixels[0, 0, 1]


def test_the_real_size_and_rate_are_reported_whatever_was_asked(plug: Plug) -> None:
    fake = plug(FakeCapture())
    source = CameraSource("Cam", size=Size(1280, 720), fps=60)
    source.open()
    source.close()
    assert (source.size, source.fps) == (Size(64, 48), 25.0)
    assert fake.asked[cv2.CAP_PROP_FRAME_WIDTH] == 1280
    assert fake.asked[cv2.CAP_PROP_FOURCC] == cv2.VideoWriter.fourcc(*"MJPG")


def test_a_slow_reader_gets_the_newest_picture(plug: Plug) -> None:
    fake = plug(FakeCapture())
    source = CameraSource("Cam")
    source.open()
    source.read()
    time.sleep(0.15)
    seen = fake.read_count
    frame = source.read()
    source.close()
    assert frame is not None
    assert frame.pixels[0, 0, 1] >= seen - 2
    assert time.monotonic() - frame.captured_at < 0.1


def test_a_camera_that_is_unplugged_says_so_at_once(plug: Plug) -> None:
    fake = plug(FakeCapture())
    source = CameraSource("Cam")
    source.open()
    fake.plugged = False
    began = time.monotonic()
    with pytest.raises(SourceError, match="no longer sends pictures"):  # noqa: PT012 - until it ends
        while source.read():
            pass
    assert time.monotonic() - began < 1.0
    assert fake.released


def test_a_driver_that_hangs_holds_nobody(plug: Plug, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(camera, "READ_TIMEOUT", 0.1)
    monkeypatch.setattr(camera, "CLOSE_TIMEOUT", 0.1)
    fake = plug(FakeCapture())
    source = CameraSource("Cam")
    source.open()
    fake.hanging.clear()
    began = time.monotonic()
    with pytest.raises(SourceError, match="no longer sends pictures"):  # noqa: PT012 - until it ends
        while source.read():
            pass
    source.close()
    assert time.monotonic() - began < 1.0
    fake.hanging.set()
    deadline = time.monotonic() + 2
    while not fake.released and time.monotonic() < deadline:
        time.sleep(0.01)
    assert fake.released


def test_closing_lets_go_of_the_camera_and_its_thread(plug: Plug) -> None:
    fake = plug(FakeCapture())
    source = CameraSource("Cam")
    for _ in range(5):
        fake.released = False
        source.open()
        source.close()
    source.close()
    assert fake.released
    assert "camera Cam" not in [thread.name for thread in threading.enumerate()]


@pytest.mark.parametrize(
    ("number", "said"),
    [(2, "is not there"), (13, "not allowed"), (16, "in use"), (None, "in use")],
)
def test_the_reason_for_a_camera_that_does_not_open_is_told(
    plug: Plug, monkeypatch: pytest.MonkeyPatch, number: int | None, said: str
) -> None:
    plug(FakeCapture(opens=False))
    monkeypatch.setattr(camera, "_system_error", lambda _: number)
    with pytest.raises(SourceError, match=said):
        CameraSource("Cam").open()


def test_a_camera_that_opens_but_gives_nothing_is_let_go(plug: Plug) -> None:
    fake = plug(FakeCapture())
    fake.plugged = False
    with pytest.raises(SourceError, match="in use by another program"):
        CameraSource("Cam").open()
    assert fake.released


def test_a_missing_camera_is_refused_without_noise(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SourceError, match="The camera 987 is not there"):
        CameraSource("987").open()
    assert capfd.readouterr().err == ""
