"""Which device files the sandbox leaves open to the publisher, and whether they are still right."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from engine.virtual_camera.devices.base import CameraDevice
from engine.virtual_camera.devices.factory import device_files_of
from engine.virtual_camera.protocol import CameraSettings


class NewDeviceError(Exception):
    """The camera can be opened, but not from within this sandbox."""


_Identity = tuple[Path, int, int]
"""A file and what tells it from one that is later made under the same name: device and inode."""


class DeviceAccess:
    """Opens the camera for as long as its device is the one for which the sandbox was made.

    A driver that is loaded later brings a device that the sandbox does not know. The publisher then
    ends, once nobody reads what it has open, and the application starts another one.
    """

    def __init__(
        self, settings: CameraSettings, open_camera: Callable[[CameraSettings], CameraDevice]
    ) -> None:
        self._known = _identities(settings)
        self._open_camera = open_camera

    @property
    def files(self) -> list[Path]:
        """The device files that the camera needs."""
        return [path for path, _, _ in self._known]

    def open(self, settings: CameraSettings) -> CameraDevice:
        """Open the camera. Raises SinkError, and NewDeviceError where another publisher must."""
        if self.is_outdated(settings):
            raise NewDeviceError
        return self._open_camera(settings)

    def is_outdated(self, settings: CameraSettings) -> bool:
        """Whether there is a device that only another publisher can open; for each turn too slow,
        for now and then quick enough.
        """
        return not _identities(settings) <= self._known


def _identities(settings: CameraSettings) -> frozenset[_Identity]:
    found = set()
    for path in device_files_of(settings):
        with suppress(OSError):  # it has just gone
            status = path.stat()
            found.add((path, status.st_dev, status.st_ino))
    return frozenset(found)
