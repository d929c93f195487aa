"""Edges and lines of what is known in coarse cells alone, crisp in a picture of any size.

Of the share of a part in each cell comes a plane that is smooth: how far inside the part the cell
lies. It is brought to the picture, and only there becomes an edge or a line, so that both move by
fractions of a pixel (as letters are drawn from distance fields: Green, "Improved alpha-tested
magnification", SIGGRAPH 2007).
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.drawing.canvas import blurred, smooth_step
from engine.drawing.colour import Plane
from engine.drawing.looks import Look

STEPS = 32.0
"""A distance of one cell, in the numbers 0..255 of a plane, whose middle is the edge."""
FLATTEST = 0.06
"""Slope of a part's share, in each cell, below which it says little about where the edge is."""
SURE_EDGE = 1.0
"""Half the softness of a part's edge, in pixels."""
LINE, LINE_SIDE = 1.15, 512
"""Width of outlines, in pixels, at the line weight 1, in a picture of no more rows or columns; in a
larger one they are as much wider."""
PERSON_LINE = 1.05
"""The same of the line around a person, relative to that."""
INKED = 0.9

Planes = NDArray[np.uint8]
"""(H, W, N)."""
Window = tuple[slice, slice]
"""Rows and columns of a picture."""

_FROM_THE_EDGE = np.arange(256) - 128.0


def distance(share: Plane) -> NDArray[np.uint8]:
    """How far inside a part each cell is, by its share and the slope of that; see `STEPS`."""
    soft = blurred(share, 0.6)
    slope = cv2.max(_slope(soft), FLATTEST)
    cells = np.clip((soft - np.float32(0.5)) / slope, -127 / STEPS, 127 / STEPS)
    return as_bytes(blurred(cells, 0.5) * np.float32(STEPS) + np.float32(128))


def sure(share: Plane, slopes: tuple[float, float]) -> Plane:
    """How sure it is that a part ends where it does: its share falls steeply there. 0..1.

    slopes: of the share, in each cell, up to which nothing is sure, and from which on its edge is.
    """
    return blurred(smooth_step(_slope(blurred(share, 0.6)), *slopes), 0.8)


def step_of(to_picture: NDArray[np.float64]) -> float:
    """The pixels of a step of how far inside one is. to_picture: (2, 3), from cells to pixels."""
    return float(np.hypot(*to_picture[:, 0])) / STEPS


def line_width(look: Look, size: tuple[int, ...]) -> float:
    """Of outlines in a picture (H, W), in pixels."""
    return LINE * look.line * max(1.0, min(size) / LINE_SIDE)


def covers(step: float, most: float) -> NDArray[np.uint8]:
    """(256,): how much a part hides, by how far inside one is. step: in pixels."""
    return as_bytes(255 * most * np.clip(0.5 + _FROM_THE_EDGE * step / (2 * SURE_EDGE), 0, 1))


def line(step: float, width: float) -> NDArray[np.uint8]:
    """(256,): how much an outline hides, by the distance from it. step, width: in pixels."""
    near = np.clip(0.5 + max(width, 1.0) / 2 - np.abs(_FROM_THE_EDGE) * step, 0, 1)
    return as_bytes(255 * INKED * min(width, 1.0) * near)


def brought(
    planes: Planes, to_picture: NDArray[np.float64], size: tuple[int, ...]
) -> tuple[Window, Planes]:
    """The rows and columns of a picture (H, W) that planes of cells cover, and the planes there.

    Cells that lie as the picture does, and cover all of it, are resized: that takes a fifth.
    """
    height, width = size
    factor = np.array([width / planes.shape[1], height / planes.shape[0]])
    if np.allclose(to_picture, np.column_stack([np.diag(factor), (factor - 1) / 2]), atol=1e-6):
        resized = cv2.resize(planes, (width, height), interpolation=cv2.INTER_LINEAR)
        return (slice(0, height), slice(0, width)), np.asarray(resized, np.uint8)
    corners = np.array([(x, y) for x in (0, planes.shape[1]) for y in (0, planes.shape[0])]) - 0.5
    at = corners @ to_picture[:, :2].T + to_picture[:, 2]
    low = np.clip(np.floor(at.min(0)), 0, (width, height)).astype(int)
    high = np.clip(np.ceil(at.max(0)) + 1, 0, (width, height)).astype(int)
    window = slice(int(low[1]), int(high[1])), slice(int(low[0]), int(high[0]))
    sides = int(high[0] - low[0]), int(high[1] - low[1])
    if min(sides) <= 0:
        return window, np.zeros((0, 0, planes.shape[2]), np.uint8)
    back = np.linalg.inv(to_picture[:, :2])
    matrix = np.column_stack([back, back @ (low - to_picture[:, 2])])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    there = cv2.warpAffine(planes, matrix, sides, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return window, np.asarray(there, np.uint8)


def as_bytes(values: NDArray[np.floating[Any]]) -> NDArray[np.uint8]:
    """Numbers as the nearest byte."""
    return np.asarray(np.rint(np.clip(values, 0, 255)), np.uint8)


def _slope(soft: Plane) -> Plane:
    across = cv2.Sobel(soft, cv2.CV_32F, 1, 0, scale=1 / 8)
    down = cv2.Sobel(soft, cv2.CV_32F, 0, 1, scale=1 / 8)
    return np.asarray(cv2.magnitude(across, down), np.float32)
