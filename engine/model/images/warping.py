"""Moves pictures by a field of positions, or of ways from each pixel, and shrinks them quickly."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.frames import Pixels, Size

Field = NDArray[np.float32]
Numbers = TypeVar("Numbers", NDArray[np.uint8], NDArray[np.float32])


def warped(picture: Pixels, positions: Field) -> Pixels:
    """A picture (h, w, 3) sampled at positions (H, W, 2), x then y, in its pixels: (H, W, 3)."""
    four = cv2.cvtColor(picture, cv2.COLOR_RGB2RGBA)  # `remap` is twice as fast with four channels
    moved = cv2.remap(four, positions, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cv2.cvtColor(moved, cv2.COLOR_RGBA2RGB), np.uint8)


def along(picture: Numbers, ways: Field) -> Numbers:
    """A picture or a plane moved by ways from each pixel to where it was, (H, W, 2)."""
    how = cv2.INTER_LINEAR | cv2.WARP_RELATIVE_MAP
    moved = cv2.remap(picture, ways, None, how, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(moved, picture.dtype)


def moved_with(picture: Pixels, ways: Field, plane: Pixels) -> Pixels:
    """A picture (H, W, 3) moved likewise, with a plane (H, W) as it is: (H, W, 4)."""
    moved = along(cv2.cvtColor(picture, cv2.COLOR_RGB2RGBA), ways)
    cv2.insertChannel(plane, moved, 3)
    return moved


def shrunk(picture: Pixels, size: Size) -> Pixels:
    """A picture at a smaller size: halved for as long as that is possible, then interpolated.

    Averaging areas of 2.5 or 3 pixels directly takes several times as long.
    """
    while picture.shape[1] >= 2 * size.width:
        halves = (picture.shape[1] // 2, picture.shape[0] // 2)
        picture = np.asarray(cv2.resize(picture, halves, interpolation=cv2.INTER_AREA), np.uint8)
    shape = (size.width, size.height)
    return np.asarray(cv2.resize(picture, shape, interpolation=cv2.INTER_LINEAR), np.uint8)


@lru_cache(maxsize=8)
def pixel_positions(height: int, width: int) -> Field:
    """(height, width, 2): the position of each pixel, x then y; not to be changed in place."""
    columns = np.arange(width, dtype=np.float32)
    rows = np.arange(height, dtype=np.float32)
    grid = np.stack(np.broadcast_arrays(columns[None, :], rows[:, None]), axis=-1)
    grid.setflags(write=False)
    return grid
