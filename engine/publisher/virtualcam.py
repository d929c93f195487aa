"""The real virtual cameras, through pyvirtualcam: the only file that imports it."""

from __future__ import annotations

import platform

import numpy as np
import pyvirtualcam

from engine.errors import SinkError
from engine.frames import Pixels, Size
from engine.publisher.contract import CAMERA_NAME, CameraSettings
from engine.publisher.device import CameraDevice, Prepared
from engine.publisher.loopback import (
    Loopback,
    Watch,
    WriterMark,
    free_if_stuck,
    held_format,
    needs_mark,
    our_device,
)
from engine.publisher.picture import to_yuyv

_REMEDIES = {
    "Windows": "Run installer/windows/virtual_camera.ps1 -Install, or install OBS Studio.",
    "Darwin": "Install OBS Studio 30 or newer and start its virtual camera once.",
}


def open_virtual_camera(settings: CameraSettings) -> CameraDevice:
    """Open this system's virtual camera. Raises SinkError with the reason and a remedy."""
    if platform.system() == "Linux":
        return LoopbackCamera(our_device(), settings)
    return _open_by_name(settings)


class LoopbackCamera:
    """Linux: our v4l2loopback device, in YUYV, which browsers, OBS and Discord all take.

    While a program that read an earlier stream stays, the driver keeps that stream's size;
    it is adopted, so that the program never sees a change.
    """

    def __init__(self, device: Loopback, settings: CameraSettings) -> None:
        self.name = CAMERA_NAME
        self.size = _size_to_use(device, settings.size)
        self._camera = _open_loopback(device, self.size, settings.fps)
        self._mark = WriterMark(device) if needs_mark() else None
        self._watch = Watch(device)

    def blank(self) -> Prepared:
        return np.zeros((self.size.height, self.size.width, 2), np.uint8)

    def prepare(self, pixels: Pixels, out: Prepared) -> None:
        to_yuyv(pixels, out)

    def send(self, picture: Prepared, frame: int) -> None:  # noqa: ARG002 - only for measuring
        _send(self._camera, picture)

    def watched(self) -> bool | None:
        return self._watch.anybody()

    def close(self) -> None:
        self._camera.close()
        if self._mark is not None:
            self._mark.close()


class NamedCamera:
    """Windows and macOS: a camera that pyvirtualcam finds by its name, in RGB.

    Not yet run on either system.
    """

    def __init__(self, camera: pyvirtualcam.Camera, size: Size) -> None:
        self.name = str(camera.device)
        self.size = size
        self._camera = camera

    def blank(self) -> Prepared:
        return np.zeros((self.size.height, self.size.width, 3), np.uint8)

    def prepare(self, pixels: Pixels, out: Prepared) -> None:
        np.copyto(out, pixels)

    def send(self, picture: Prepared, frame: int) -> None:  # noqa: ARG002 - only for measuring
        _send(self._camera, picture)

    def watched(self) -> bool | None:
        return None

    def close(self) -> None:
        self._camera.close()


def _size_to_use(device: Loopback, wish: Size) -> Size:
    held = held_format(device)
    if held is None:
        return wish
    if held.fourcc != "YUYV":
        raise SinkError(
            f"Another program holds the camera to the picture format {held.fourcc}.",
            "Close every program that uses the camera; it comes back by itself.",
        )
    return held.size


def _open_loopback(device: Loopback, size: Size, fps: float) -> pyvirtualcam.Camera:
    if not device.node.exists():
        raise SinkError(f"{device.node} does not exist.", "Restart the computer.")
    try:
        return _open(device, size, fps)
    except PermissionError as error:
        raise SinkError(
            f"There is no right to write to {device.node}.",
            "Add yourself to the group: sudo usermod -aG video $USER, then log in again.",
        ) from error
    except RuntimeError as error:
        raise _explained(device, error) from error


def _open(device: Loopback, size: Size, fps: float) -> pyvirtualcam.Camera:
    """Open it; once more where an old driver only believes it to be taken."""
    device.node.open("rb+", buffering=0).close()  # names a missing right as what it is
    try:
        return _camera(size, fps, pyvirtualcam.PixelFormat.YUYV, device=str(device.node))
    except RuntimeError:
        if not free_if_stuck(device):
            raise
        return _camera(size, fps, pyvirtualcam.PixelFormat.YUYV, device=str(device.node))


def _camera(
    size: Size, fps: float, fmt: pyvirtualcam.PixelFormat, **which: str
) -> pyvirtualcam.Camera:
    return pyvirtualcam.Camera(size.width, size.height, fps, fmt=fmt, **which)


def _explained(device: Loopback, error: RuntimeError) -> SinkError:
    if "not a video output" in str(error) or "in use" in str(error):
        return SinkError(
            f"Another program writes to {CAMERA_NAME} ({device.node}).",
            "Stop that program's virtual camera; this one comes back by itself.",
        )
    return SinkError(f"The camera device does not open: {error}", "Run: python main.py doctor")


def _open_by_name(settings: CameraSettings) -> CameraDevice:
    """Our own name first, where the system lets us have one; OBS's camera otherwise."""
    system = platform.system()
    named = [("unitycapture", CAMERA_NAME)] if system == "Windows" else []
    reasons = []
    for backend, name in [*named, ("obs", None)]:
        which = {"backend": backend} | ({"device": name} if name else {})
        try:
            camera = _camera(settings.size, settings.fps, pyvirtualcam.PixelFormat.RGB, **which)
        except RuntimeError as error:
            reasons.append(str(error))
        else:
            return NamedCamera(camera, settings.size)
    raise SinkError(f"There is no virtual camera: {'; '.join(reasons)}", _REMEDIES.get(system, ""))


def _send(camera: pyvirtualcam.Camera, picture: Prepared) -> None:
    try:
        camera.send(picture)
    except (RuntimeError, OSError) as error:
        raise SinkError(
            f"The virtual camera has gone: {error}", "It comes back by itself when it can."
        ) from error
