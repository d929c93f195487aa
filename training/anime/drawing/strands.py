"""The direction of strands and edges in a picture, and means along it."""

from __future__ import annotations

import cv2
import numpy as np

from engine.drawing.canvas import blurred
from engine.drawing.colour import Plane


def directions(light: Plane, sigma: float) -> tuple[Plane, Plane]:
    """Cosine and sine of the direction along edges, by the structure tensor (Bigun 1987)."""
    smooth = blurred(light, 1.0)
    gx = cv2.Sobel(smooth, cv2.CV_32F, 1, 0)
    gy = cv2.Sobel(smooth, cv2.CV_32F, 0, 1)
    xx, xy, yy = (blurred(product, sigma) for product in (gx * gx, gx * gy, gy * gy))
    angle = 0.5 * np.arctan2(2 * xy, xx - yy) + np.pi / 2
    return np.cos(angle).astype(np.float32), np.sin(angle).astype(np.float32)


def mean_along(plane: Plane, way: tuple[Plane, Plane], steps: int, step: float = 2.0) -> Plane:
    """The mean of a plane along the directions, `steps` of `step` pixels to each side.

    Line integral convolution (Cabral and Leedom 1993) with a Gaussian weight.
    """
    height, width = plane.shape
    grid = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    total, weight = plane.copy(), 1.0
    for sign in (1.0, -1.0):
        x, y = grid[0].copy(), grid[1].copy()
        dx, dy = sign * way[0], sign * way[1]
        for number in range(1, steps + 1):
            x, y = x + step * dx, y + step * dy
            share = float(np.exp(-0.5 * (number / (steps * 0.6)) ** 2))
            total += share * cv2.remap(plane, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
            weight += share
            next_x, next_y = (
                cv2.remap(part, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
                for part in way
            )
            onward = np.where(next_x * dx + next_y * dy < 0, -1.0, 1.0).astype(np.float32)
            dx, dy = next_x * onward, next_y * onward
    return np.asarray(total / weight, np.float32)
