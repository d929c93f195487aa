"""Converts pictures to the camera's size and to the pixel format that all programs read."""

from __future__ import annotations

from importlib.resources import files

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.frames import Pixels, Size

Prepared = NDArray[np.uint8]
"""A picture in a camera's own pixel format: (H, W, 2) YUYV, or RGB as it came."""


def blank_yuyv(size: Size) -> NDArray[np.uint8]:
    """A buffer (H, W, 2) for one picture in YUYV."""
    return np.zeros((size.height, size.width, 2), np.uint8)


def to_yuyv(pixels: Pixels, out: NDArray[np.uint8]) -> None:
    """Convert RGB (H, W, 3) to YUYV 4:2:2 (H, W, 2), BT.601 limited range, into `out`."""
    cv2.cvtColor(pixels, cv2.COLOR_RGB2YUV_YUY2, dst=out)


def built_in_placeholder() -> Pixels:
    """The picture shown when nothing else may be."""
    data = files("resources").joinpath("placeholder", "placeholder.png").read_bytes()
    picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR_RGB)
    if picture is None:
        raise ValueError("the built-in placeholder cannot be decoded")
    return np.asarray(picture, np.uint8)
