"""The publisher's loop, on a thread, with a camera that keeps what it was sent."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from engine.errors import SinkError
from engine.frames import Size, StyledFrame
from engine.settings import FitMode
from engine.virtual_camera.client import PublisherSink
from engine.virtual_camera.control import CameraControl
from engine.virtual_camera.error_codec import decode_error
from engine.virtual_camera.link import connect_to_publisher
from engine.virtual_camera.messages import CameraStatus
from engine.virtual_camera.pixel_formats import Prepared
from engine.virtual_camera.process.owner_link import OwnerLink
from engine.virtual_camera.process.service import Publisher
from engine.virtual_camera.protocol import CameraKind, CameraSettings, OnAir
from engine.virtual_camera.transport.factory import listen
from tests.engine.virtual_camera.helpers import wait_until

SIZE = Size(96, 64)
SETTINGS = CameraSettings(SIZE, fps=60)
PLACEHOLDER = np.full((64, 96, 3), 11, np.uint8)


class Camera:
    """Keeps the first value of every picture; fails on request."""

    name, node = "Test camera", ""
    kinds = frozenset({CameraKind.SYSTEM})

    def __init__(self, size: Size = SIZE) -> None:
        self.size = size
        self.sent: list[int] = []
        self.broken = False
        self.closed = False
        self.seen: bool | None = True

    def blank(self) -> Prepared:
        return np.zeros((self.size.height, self.size.width, 3), np.uint8)

    def prepare(self, pixels: Prepared, out: Prepared) -> None:
        np.copyto(out, pixels)

    def send(self, picture: Prepared, frame: int) -> None:
        if self.broken:
            raise SinkError("The camera broke.", "Mend it.")
        self.sent.append(int(picture[20, 30, 0]))

    def watched(self) -> bool | None:
        return self.seen

    def close(self) -> None:
        self.closed = True


class Rig:
    """A publisher on a thread, and the application's side of it."""

    def __init__(self, folder: Path) -> None:
        self.cameras = [Camera()]
        self.settings: list[CameraSettings] = []
        self.problem: SinkError | None = None
        self.outdated = False
        self.kept: Size | None = None
        """The size that cameras have whatever is asked for."""
        self.seen: bool | None = True
        self.publisher = Publisher(
            OwnerLink(listen(folder)), SETTINGS, self._open, PLACEHOLDER,
            is_outdated=lambda _: self.outdated,
        )  # fmt: skip
        self._thread = threading.Thread(target=self.publisher.run)
        self._thread.start()
        self.control = CameraControl(SIZE, 60, FitMode.LETTERBOX)
        self.control.attach(connect_to_publisher(folder))
        self.sink = PublisherSink(self.control)

    def _open(self, settings: CameraSettings) -> Camera:
        self.settings.append(settings)
        if self.problem is not None:
            raise self.problem
        if self.cameras[-1].closed:
            self.cameras.append(Camera(self.kept or settings.size))
            self.cameras[-1].seen = self.seen
        return self.cameras[-1]

    @property
    def sent(self) -> list[int]:
        return self.cameras[-1].sent

    @property
    def status(self) -> CameraStatus | None:
        """What the publisher said last, without a sign of life of the application's."""
        link = self.control.link
        if link is None:
            return None
        link.hear()
        return link.status

    @property
    def error(self) -> str:
        return str(decode_error(self.status.error)) if self.status and self.status.error else ""

    @property
    def sending(self) -> bool:
        return self.status is not None and self.status.sending

    def show(self, value: int, *, original: bool = False) -> None:
        self.control.refresh()
        pixels = np.full((64, 96, 3), value, np.uint8)
        self.sink.send(StyledFrame(pixels, 0, 0.0, original=original))

    def wait(self, ready: Callable[[], bool]) -> None:
        wait_until(ready, 3)

    def live(self, value: int = 99) -> None:
        self.wait(lambda: self.sending and self.control.link is not None
                  and self.control.link.memory_number > 0)  # fmt: skip
        self.sink.open(SIZE, 60)
        self.show(value)
        self.wait(lambda: bool(self.sent) and self.sent[-1] == value)

    def end(self) -> None:
        self.publisher.stop()
        self._thread.join(5)
        assert not self._thread.is_alive()
        self.control.attach(None)


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


def test_frames_faster_than_the_camera_lose_only_the_older_ones(rig: Rig) -> None:
    rig.live(99)
    for value in range(100, 200):
        rig.show(value)
        time.sleep(0.002)
    rig.wait(lambda: rig.sent[-1] == 199)


def test_the_newest_frame_wins_however_slow_the_camera_is(rig: Rig) -> None:
    rig.control.request_format(SIZE, 2)
    rig.wait(lambda: len(rig.cameras) == 2 and rig.sending)
    rig.live(99)
    for value in range(100, 130):  # many more than there are slots, within one turn
        rig.show(value)
        time.sleep(0.003)
    rig.wait(lambda: rig.sent[-1] == 129)


def test_closing_the_session_brings_the_placeholder_and_keeps_the_camera(rig: Rig) -> None:
    rig.live()
    rig.sink.close()
    rig.wait(lambda: rig.sent[-1] == 11)
    assert not rig.cameras[-1].closed


def test_panic_takes_one_picture(rig: Rig) -> None:
    rig.live()
    rig.control.panic(on=True)
    before = len(rig.sent)
    rig.wait(lambda: len(rig.sent) > before + 3)
    assert set(rig.sent[before + 1 :]) == {11}
    assert rig.status is not None
    assert rig.status.on_air == OnAir.PANIC


def test_silence_brings_the_placeholder_within_two_seconds(rig: Rig) -> None:
    rig.live()
    began = time.monotonic()
    rig.wait(lambda: rig.sent[-1] == 11)
    assert 0.9 < time.monotonic() - began < 2.0


def test_the_end_of_the_connection_brings_the_placeholder_at_once(rig: Rig) -> None:
    rig.live()
    before = len(rig.sent)
    rig.control.attach(None)
    rig.wait(lambda: len(rig.sent) > before + 3)
    assert set(rig.sent[before + 2 :]) == {11}
    assert not rig.cameras[-1].closed


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
    rig.live()
    rig.show(50, original=True)
    rig.wait(lambda: rig.status is not None and rig.status.on_air == OnAir.ORIGINAL)


def test_a_placeholder_of_the_users_is_taken_up_and_outlives_a_reopened_camera(rig: Rig) -> None:
    rig.control.set_placeholder(np.full((480, 640, 3), 77, np.uint8))
    rig.wait(lambda: bool(rig.control.refresh()) and rig.sent[-1] == 77)
    rig.cameras[-1].broken = True
    rig.wait(lambda: bool(rig.control.refresh()) and len(rig.cameras) == 2 and 77 in rig.sent)


def test_the_next_application_does_not_show_the_last_ones_placeholder(
    rig: Rig, tmp_path: Path
) -> None:
    rig.control.set_placeholder(np.full((480, 640, 3), 77, np.uint8))
    rig.wait(lambda: bool(rig.control.refresh()) and rig.sent[-1] == 77)
    rig.control.attach(None)
    time.sleep(0.1)
    assert rig.sent[-1] == 77
    other = CameraControl(SIZE, 60, FitMode.LETTERBOX)
    other.attach(connect_to_publisher(tmp_path))
    rig.wait(lambda: rig.sent[-1] == 11)
    other.attach(None)


def test_a_camera_that_breaks_is_reported_and_opened_again(rig: Rig) -> None:
    rig.live()
    rig.cameras[-1].broken = True
    rig.wait(lambda: rig.error.startswith("The camera broke."))
    assert not rig.sending
    rig.wait(lambda: len(rig.cameras) == 2 and rig.sending)
    assert rig.error == ""


def test_a_camera_that_does_not_open_is_reported_in_plain_words(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(rig.publisher, "_open_camera", fail)
    rig.cameras[-1].broken = True
    rig.wait(lambda: "does not open: Permission denied" in rig.error)


def test_too_little_memory_is_reported_and_tried_again(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise SinkError("There is no memory left for the virtual camera.", "Free some.")

    monkeypatch.setattr("engine.virtual_camera.process.owner_link.reserve_memory", full)
    rig.cameras[-1].broken = True
    rig.wait(lambda: rig.error.startswith("There is no memory"))
    monkeypatch.undo()
    rig.wait(lambda: rig.sending)


def test_an_original_does_not_stand_on_a_camera_that_is_let_go_of_for_want_of_memory(
    rig: Rig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise SinkError("There is no memory left for the virtual camera.", "Free some.")

    rig.live()
    rig.show(50, original=True)
    rig.wait(lambda: rig.sent[-1] == 50)
    monkeypatch.setattr("engine.virtual_camera.process.owner_link.reserve_memory", full)
    rig.control.attach(None)
    rig.control.attach(connect_to_publisher(tmp_path))  # before the publisher's next turn
    rig.wait(lambda: rig.cameras[0].closed)
    assert rig.cameras[0].sent[-1] == 11


def test_the_placeholder_is_the_last_thing_sent(rig: Rig) -> None:
    rig.live()
    rig.publisher.stop()
    rig.wait(lambda: rig.cameras[-1].closed)
    assert rig.sent[-1] == 11


def test_a_new_device_is_left_to_another_publisher_once_nobody_reads_this_one(rig: Rig) -> None:
    rig.live()
    rig.outdated = True
    before = len(rig.sent)
    rig.wait(lambda: len(rig.sent) > before + 40)  # longer than between two looks
    assert not rig.cameras[-1].closed
    rig.show(99)
    rig.wait(lambda: rig.sent[-1] == 99)
    rig.cameras[-1].seen = False
    rig.wait(lambda: rig.cameras[-1].closed)
    assert rig.sent[-1] == 11
    assert len(rig.settings) == 1


def test_it_gives_way_when_the_application_has_gone(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.virtual_camera.process.service.OUTLIVES_BY", 0.3)
    rig.wait(lambda: rig.cameras[-1].closed)


def test_another_size_is_taken_up_behind_the_placeholder(rig: Rig) -> None:
    rig.live()
    rig.control.request_format(Size(128, 72), 30)
    rig.wait(lambda: len(rig.cameras) == 2 and bool(rig.sent))
    assert rig.settings[-1] == CameraSettings(Size(128, 72), fps=30)
    assert rig.cameras[0].closed
    assert rig.cameras[0].sent[-1] == 11
    assert rig.sent[0] == 11
    rig.wait(lambda: rig.status is not None and (rig.status.width, rig.status.height) == (128, 72))


def test_another_size_is_taken_up_once_the_program_that_kept_the_old_one_lets_go(rig: Rig) -> None:
    rig.live()
    rig.kept = SIZE
    rig.control.request_format(Size(128, 72), 30)
    rig.wait(lambda: len(rig.cameras) == 2 and bool(rig.sent))
    time.sleep(0.3)
    assert len(rig.cameras) == 2, "it is watched"
    rig.kept, rig.cameras[-1].seen = None, False
    rig.wait(lambda: rig.status is not None and (rig.status.width, rig.status.height) == (128, 72))
    assert rig.cameras[1].sent[-1] == 11


@pytest.mark.parametrize(("seen", "opened"), [(False, 3), (None, 2)])
def test_a_device_with_a_size_of_its_own_is_not_opened_again_and_again(
    rig: Rig, seen: bool | None, opened: int
) -> None:
    rig.live()
    rig.kept, rig.seen = SIZE, seen
    rig.control.request_format(Size(128, 72), 30)
    rig.wait(lambda: len(rig.cameras) == opened)
    for watched in (seen, True, seen):  # programs come and go
        rig.cameras[-1].seen = watched
        time.sleep(0.6)
    assert len(rig.cameras) == opened


def test_the_same_format_keeps_the_camera_open(rig: Rig) -> None:
    rig.live()
    rig.control.request_format(SIZE, 60)
    time.sleep(0.1)
    assert len(rig.settings) == 1


def test_a_size_that_no_camera_can_have_is_left_alone(rig: Rig) -> None:
    rig.wait(lambda: rig.sending)  # only an owner is heard
    rig.control.request_format(Size(3, 3), 30)
    rig.wait(lambda: len(rig.cameras) == 2 and bool(rig.sent))
    assert rig.settings[-1] == SETTINGS
