"""Converts pictures to the camera's size and to the pixel format that all programs read."""

from __future__ import annotations

from importlib.resources import files

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.frames import Pixels, Size, size_of
from engine.settings import FitMode

Prepared = NDArray[np.uint8]
"""A picture in a camera's own pixel format: (H, W, 2) YUYV, or RGB as it came."""


def draw_fitted(source: Pixels, target: Pixels, mode: FitMode) -> None:
    """Fill `target` with `source`, centred and never squashed: bars, or cut to fill."""
    size = size_of(target)
    if size_of(source) == size:
        np.copyto(target, source)
    elif mode is FitMode.CROP:
        _resize(_middle(source, size), target)
    else:
        _letterbox(source, target, size)


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


def _letterbox(source: Pixels, target: Pixels, size: Size) -> None:
    have = size_of(source)
    scale = min(size.width / have.width, size.height / have.height)
    width, height = round(have.width * scale), round(have.height * scale)
    left, top = (size.width - width) // 2, (size.height - height) // 2
    target[:top] = target[top + height :] = 0
    target[:, :left] = target[:, left + width :] = 0
    _resize(source, target[top : top + height, left : left + width])


def _middle(source: Pixels, size: Size) -> Pixels:
    have = size_of(source)
    scale = min(have.width / size.width, have.height / size.height)
    width, height = round(size.width * scale), round(size.height * scale)
    left, top = (have.width - width) // 2, (have.height - height) // 2
    return source[top : top + height, left : left + width]


def _resize(source: Pixels, target: Pixels) -> None:
    size = size_of(target)
    shrinks = source.shape[1] > size.width
    how = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    cv2.resize(source, (size.width, size.height), dst=target, interpolation=how)
