"""A device that comes after the sandbox was made is left to another publisher."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.frames import Size
from engine.virtual_camera.devices.factory import camera_opener
from engine.virtual_camera.process import device_access as module
from engine.virtual_camera.process.device_access import DeviceAccess, NewDeviceError
from engine.virtual_camera.protocol import CameraSettings


@pytest.fixture
def settings(tmp_path: Path) -> CameraSettings:
    return CameraSettings(Size(96, 64), device=f"stand-in:{tmp_path / 'camera'}")


@pytest.fixture
def node(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The device's file, which may be missing."""
    node = tmp_path / "video9"
    node.touch()
    monkeypatch.setattr(
        module, "device_files_of", lambda _: [node] if node.exists() else []
    )  # fmt: skip
    return node


def test_a_device_that_was_there_is_opened(node: Path, settings: CameraSettings) -> None:
    access = DeviceAccess(settings, camera_opener(settings))
    assert access.files == [node]
    assert not access.is_outdated(settings)
    access.open(settings).close()


@pytest.mark.parametrize("was_there", [False, True])
def test_one_that_came_later_or_was_made_anew_is_not(
    node: Path, settings: CameraSettings, was_there: bool
) -> None:
    if not was_there:
        node.unlink()
    access = DeviceAccess(settings, camera_opener(settings))
    other = node.with_name("other")
    other.touch()
    other.replace(node)
    assert access.is_outdated(settings)
    with pytest.raises(NewDeviceError):
        access.open(settings)


def test_one_that_has_gone_is_told_by_the_camera_itself(
    node: Path, settings: CameraSettings
) -> None:
    access = DeviceAccess(settings, camera_opener(settings))
    node.unlink()
    access.open(settings).close()
