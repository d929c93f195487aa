from pathlib import Path

import pytest

from engine.errors import SettingError, SourceError
from engine.frames import Size
from engine.settings import InputSettings
from engine.video import catalog
from engine.video.catalog import find_camera, make_source
from engine.video.devices import CameraInfo
from engine.video.file import FileSource

BUILT_IN = CameraInfo(0, "Integrated Camera", "/dev/video0")
USB_1, USB_2 = CameraInfo(2, "USB Webcam C920", ""), CameraInfo(4, "USB Webcam C930", "")


@pytest.fixture(autouse=True)
def cameras(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalog, "list_cameras", lambda: [BUILT_IN, USB_1, USB_2])
    monkeypatch.setattr(catalog, "is_own_camera", lambda index: index == 10)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("demo", "demo"),
        ("synthetic", "synthetic"),
        ("screen", "screen 1"),
        ("screen:2", "screen 2"),
        ("camera:2", "USB Webcam C920"),
        ("camera:integrated camera", "Integrated Camera"),
        ("some/clip.mp4", "clip.mp4"),
    ],
)
def test_a_name_leads_to_its_source(name: str, said: str) -> None:
    assert make_source(InputSettings(name)).name == said


def test_a_live_source_goes_on_and_the_others_end() -> None:
    assert make_source(InputSettings("demo")).frames is None
    assert make_source(InputSettings("demo"), live=False).frames == 150
    assert make_source(InputSettings("synthetic"), live=False, frames=7).frames == 7
    assert make_source(InputSettings("demo", loop=True), live=False).frames is None


def test_a_file_keeps_its_rate_only_when_live() -> None:
    paced, free = (make_source(InputSettings("a.mp4"), live=live) for live in (True, False))
    assert isinstance(paced, FileSource)
    assert (paced.live, free.live) == (True, False)


def test_the_size_asked_for_is_the_size_made() -> None:
    source = make_source(InputSettings("synthetic", size=Size(320, 200)), live=False)
    assert source.size == Size(320, 200)


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
        ("Kinect", "No camera is 'Kinect'"),
        ("", "No camera is ''"),
        ("10", "is Live2Diff Camera itself"),
    ],
)
def test_a_camera_that_cannot_be_meant_is_refused_with_the_choice(which: str, said: str) -> None:
    with pytest.raises(SourceError, match=said) as caught:
        find_camera(which)
    assert "camera:2 is USB Webcam C920" in caught.value.remedy


def test_without_any_camera_the_demo_is_proposed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalog, "list_cameras", list)
    with pytest.raises(SourceError, match="use `demo`"):
        make_source(InputSettings("camera:x"))


@pytest.mark.parametrize("name", ["screen:x", "screen:-1"])
def test_a_screen_has_a_number(name: str) -> None:
    with pytest.raises(SourceError, match="is no screen"):
        make_source(InputSettings(name))


@pytest.mark.parametrize("settings", [InputSettings(fps=0), InputSettings(size=Size(0, 480))])
def test_an_impossible_wish_is_refused(settings: InputSettings) -> None:
    with pytest.raises(SettingError):
        make_source(settings)


def test_a_missing_file_is_said_on_opening(tmp_path: Path) -> None:
    source = make_source(InputSettings(str(tmp_path / "none.mp4")))
    with pytest.raises(SourceError, match="There is no file"):
        source.open()
