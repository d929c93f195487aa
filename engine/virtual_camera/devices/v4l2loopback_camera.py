"""Linux: our v4l2loopback device as the virtual camera."""

from __future__ import annotations

from engine.errors import SinkError
from engine.frames import Pixels, Size
from engine.virtual_camera.devices.pyvirtualcam_camera import Output
from engine.virtual_camera.devices.v4l2loopback import (
    LoopbackDevice,
    ReaderCount,
    device_format,
    our_device,
)
from engine.virtual_camera.devices.v4l2loopback_quirks import ResetKeeper, forgets, free_if_stuck
from engine.virtual_camera.pixel_formats import Prepared, blank_yuyv, to_yuyv
from engine.virtual_camera.protocol import CAMERA_NAME, CameraKind, CameraSettings


class LoopbackCamera:
    """Sends YUYV, which browsers, OBS and Discord all accept.

    While a program that read an earlier stream stays, the driver keeps that stream's size;
    it is adopted, so that the program never sees a change.
    """

    kinds = frozenset({CameraKind.V4L2})

    def __init__(self, device: LoopbackDevice, settings: CameraSettings) -> None:
        self.name, self.node = CAMERA_NAME, str(device.node)
        self.size = _size_to_use(device, settings.size)
        self._output = _open(device, self.size, settings.fps)
        self._old_driver = ResetKeeper(device) if forgets() else None
        self._watch = ReaderCount(device)

    def blank(self) -> Prepared:
        return blank_yuyv(self.size)

    def prepare(self, pixels: Pixels, out: Prepared) -> None:
        to_yuyv(pixels, out)

    def send(self, picture: Prepared, frame: int) -> None:  # noqa: ARG002 - only for measuring
        if self._old_driver is not None:
            self._old_driver.remind()
        self._output.send(picture)

    def watched(self) -> bool | None:
        return self._watch.anybody()

    def close(self) -> None:
        self._output.close()
        if self._old_driver is not None:
            self._old_driver.close()


def open_loopback_camera(settings: CameraSettings) -> LoopbackCamera:
    """Find and open our device. Raises SinkError with the reason and a remedy."""
    return LoopbackCamera(our_device(), settings)


def _size_to_use(device: LoopbackDevice, requested: Size) -> Size:
    current = device_format(device)
    if current is None:
        return requested
    if current.fourcc != "YUYV":
        raise SinkError(
            "Another program keeps the camera in the picture format {format}.",
            "Close every program that uses the camera; it comes back by itself.",
            format=current.fourcc,
        )
    return current.size


def _open(device: LoopbackDevice, size: Size, fps: float) -> Output:
    """Open it; retry once if an old driver wrongly reports that it is in use."""
    _check_rights(device)
    try:
        return Output(size, fps, yuyv=True, device=str(device.node))
    except RuntimeError as error:
        if not free_if_stuck(device):
            raise _explained(device, error) from error
    try:
        return Output(size, fps, yuyv=True, device=str(device.node))
    except RuntimeError as error:
        raise _explained(device, error) from error


def _check_rights(device: LoopbackDevice) -> None:
    """Explain a missing permission, which the library does not."""
    try:
        device.node.open("rb+", buffering=0).close()
    except FileNotFoundError as error:
        raise SinkError(
            "{node} does not exist.", "Restart the computer.", node=device.node
        ) from error
    except PermissionError as error:
        raise SinkError(
            "You have no permission to write to {node}.",
            "Add yourself to the group: sudo usermod -aG video $USER, then log in again.",
            node=device.node,
        ) from error
    except OSError as error:
        raise SinkError(
            "{node} cannot be opened: {reason}.",
            "Run: python main.py doctor",
            node=device.node,
            reason=error.strerror,
        ) from error


def _explained(device: LoopbackDevice, error: RuntimeError) -> SinkError:
    if "not a video output" in str(error) or "in use" in str(error):
        return SinkError(
            "Another program is writing to {camera} ({node}).",
            "Stop that program's virtual camera; this one comes back by itself.",
            camera=CAMERA_NAME,
            node=device.node,
        )
    return SinkError(
        "The camera device cannot be opened: {reason}", "Run: python main.py doctor", reason=error
    )
