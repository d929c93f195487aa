"""Puts the invisible mark on a picture: adds one of a few pictures computed beforehand."""

from __future__ import annotations

import threading
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.frames import Pixels, Size, size_of
from engine.provenance.mark.payload import Payload
from engine.provenance.mark.tile import SIDE, tile_of

CYCLE = 24
"""Frames in which the pattern comes back to where it was: most of a second."""
CELLS = 48
"""The side of a square picture, or what corresponds to it, in cells of the pattern."""
AMPLITUDE = 1.2
"""Root mean square of what is added to a picture, in levels of 0..255, before it is rounded."""
_SMALLEST_CELL = 2.0
"""Pixels. In a smaller picture the pattern could not be drawn."""

_computing = threading.Lock()


def cell_of(size: Size) -> float:
    """The side of a cell in a picture of this size, in pixels."""
    return float(np.sqrt(size.width * size.height)) / CELLS


def can_bear(size: Size) -> bool:
    """Whether a picture of this size is large enough for the pattern."""
    return cell_of(size) >= _SMALLEST_CELL


def add_mark(pixels: Pixels, number: int, payload: Payload, *, in_place: bool = False) -> Pixels:
    """A copy of the picture with the mark; one too small for it comes back as it is.

    number: the frame's. The same number and payload add the same. in_place: the picture itself
    gets the mark, and comes back.
    """
    size = size_of(pixels)
    if not can_bear(size):
        return pixels
    step, late = number % (CYCLE // 2), number // (CYCLE // 2) % 2
    lighter, darker = overlays(size, payload)[step][:: -1 if late else 1]
    marked: Pixels = cv2.add(pixels, _grey(lighter), dst=pixels if in_place else None)
    cv2.subtract(marked, _grey(darker), dst=marked)
    return marked


def prepare_mark(size: Size, payload: Payload) -> None:
    """Compute what `add_mark` adds to pictures of this size, ahead of the first one."""
    if can_bear(size):
        overlays(size, payload)


def overlays(size: Size, payload: Payload) -> NDArray[np.uint8]:
    """(C/2, 2, height, width): what is added and what is taken away in the first half of a cycle.

    In the second half the two change places. Whoever asks while they are computed waits for them.
    """
    with _computing:
        return _overlays(size, payload)


@lru_cache(maxsize=2)
def _overlays(size: Size, payload: Payload) -> NDArray[np.uint8]:
    field = _field(size, payload)
    mask = _dither(size)
    pairs = np.empty((CYCLE // 2, 2, size.height, size.width), np.uint8)
    for step, pair in enumerate(pairs):
        turn = np.exp(-2j * np.pi * step / CYCLE).astype(np.complex64)
        steps = np.floor(np.real(field * turn) + mask)
        pair[0], pair[1] = np.maximum(steps, 0), np.maximum(-steps, 0)
    return pairs


def _field(size: Size, payload: Payload) -> NDArray[np.complex64]:
    """(height, width): the tile, repeated and drawn smoothly at the picture's size."""
    cell = cell_of(size)
    rows, columns = (int(np.ceil(side / cell)) + 4 for side in (size.height, size.width))
    tile = tile_of(payload)
    cells = np.take(
        np.take(tile, np.arange(-2, rows - 2) % SIDE, 0), np.arange(-2, columns - 2) % SIDE, 1
    )
    way = np.array([[1 / cell, 0, 1.5 + 0.5 / cell], [0, 1 / cell, 1.5 + 0.5 / cell]])
    parts = [
        cv2.warpAffine(
            np.ascontiguousarray(part),
            way,
            (size.width, size.height),
            flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP,
        )
        for part in (cells.real, cells.imag)
    ]
    field = parts[0] + 1j * parts[1]
    strength = np.sqrt(np.mean(np.abs(field) ** 2) / 2)
    return np.asarray(field * np.float32(AMPLITUDE / strength), np.complex64)


def _dither(size: Size) -> NDArray[np.float32]:
    """(height, width) in 0..1: where a fraction of a level is rounded up.

    Interleaved gradient noise (Jimenez, Next Generation Post Processing in Call of Duty, 2014):
    without it, contours of equal level could be seen on flat areas.
    """
    y, x = np.mgrid[: size.height, : size.width].astype(np.float64)
    noise = np.modf(52.9829189 * np.modf(0.06711056 * x + 0.00583715 * y)[0])[0]
    return np.asarray(noise, np.float32)


def _grey(plane: NDArray[np.uint8]) -> Pixels:
    grey: Pixels = cv2.merge([plane, plane, plane])
    return grey
