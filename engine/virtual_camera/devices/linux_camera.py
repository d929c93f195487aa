"""Linux: the camera by both ways, as far as each is there: v4l2loopback and PipeWire.

One picture goes to both. Either may come and go while the other stays up; but a device of the
driver's that is new is closed to the publisher's sandbox (see `process/device_access.py`): it waits
until nobody reads the node, and another publisher opens both.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace

from engine.errors import SinkError
from engine.frames import Pixels
from engine.installation import is_bundle
from engine.virtual_camera.devices.base import CameraDevice
from engine.virtual_camera.devices.pipewire_camera import PipeWireCamera
from engine.virtual_camera.devices.v4l2loopback import module_version
from engine.virtual_camera.pixel_formats import Prepared, blank_yuyv, to_yuyv
from engine.virtual_camera.protocol import CAMERA_NAME, CameraKind, CameraSettings

_TRIES_AGAIN_EVERY = 2.0

logger = logging.getLogger(__name__)

Open = Callable[[CameraSettings], CameraDevice]


class Way:
    """One of the two ways out: open, or tried again now and then beside the running camera.

    A thread of its own opens it again, because that can take longer than a picture's turn.
    """

    def __init__(self, kind: CameraKind, open_way: Open) -> None:
        self.kind = kind
        self.camera: CameraDevice | None = None
        self.error: SinkError | None = None
        self._open = open_way
        self._again_at = 0.0
        self._opening: threading.Thread | None = None
        self._opened: CameraDevice | None = None

    def open(self, settings: CameraSettings) -> None:
        """Open it now; `error` says why where that fails. One that is open stays so."""
        if self.camera is not None:
            return
        self._forget_attempt()
        try:
            self.camera, self.error = self._open(settings), None
        except (SinkError, OSError) as error:
            self._note(error)
        self._again_at = time.monotonic() + _TRIES_AGAIN_EVERY

    def send(self, picture: Prepared, frame: int) -> None:
        """Show this picture; a way that fails is closed, and tried again later."""
        if self.camera is None:
            return
        try:
            self.camera.send(picture, frame)
        except SinkError as error:
            self._note(error)
            self.close()

    def try_again(self, settings: CameraSettings) -> None:
        """Take over what the thread has opened, or let it try when it is time."""
        if self.camera is not None or (self._opening is not None and self._opening.is_alive()):
            return
        if self._opened is not None:
            self.camera, self._opened, self.error = self._opened, None, None
            logger.info("%s is there again", self.kind)
        elif time.monotonic() >= self._again_at:
            self._again_at = time.monotonic() + _TRIES_AGAIN_EVERY
            self._opening = threading.Thread(
                target=self._open_beside, args=(settings,), name=f"{self.kind} opens", daemon=True
            )
            self._opening.start()

    def close(self) -> None:
        """Let go of it."""
        self._forget_attempt()
        if self.camera is not None:
            self.camera.close()
            self.camera = None

    def _open_beside(self, settings: CameraSettings) -> None:
        try:
            opened = self._open(settings)
        except (SinkError, OSError) as error:
            self._note(error)
            return
        if opened.size == settings.size:
            self._opened = opened
        else:
            opened.close()  # a program keeps it at another size: not beside this one

    def _note(self, error: SinkError | OSError) -> None:
        """Keep why there is no such camera; the log says it where it is news."""
        found = _explained(error)
        if str(found) != str(self.error):
            logger.warning("%s: %s", self.kind, found)
        self.error = found

    def _forget_attempt(self) -> None:
        if self._opening is not None:
            self._opening.join()
            self._opening = None
        if self._opened is not None:
            self._opened.close()
            self._opened = None


class LinuxCamera:
    """Both ways as one camera. Closing it closes the driver's device; the node of PipeWire stays
    for as long as a program reads it, at its size, as the driver does it by itself.
    """

    name = CAMERA_NAME

    def __init__(self, device: Way, node: Way, settings: CameraSettings) -> None:
        self.size = settings.size
        self._settings = settings
        self._device, self._node = device, node

    @property
    def node(self) -> str:
        """The device's file."""
        camera = self._device.camera
        return camera.node if camera is not None else ""

    @property
    def kinds(self) -> frozenset[CameraKind]:
        return frozenset(way.kind for way in self._ways if way.camera is not None)

    def blank(self) -> Prepared:
        return blank_yuyv(self.size)

    def prepare(self, pixels: Pixels, out: Prepared) -> None:
        to_yuyv(pixels, out)

    def send(self, picture: Prepared, frame: int) -> None:
        for way in self._ways:
            way.send(picture, frame)
            way.try_again(self._settings)
        if not self.kinds:
            raise _none_left(self._device)

    def watched(self) -> bool | None:
        answers = [way.camera.watched() for way in self._ways if way.camera is not None]
        if True in answers:
            return True
        return None if None in answers else False

    def close(self) -> None:
        self._device.close()
        if not _is_watched(self._node):
            self._node.close()

    @property
    def _ways(self) -> tuple[Way, Way]:
        return self._device, self._node


class LinuxCameras:
    """Opens the camera, again and again in one publisher."""

    def __init__(self, open_device: Open | None = None, open_node: Open | None = None) -> None:
        self._device = Way(CameraKind.V4L2, open_device or _device_opener())
        self._node = Way(CameraKind.PIPEWIRE, open_node or _open_node)

    def open(self, settings: CameraSettings) -> LinuxCamera:
        """Open it by every way there is. Raises SinkError where there is none.

        A program that reads one way keeps the camera's size; both ways have the same.
        """
        kept = self._node.camera
        if kept is not None:
            settings = replace(settings, size=kept.size)
        self._device.open(settings)
        device = self._device.camera
        if device is not None:
            settings = replace(settings, size=device.size)
        if kept is not None and kept.size != settings.size:
            self._node.close()
        self._node.open(settings)
        if device is None and self._node.camera is None:
            raise _none_left(self._device)
        return LinuxCamera(self._device, self._node, settings)

    def close(self) -> None:
        """Let go of everything, whoever watches."""
        self._device.close()
        self._node.close()


def _device_opener() -> Open:
    """The driver's way, which needs a library that a bundle may leave out."""
    try:
        from engine.virtual_camera.devices.v4l2loopback_camera import (  # noqa: PLC0415
            open_loopback_camera,
        )
    except ImportError:
        return _open_no_device
    return open_loopback_camera


def _open_no_device(settings: CameraSettings) -> CameraDevice:  # noqa: ARG001 - as all openers
    raise SinkError(
        "The library pyvirtualcam is not installed.",
        "Install the program again."
        if is_bundle()
        else "Install it: python -m pip install pyvirtualcam",
    )


def _open_node(settings: CameraSettings) -> PipeWireCamera:
    return PipeWireCamera(settings.size, settings.fps)


def _is_watched(way: Way) -> bool:
    return way.camera is not None and bool(way.camera.watched())


def _none_left(device: Way) -> SinkError:
    """What is wrong with a driver that is loaded; without one, what there could be."""
    if device.error is not None and module_version() is not None:
        return device.error
    return SinkError(
        "There is no system camera: neither PipeWire nor the driver v4l2loopback is ready.",
        "Start PipeWire: systemctl --user start pipewire wireplumber. "
        "Or set up the driver: installer/linux/virtual_camera.sh install",
    )


def _explained(error: SinkError | OSError) -> SinkError:
    if isinstance(error, SinkError):
        return error
    return SinkError(
        "The virtual camera does not open: {reason}.",
        "See what is missing: python main.py doctor",
        reason=error.strerror or error,
    )
