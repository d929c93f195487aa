"""Two ways out of one camera: what happens to one does not touch the other."""

from __future__ import annotations

import numpy as np
import pytest

from engine.errors import SinkError
from engine.frames import Pixels, Size
from engine.virtual_camera.devices import linux_camera
from engine.virtual_camera.devices.linux_camera import LinuxCameras
from engine.virtual_camera.pixel_formats import Prepared, blank_yuyv, to_yuyv
from engine.virtual_camera.protocol import CameraKind, CameraSettings
from tests.engine.virtual_camera.helpers import wait_until

SIZE, OTHER = Size(640, 480), Size(320, 240)
SETTINGS = CameraSettings(SIZE)


class FakeWay:
    """One way out, for the tests: opens, breaks and is watched on request."""

    name, kinds = "", frozenset[CameraKind]()

    def __init__(self, node: str) -> None:
        self.node, self.size = node, SIZE
        self.keeps: Size | None = None
        self.there, self.broken = True, False
        self.seen: bool | None = False
        self.sent = self.opened = self.closed = 0

    def open(self, settings: CameraSettings) -> FakeWay:
        if not self.there:
            raise SinkError("It is not there.", "Bring it.")
        self.opened += 1
        self.size = self.keeps or settings.size
        return self

    def blank(self) -> Prepared:
        return blank_yuyv(self.size)

    def prepare(self, pixels: Pixels, out: Prepared) -> None:
        to_yuyv(pixels, out)

    def send(self, picture: Prepared, frame: int) -> None:
        if self.broken:
            raise SinkError("It broke.", "Mend it.")
        self.sent += 1

    def watched(self) -> bool | None:
        return self.seen

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def device(monkeypatch: pytest.MonkeyPatch) -> FakeWay:
    monkeypatch.setattr(linux_camera, "_TRIES_AGAIN_EVERY", 0.02)
    return FakeWay("/dev/video9")


@pytest.fixture
def node() -> FakeWay:
    return FakeWay("")


@pytest.fixture
def cameras(device: FakeWay, node: FakeWay) -> LinuxCameras:
    return LinuxCameras(device.open, node.open)


PICTURE = np.zeros((480, 640, 2), np.uint8)


def test_a_picture_goes_out_by_both_ways(
    cameras: LinuxCameras, device: FakeWay, node: FakeWay
) -> None:
    camera = cameras.open(SETTINGS)
    camera.send(PICTURE, 1)
    assert (device.sent, node.sent) == (1, 1)
    assert camera.kinds == {CameraKind.V4L2, CameraKind.PIPEWIRE}
    assert camera.node == "/dev/video9"


@pytest.mark.parametrize("missing", ["device", "node"])
def test_one_way_is_enough_and_the_other_joins_later(
    cameras: LinuxCameras, device: FakeWay, node: FakeWay, missing: str
) -> None:
    lacking, other = (device, node) if missing == "device" else (node, device)
    lacking.there = False
    camera = cameras.open(SETTINGS)
    camera.send(PICTURE, 1)
    assert len(camera.kinds) == 1
    lacking.there = True

    def joined() -> bool:
        camera.send(PICTURE, 1)
        return len(camera.kinds) == 2

    wait_until(joined)
    assert other.opened == 1
    camera.close()
    cameras.close()


def test_a_way_that_breaks_leaves_the_other_alone_and_comes_back(
    cameras: LinuxCameras, device: FakeWay, node: FakeWay
) -> None:
    camera = cameras.open(SETTINGS)
    device.broken = True
    camera.send(PICTURE, 1)
    assert camera.kinds == {CameraKind.PIPEWIRE}
    assert camera.node == ""
    device.broken = False

    def back() -> bool:
        camera.send(PICTURE, 1)
        return CameraKind.V4L2 in camera.kinds

    wait_until(back)
    assert node.closed == 0


def test_a_device_that_another_program_keeps_at_another_size_does_not_join(
    cameras: LinuxCameras, device: FakeWay
) -> None:
    device.there = False
    camera = cameras.open(SETTINGS)
    device.there, device.keeps = True, OTHER

    def tried() -> bool:
        camera.send(PICTURE, 1)
        return device.closed >= 2

    wait_until(tried)
    assert camera.kinds == {CameraKind.PIPEWIRE}
    camera.close()
    cameras.close()


def test_when_both_are_gone_the_camera_is(
    cameras: LinuxCameras, device: FakeWay, node: FakeWay
) -> None:
    camera = cameras.open(SETTINGS)
    device.broken = node.broken = True
    with pytest.raises(SinkError):
        camera.send(PICTURE, 1)


def test_without_either_the_user_is_told_of_both(
    cameras: LinuxCameras, device: FakeWay, node: FakeWay, monkeypatch: pytest.MonkeyPatch
) -> None:
    device.there = node.there = False
    monkeypatch.setattr(linux_camera, "module_version", lambda: None)
    with pytest.raises(SinkError, match="neither PipeWire nor the driver"):
        cameras.open(SETTINGS)


def test_a_driver_that_is_loaded_and_fails_says_why(
    cameras: LinuxCameras, device: FakeWay, node: FakeWay, monkeypatch: pytest.MonkeyPatch
) -> None:
    device.there = node.there = False
    monkeypatch.setattr(linux_camera, "module_version", lambda: (0, 13))
    with pytest.raises(SinkError, match="It is not there"):
        cameras.open(SETTINGS)


def test_the_node_follows_the_size_that_a_reader_of_the_device_keeps(
    cameras: LinuxCameras, device: FakeWay, node: FakeWay
) -> None:
    device.keeps = OTHER
    camera = cameras.open(SETTINGS)
    assert camera.size == node.size == OTHER


def test_a_node_that_is_read_stays_open_at_its_size_while_the_camera_is_opened_again(
    cameras: LinuxCameras, device: FakeWay, node: FakeWay
) -> None:
    node.seen = True
    cameras.open(SETTINGS).close()
    camera = cameras.open(CameraSettings(OTHER))
    assert (node.opened, node.closed) == (1, 0)
    assert camera.size == device.size == SIZE


def test_a_node_that_nobody_reads_takes_the_new_size(cameras: LinuxCameras, node: FakeWay) -> None:
    cameras.open(SETTINGS).close()
    assert cameras.open(CameraSettings(OTHER)).size == node.size == OTHER


@pytest.mark.parametrize(
    ("by_device", "by_node", "watched"),
    [(True, False, True), (False, True, True), (False, False, False), (None, False, None),
     (None, True, True)],
)  # fmt: skip
def test_somebody_watches_if_either_way_is_read(
    cameras: LinuxCameras,
    device: FakeWay,
    node: FakeWay,
    by_device: bool | None,
    by_node: bool,
    watched: bool | None,
) -> None:
    device.seen, node.seen = by_device, by_node
    assert cameras.open(SETTINGS).watched() is watched
