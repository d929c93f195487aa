import pytest

from engine.errors import SourceError
from engine.video.sources import camera_list as devices
from engine.video.sources.camera_list import CameraInfo, find_camera

BUILT_IN = CameraInfo(0, "Integrated Camera", "/dev/video0")
USB_1, USB_2 = CameraInfo(2, "USB Webcam C920", ""), CameraInfo(4, "USB Webcam C930", "")


@pytest.fixture(autouse=True)
def cameras(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "list_cameras", lambda: [BUILT_IN, USB_1, USB_2])
    monkeypatch.setattr(devices, "is_own_camera", lambda index: index == 10)


@pytest.mark.parametrize(
    ("which", "expected"),
    [("0", BUILT_IN), ("usb webcam c930", USB_2), ("C920", USB_1), ("7", CameraInfo(7, "7", ""))],
)
def test_a_camera_is_found_by_number_or_name(which: str, expected: CameraInfo) -> None:
    assert find_camera(which) == expected


@pytest.mark.parametrize(
    ("which", "said"),
    [
        ("usb", "2 cameras are called 'usb'"),
        ("Kinect", "No camera is called 'Kinect'"),
        ("", "No camera is called ''"),
        ("10", "is Live2Diff Camera itself"),
    ],
)
def test_a_camera_that_cannot_be_meant_is_refused_with_the_choice(which: str, said: str) -> None:
    with pytest.raises(SourceError, match=said) as caught:
        find_camera(which)
    assert "camera:2 (USB Webcam C920)" in caught.value.remedy


def test_without_any_camera_the_demo_is_proposed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "list_cameras", list)
    with pytest.raises(SourceError, match="use `demo`"):
        find_camera("x")
