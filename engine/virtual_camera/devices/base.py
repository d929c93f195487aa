"""The interface of virtual cameras for the publisher, independent of the system."""

from __future__ import annotations

from typing import Protocol

from engine.frames import Pixels, Size
from engine.virtual_camera.pixel_formats import Prepared
from engine.virtual_camera.protocol import CameraKind


class CameraDevice(Protocol):
    """An open virtual camera. name: what other programs list. node: the device's file, by
    which readers among other processes are found, or "". size: what programs will get. kinds: the
    ways by which programs find it now.
    """

    @property
    def name(self) -> str: ...

    @property
    def node(self) -> str: ...

    @property
    def size(self) -> Size: ...

    @property
    def kinds(self) -> frozenset[CameraKind]: ...

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
