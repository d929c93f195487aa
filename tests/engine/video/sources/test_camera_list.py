import platform
import struct
from pathlib import Path

import pytest

from engine.video.sources import camera_list as devices
from engine.video.sources.camera_list import CameraInfo

CAPTURE, OUTPUT, METADATA, DEVICE_CAPS = 0x1, 0x2, 0x00800000, 0x80000000
BUILT_IN, LOOPBACK = CameraInfo(0, "Built-in", "/dev/video0"), CameraInfo(4, "OBS", "/dev/video4")


def add_node(sysfs: Path, number: int, name: str) -> None:
    (sysfs / f"video{number}").mkdir()
    (sysfs / f"video{number}" / "name").write_text(name + "\n")


@pytest.fixture
def sysfs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A kernel's list of four nodes; the one for metadata gives no pictures."""
    for number, name in ((10, "Live2Diff Camera"), (4, "OBS"), (0, "Built-in"), (1, "Built-in")):
        add_node(tmp_path, number, name)
    monkeypatch.setattr(devices, "_SYSFS", tmp_path)
    monkeypatch.setattr(devices, "_captures", lambda node: node.name != "video1")
    monkeypatch.setattr(platform, "system", lambda: "Linux")
    return tmp_path


@pytest.mark.usefixtures("sysfs")
def test_cameras_are_listed_by_number_without_our_own_and_without_metadata() -> None:
    assert devices.list_cameras() == [BUILT_IN, LOOPBACK]


@pytest.mark.usefixtures("sysfs")
def test_our_own_camera_is_recognised() -> None:
    assert devices.is_own_camera(10)
    assert not devices.is_own_camera(4)
    assert not devices.is_own_camera(77)


def test_a_camera_that_comes_and_one_that_goes_are_seen_at_the_next_look(sysfs: Path) -> None:
    assert LOOPBACK in devices.list_cameras()
    add_node(sysfs, 6, "USB")
    (sysfs / "video4" / "name").unlink()
    (sysfs / "video4").rmdir()
    assert [camera.name for camera in devices.list_cameras()] == ["Built-in", "USB"]


def test_no_camera_subsystem_is_no_camera(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "_SYSFS", tmp_path / "missing")
    monkeypatch.setattr(platform, "system", lambda: "Linux")
    assert devices.list_cameras() == []


@pytest.mark.parametrize(
    ("whole", "node", "captures"),
    [
        (CAPTURE | METADATA | DEVICE_CAPS, CAPTURE, True),
        (CAPTURE | METADATA | DEVICE_CAPS, METADATA, False),
        (OUTPUT | DEVICE_CAPS, OUTPUT, False),
        (CAPTURE, 0, True),
    ],
)
def test_what_a_node_can_do_is_asked_of_the_node(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: int, node: int, captures: bool
) -> None:
    fcntl = pytest.importorskip("fcntl", reason="V4L2 is Linux's own")
    answer = struct.pack("=16s32s32sIII12x", b"", b"", b"", 0, whole, node)
    monkeypatch.setattr(fcntl, "ioctl", lambda *_: answer)
    device = tmp_path / "video0"
    device.touch()
    assert devices._captures(device) is captures


def test_a_node_that_is_not_there_gives_no_pictures(tmp_path: Path) -> None:
    assert not devices._captures(tmp_path / "video0")
