"""The interface of virtual cameras for the publisher, independent of the system."""

from __future__ import annotations

import platform
from pathlib import Path
from typing import Protocol

from engine.frames import Pixels, Size
from engine.virtual_camera.devices.fake import FakeCamera
from engine.virtual_camera.devices.v4l2loopback import device_files
from engine.virtual_camera.pixel_formats import Prepared
from engine.virtual_camera.protocol import CameraSettings

_STAND_IN = "stand-in:"


class CameraDevice(Protocol):
    """An open virtual camera. name: what other programs list. node: the device's file, by
    which readers among other processes are found, or "". size: what programs will get.
    """

    @property
    def name(self) -> str: ...

    @property
    def node(self) -> str: ...

    @property
    def size(self) -> Size: ...

    def blank(self) -> Prepared:
        """A buffer for one picture in the camera's format."""
        ...

    def prepare(self, pixels: Pixels, out: Prepared) -> None:
        """Convert a picture of the camera's size into `out`, made by `blank`."""
        ...

    def send(self, picture: Prepared, frame: int) -> None:
        """Show this picture from now on. frame: its number, for measurements. Raises SinkError."""
        ...

    def watched(self) -> bool | None:
        """Whether another program has the camera open; None if that is unknown."""
        ...

    def close(self) -> None:
        """Let go of the camera."""
        ...


def paths_of(settings: CameraSettings) -> list[Path]:
    """The folders, apart from the system's own, in which this camera has files."""
    if settings.device.startswith(_STAND_IN):
        return [Path(settings.device.removeprefix(_STAND_IN)).parent]
    return []


def device_files_of(settings: CameraSettings) -> list[Path]:
    """The device files that this camera needs and that are there now."""
    if settings.device.startswith(_STAND_IN) or platform.system() != "Linux":
        return []
    return [path for path in device_files() if path.exists()]


def open_camera(settings: CameraSettings) -> CameraDevice:
    """Open the virtual camera of this system. Raises SinkError with the reason and a remedy."""
    if settings.device.startswith(_STAND_IN):
        return FakeCamera(settings.device.removeprefix(_STAND_IN), settings.size)
    # imported only here: a fake camera needs no library, and each system only its own
    if platform.system() == "Linux":
        from engine.virtual_camera.devices.v4l2loopback_camera import open_loopback_camera  # noqa: PLC0415

        return open_loopback_camera(settings)
    from engine.virtual_camera.devices.pyvirtualcam_camera import open_named_camera  # noqa: PLC0415

    return open_named_camera(settings)
