"""Wraps pyvirtualcam, which only this module imports, and finds its cameras by name."""

from __future__ import annotations

import platform

import numpy as np
import pyvirtualcam

from engine.errors import SinkError
from engine.frames import Pixels, Size
from engine.virtual_camera.pixel_formats import Prepared
from engine.virtual_camera.protocol import CAMERA_NAME, CameraKind, CameraSettings

_NONE = "There is no virtual camera: {reasons}"
_WINDOWS = "Run installer/windows/virtual_camera.ps1 -Install, or install OBS Studio."
_MACOS = "Install OBS Studio 30 or newer and start its virtual camera once."


class Output:
    """A camera opened through pyvirtualcam.

    device: the system's name for it, None for any. Raises RuntimeError, with the library's
    message, if it cannot be opened.
    """

    def __init__(
        self, size: Size, fps: float, *, yuyv: bool, device: str | None, backend: str | None = None
    ) -> None:
        formats = pyvirtualcam.PixelFormat
        self._camera = pyvirtualcam.Camera(
            size.width,
            size.height,
            fps,
            fmt=formats.YUYV if yuyv else formats.RGB,
            device=device,
            backend=backend,
        )
        self.device = str(self._camera.device)

    def send(self, picture: Prepared) -> None:
        """Show this picture. Raises SinkError."""
        try:
            self._camera.send(picture)
        except (RuntimeError, OSError) as error:
            raise SinkError(
                "The virtual camera has gone: {reason}",
                "It comes back by itself when it can.",
                reason=error,
            ) from error

    def close(self) -> None:
        """Release the device."""
        self._camera.close()


class NamedCamera:
    """Windows and macOS: a camera found by its name, in RGB. Not yet run on either system."""

    kinds = frozenset({CameraKind.SYSTEM})

    def __init__(self, output: Output, size: Size) -> None:
        self.name, self.node, self.size = output.device, "", size
        self._output = output

    def blank(self) -> Prepared:
        return np.zeros((self.size.height, self.size.width, 3), np.uint8)

    def prepare(self, pixels: Pixels, out: Prepared) -> None:
        np.copyto(out, pixels)

    def send(self, picture: Prepared, frame: int) -> None:  # noqa: ARG002 - only for measuring
        self._output.send(picture)

    def watched(self) -> bool | None:
        return None

    def close(self) -> None:
        self._output.close()


def open_named_camera(settings: CameraSettings) -> NamedCamera:
    """Our own name if the system allows one, otherwise OBS's camera. Raises SinkError."""
    system = platform.system()
    named = [("unitycapture", CAMERA_NAME)] if system == "Windows" else []
    reasons = []
    for backend, device in [*named, ("obs", None)]:
        try:
            output = Output(settings.size, settings.fps, yuyv=False, device=device, backend=backend)
        except RuntimeError as error:
            reasons.append(str(error))
        else:
            return NamedCamera(output, settings.size)
    if system == "Windows":
        raise SinkError(_NONE, _WINDOWS, reasons="; ".join(reasons))
    raise SinkError(_NONE, _MACOS, reasons="; ".join(reasons))
