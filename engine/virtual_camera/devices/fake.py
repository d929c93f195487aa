"""A camera that is only a file: it keeps the newest picture and a log of everything sent.

For tests and measurements on machines without a virtual camera. `FakeCameraLog` reads it from
another process. The log has the extremes of every picture sent, sampled at every eighth pixel, so
that no fault of either side can hide a picture from the reader.
"""

from __future__ import annotations

import mmap
import time
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.frames import Pixels, Size
from engine.virtual_camera.pixel_formats import Prepared, to_yuyv
from engine.virtual_camera.protocol import LARGEST, CameraKind

_ENTRY = np.dtype([("sent_at", "<f8"), ("frame", "<i8"), ("darkest", "u1"), ("brightest", "u1"),
                   ("reserved", "V6")])  # fmt: skip
_ENTRIES = 200_000
_HEAD = 4096
_LOG_BYTES = _ENTRIES * _ENTRY.itemsize
_PICTURE_BYTES = LARGEST.width * LARGEST.height * 2


class FakeCameraLog:
    """The log of a fake camera, and its newest picture.

    Each entry: when (`time.monotonic()`), the frame's number (-1: the placeholder), and the least
    and greatest luma of the picture, 16..235.
    """

    def __init__(self, path: Path) -> None:
        length = _HEAD + _LOG_BYTES + _PICTURE_BYTES
        with path.open("a+b") as file:
            file.truncate(length)
            self._map = mmap.mmap(file.fileno(), length)
        self.head = np.frombuffer(self._map, np.int64, 4)
        self.log = np.frombuffer(self._map, _ENTRY, _ENTRIES, _HEAD)
        self._picture = np.frombuffer(self._map, np.uint8, _PICTURE_BYTES, _HEAD + _LOG_BYTES)

    @property
    def count(self) -> int:
        """Number of pictures sent; only the first 200,000 are in the log."""
        return int(self.head[0])

    def entries(self) -> NDArray[np.void]:
        """A copy of the log so far."""
        return self.log[: min(self.count, _ENTRIES)].copy()

    def picture(self) -> Pixels:
        """The newest picture, as a program that reads the camera sees it."""
        return np.asarray(cv2.cvtColor(self.raw(), cv2.COLOR_YUV2RGB_YUY2), np.uint8)

    def raw(self) -> Prepared:
        """A view of the newest picture as it was sent."""
        width, height = int(self.head[1]), int(self.head[2])
        return self._picture[: width * height * 2].reshape(height, width, 2)

    def close(self) -> None:
        """Let go: the mapping ends with the last view of it."""
        del self.head, self.log, self._picture, self._map


class FakeCamera:
    """The camera side of a `FakeCameraLog`. Pictures are YUYV, as on a real device on Linux."""

    kinds: frozenset[CameraKind] = frozenset()

    def __init__(self, path: str, size: Size) -> None:
        self.name, self.node = "Stand-in camera", ""
        self.size = size
        self._log = FakeCameraLog(Path(path))
        self._log.head[:3] = (self._log.count, size.width, size.height)

    def blank(self) -> Prepared:
        return np.zeros((self.size.height, self.size.width, 2), np.uint8)

    def prepare(self, pixels: Pixels, out: Prepared) -> None:
        to_yuyv(pixels, out)

    def send(self, picture: Prepared, frame: int) -> None:
        log = self._log
        np.copyto(log.raw(), picture)
        if log.count < _ENTRIES:
            luma = np.ascontiguousarray(picture[::8, ::16, 0])
            log.log[log.count] = (time.monotonic(), frame, luma.min(), luma.max(), b"")
        log.head[0] += 1

    def watched(self) -> bool | None:
        return None

    def close(self) -> None:
        self._log.close()
