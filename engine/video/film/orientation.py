"""Turns pictures the way that they are meant to be seen: all eight orientations."""

from __future__ import annotations

import struct
from dataclasses import dataclass

import cv2
import numpy as np
from av.sidedata.sidedata import SideData
from av.video.frame import VideoFrame

from engine.frames import Pixels

_MATRIX_BYTES = 36


@dataclass(frozen=True, slots=True)
class Orientation:
    """What is done to a stored picture: first swapped along its diagonal, then mirrored."""

    transposed: bool = False
    mirrored: bool = False
    upside_down: bool = False

    def apply(self, pixels: Pixels) -> Pixels:
        """(height, width, 3) as it is meant to be seen, contiguous."""
        turned = cv2.transpose(pixels) if self.transposed else pixels
        if self.mirrored or self.upside_down:
            turned = cv2.flip(turned, self._flip_code())
        return np.ascontiguousarray(turned, np.uint8)

    def _flip_code(self) -> int:
        """OpenCV's: 0 about the horizontal axis, 1 about the vertical one, -1 about both."""
        return -1 if self.mirrored and self.upside_down else int(self.mirrored)


UPRIGHT = Orientation()


def orientation_of(frame: VideoFrame) -> Orientation:
    """What the frame's display matrix asks for, to the nearest quarter turn.

    The matrix (a, b, u; c, d, v; x, y, w) takes a point (p, q), with q downwards, to
    (a p + c q, b p + d q): ISO/IEC 14496-12, 6.2.2.
    """
    data = frame.side_data.get("DISPLAYMATRIX")
    if not isinstance(data, SideData) or data.buffer_size < _MATRIX_BYTES:
        return UPRIGHT
    a, b, _, c, d, *_ = struct.unpack_from("=9i", bytes(data))
    if abs(a) + abs(d) >= abs(b) + abs(c):
        return Orientation(mirrored=a < 0, upside_down=d < 0)
    return Orientation(transposed=True, mirrored=c < 0, upside_down=b < 0)
