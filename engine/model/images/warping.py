"""Moves pictures by a field of positions, and shrinks them quickly."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.frames import Pixels, Size

Field = NDArray[np.float32]


def warped(picture: Pixels, positions: Field) -> Pixels:
    """A picture (h, w, 3) sampled at positions (H, W, 2), x then y, in its pixels: (H, W, 3)."""
    return np.asarray(cv2.cvtColor(_warped(picture, positions), cv2.COLOR_RGBA2RGB), np.uint8)


def warped_with(picture: Pixels, positions: Field, plane: Pixels) -> Pixels:
    """The same with a plane (H, W) as the fourth channel, as it is: (H, W, 4)."""
    moved = _warped(picture, positions)
    cv2.insertChannel(plane, moved, 3)
    return moved


def _warped(picture: Pixels, positions: Field) -> Pixels:
    four = cv2.cvtColor(picture, cv2.COLOR_RGB2RGBA)  # `remap` is twice as fast with four channels
    moved = cv2.remap(four, positions, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(moved, np.uint8)


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
