"""The virtual camera that the system at hand has."""

from __future__ import annotations

import platform
from collections.abc import Callable
from pathlib import Path

from engine.virtual_camera.devices.base import CameraDevice
from engine.virtual_camera.devices.fake import FakeCamera
from engine.virtual_camera.devices.v4l2loopback import device_files, make_device
from engine.virtual_camera.protocol import CameraSettings

_STAND_IN = "stand-in:"


def paths_of(settings: CameraSettings) -> list[Path]:
    """The folders, apart from the system's own, in which this camera has files."""
    if settings.device.startswith(_STAND_IN):
        return [Path(settings.device.removeprefix(_STAND_IN)).parent]
    return []


def device_files_of(settings: CameraSettings) -> list[Path]:
    """The device files that this camera needs and that are there now; finding out is quick."""
    if settings.device.startswith(_STAND_IN) or platform.system() != "Linux":
        return []
    return [path for path in device_files() if path.exists()]


def camera_opener(settings: CameraSettings) -> Callable[[CameraSettings], CameraDevice]:
    """What opens the camera that these settings name, as often as needed.

    It raises SinkError with the reason and a remedy. Made before the publisher gives up its
    rights: what it needs of the system's libraries is loaded here.
    """
    if settings.device.startswith(_STAND_IN):
        return _open_stand_in
    # imported only here: a fake camera needs no library, and each system only its own
    if platform.system() == "Linux":
        from engine.virtual_camera.devices.linux_camera import LinuxCameras  # noqa: PLC0415

        make_device()
        return LinuxCameras().open
    from engine.virtual_camera.devices.pyvirtualcam_camera import open_named_camera  # noqa: PLC0415

    return open_named_camera


def _open_stand_in(settings: CameraSettings) -> FakeCamera:
    return FakeCamera(settings.device.removeprefix(_STAND_IN), settings.size)
