"""A canvas that is painted through antialiased masks: fills on one layer, ink on another.

Points are (K, 2), x then y, in pixels of the picture; the canvas itself has `scale` times as many
in each direction. Planes are (H, W) in 0..1 at the canvas' size where nothing else is said.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.drawing.colour import Picture, Plane
from engine.frames import Pixels

SCALE = 2
"""Of the teacher's canvas."""
THINNEST = 0.06
"""Of strokes, in pixels of the picture."""
SHIFT = 4
"""Fractional bits of the coordinates that OpenCV is given."""
Points = NDArray[np.float64]
Number = TypeVar("Number", np.float32, np.uint8)


def clamped(number: float, low: float, high: float) -> float:
    """A number, kept between two others."""
    return min(max(number, low), high)


def smooth_step(x: ArrayLike, low: float, high: float) -> Plane:
    """0 below low, 1 above high, a cubic between."""
    t = np.clip((np.asarray(x, np.float32) - low) / (high - low), 0.0, 1.0)
    return np.asarray(t * t * (3.0 - 2.0 * t), np.float32)


def blurred(plane: NDArray[np.float32], sigma: float) -> NDArray[np.float32]:
    """Gaussian blur; below a fifth of a pixel none."""
    if sigma <= 0.2:
        return plane
    return np.asarray(cv2.GaussianBlur(plane, (0, 0), float(sigma)), np.float32)


def resized(plane: ArrayLike, side: int) -> Plane:
    """A square plane at another size: means when smaller, cubic when larger."""
    plane = np.asarray(plane, np.float32)
    method = cv2.INTER_AREA if side < plane.shape[0] else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(plane, (side, side), interpolation=method), np.float32)


def spline(points: ArrayLike, count: int = 40) -> Points:
    """A smooth curve of `count` points through the given ones (Catmull and Rom 1974)."""
    p = np.asarray(points, np.float64)
    return np.asarray(_spline_weights(len(p), count) @ p)


@lru_cache(maxsize=64)
def _spline_weights(given: int, count: int) -> NDArray[np.float64]:
    """(count, given): how much each given point has of each point of the curve."""
    p = np.eye(given)
    q = np.vstack([2 * p[0] - p[1], p, 2 * p[-1] - p[-2]])
    t = np.linspace(0, given - 1 - 1e-6, count)
    i = t.astype(int)
    f = (t - i)[:, None]
    a, b, c, d = q[i], q[i + 1], q[i + 2], q[i + 3]
    cubic = -a + 3 * b - 3 * c + d
    return np.asarray(
        0.5 * (2 * b + (c - a) * f + (2 * a - 5 * b + 4 * c - d) * f**2 + cubic * f**3)
    )


def smooth_contour(contour: Points, sigma: int) -> Points:
    """A closed contour, smoothed along its length; a very short one as it is."""
    t = np.arange(-3 * sigma, 3 * sigma + 1) / sigma
    kernel = np.exp(-0.5 * t**2)
    kernel /= kernel.sum()
    if len(contour) < 4 * len(kernel):
        return contour
    ring = np.vstack([contour[-3 * sigma :], contour, contour[: 3 * sigma]])
    return np.stack([np.convolve(ring[:, i], kernel, "valid") for i in (0, 1)], 1)


def ellipse(centre: ArrayLike, rx: float, ry: float, angle: float = 0.0) -> Points:
    """The outline of an ellipse; the angle turns it clockwise in the picture, in degrees."""
    c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    turned = np.array([[rx * c, rx * s], [-ry * s, ry * c]])
    return np.asarray(unit_circle() @ turned + np.asarray(centre, np.float64))


@cache
def unit_circle() -> Points:
    """(48, 2): points of the unit circle, not to be changed in place."""
    t = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    circle = np.stack([np.cos(t), np.sin(t)], 1)
    circle.setflags(write=False)
    return circle


@lru_cache(maxsize=64)
def swell(count: int, ends: float = 0.12) -> Points:
    """A stroke's pressure, 0..1: thin at both ends. Not to be changed in place."""
    pressure = np.sin(np.linspace(ends, np.pi - ends, count))
    pressure.setflags(write=False)
    return pressure


@dataclass(frozen=True, slots=True)
class Patch:
    """A soft mask cut to its box: `values` (h, w), the box' corner at row `top`, column `left`."""

    values: Plane
    top: int = 0
    left: int = 0

    def cut(self, full: NDArray[Number]) -> NDArray[Number]:
        """The part of a canvas-sized array in the box (a view)."""
        height, width = self.values.shape
        return full[self.top : self.top + height, self.left : self.left + width]

    def times(self, other: Patch | Plane | float) -> Patch:
        """The mask seen through another."""
        if isinstance(other, Patch):
            return self._crossed(other)
        if isinstance(other, np.ndarray):
            return Patch(self.values * self.cut(other), self.top, self.left)
        if other == 1.0:
            return self
        return Patch(self.values * np.float32(other), self.top, self.left)

    def _crossed(self, other: Patch) -> Patch:
        top, left = max(self.top, other.top), max(self.left, other.left)
        bottom = min(self.top + self.values.shape[0], other.top + other.values.shape[0])
        right = min(self.left + self.values.shape[1], other.left + other.values.shape[1])
        if bottom <= top or right <= left:
            return NOWHERE
        mine, theirs = (patch.part(top, bottom, left, right) for patch in (self, other))
        return Patch(mine * theirs, top, left)

    def part(self, top: int, bottom: int, left: int, right: int) -> Plane:
        """The values in rows and columns of the canvas that lie in the box (a view)."""
        return self.values[top - self.top : bottom - self.top, left - self.left : right - self.left]

    def spread(self, side: int) -> Plane:
        """The mask on a canvas of side x side."""
        full = np.zeros((side, side), np.float32)
        self.cut(full)[:] = self.values
        return full

    def depths(self, scale: int, origin: Points, way: Points) -> Plane:
        """How far along a way from an origin, (2,) each, each value lies: -1..1.

        Both are in pixels of the picture; the way's length is 1 over how many of them are 1.
        """
        height, width = self.values.shape
        x = (np.arange(self.left, self.left + width) / scale - origin[0]) * way[0]
        y = (np.arange(self.top, self.top + height) / scale - origin[1]) * way[1]
        depths = x.astype(np.float32) + y.astype(np.float32)[:, None]
        return np.asarray(np.clip(depths, -1.0, 1.0))


NOWHERE = Patch(np.zeros((1, 1), np.float32))


def polygon(side: int, points: ArrayLike, margin: int = 2, scale: int = SCALE) -> Patch:
    """The inside of a polygon on a canvas of side x side, edges antialiased."""
    place = _placed(side, np.asarray(points, np.float64), margin, scale)
    if place is None:
        return NOWHERE
    rows, columns, outline = place
    mask = np.zeros((rows.stop - rows.start, columns.stop - columns.start), np.uint8)
    cv2.fillPoly(mask, [outline], 255, cv2.LINE_AA, SHIFT)
    values = np.divide(mask, np.float32(255), dtype=np.float32)
    return Patch(values, rows.start, columns.start)


def _placed(
    side: int, points: Points, margin: int = 2, scale: int = 1
) -> tuple[slice, slice, NDArray[np.int32]] | None:
    """The rows and columns around points and a margin on a canvas of side x side, if any, and the
    points as OpenCV fills polygons, counted from the corner there.
    """
    fixed = np.rint(points * (scale << SHIFT)).astype(np.int32)
    least_x, least_y, width, height = cv2.boundingRect(fixed)
    left, top = max((least_x >> SHIFT) - margin, 0), max((least_y >> SHIFT) - margin, 0)
    right = min(-(-(least_x + width - 1) >> SHIFT) + margin + 1, side)
    bottom = min(-(-(least_y + height - 1) >> SHIFT) + margin + 1, side)
    if right <= left or bottom <= top:
        return None
    fixed -= (left << SHIFT, top << SHIFT)
    return slice(top, bottom), slice(left, right), fixed


def box_of(cover: NDArray[np.uint8]) -> tuple[slice, slice]:
    """The rows and columns in which anything is covered."""
    left, top, width, height = cv2.boundingRect(cover)
    return np.s_[top : top + height, left : left + width]


class Surface(ABC):
    """What can be painted: a square of side x side, `scale` times the picture's."""

    side: int
    scale: int

    @abstractmethod
    def paint(self, mask: Patch | Plane, colour: ArrayLike, opacity: float = 1.0) -> None:
        """Lay a colour (3,), or a picture (of the box or the canvas), through a mask."""

    @abstractmethod
    def draw(self, mask: Patch | Plane, colour: ArrayLike, opacity: float = 1.0) -> None:
        """Lay ink of a colour (3,), or of a picture of the canvas' size, through a mask."""

    def polygon(self, points: ArrayLike, margin: int = 2) -> Patch:
        """The inside of a polygon."""
        return polygon(self.side, points, margin, self.scale)

    def stroke(
        self,
        points: ArrayLike,
        width: ArrayLike,
        colour: ArrayLike,
        opacity: float = 1.0,
        within: Plane | float = 1.0,
    ) -> None:
        """Ink along a line; `width` in pixels of the picture, one for all points or for each."""
        outline = stroke_outline(np.asarray(points, np.float64), width)
        if outline is not None:
            self._fill(outline, colour, opacity, within)

    def _fill(
        self, outline: Points, colour: ArrayLike, opacity: float, within: Plane | float
    ) -> None:
        """Lay ink within an outline."""
        self.draw(self.polygon(outline).times(within), colour, opacity)


class Canvas(Surface):
    """What is painted: `fills` (H, W, 3), and above them `ink`, premultiplied, with `cover` (H, W).

    A fill hides the ink below it. So a look can redraw the fills (screentone, washes) and leave
    the lines alone.
    """

    def __init__(self, fills: Picture) -> None:
        self.fills = fills.astype(np.float32)
        self.side, self.scale = fills.shape[0], SCALE
        self.ink = np.zeros_like(self.fills)
        self.cover = np.zeros(self.fills.shape[:2], np.float32)

    def paint(self, mask: Patch | Plane, colour: ArrayLike, opacity: float = 1.0) -> None:
        patch, colour = _laid(mask, colour)
        alpha = (patch.values * np.float32(opacity))[..., None]
        fills, ink, cover = patch.cut(self.fills), patch.cut(self.ink), patch.cut(self.cover)
        fills += (colour - fills) * alpha
        ink *= 1.0 - alpha
        cover *= 1.0 - alpha[..., 0]

    def draw(self, mask: Patch | Plane, colour: ArrayLike, opacity: float = 1.0) -> None:
        patch, colour = _laid(mask, colour)
        alpha = (patch.values * np.float32(opacity))[..., None]
        _over(patch.cut(self.ink), patch.cut(self.cover), colour, alpha)

    def flattened(self) -> Picture:
        """Fills with the ink upon them."""
        return np.asarray(self.fills * (1.0 - self.cover[..., None]) + self.ink)


class Layer(Surface):
    """A transparent canvas: `pixels` (H, W, 4) of bytes, premultiplied colours and their cover.

    Fills and ink lie on the same layer, at the picture's own scale.
    """

    def __init__(self, side: int) -> None:
        self.side, self.scale = side, 1
        self.pixels = np.zeros((side, side, 4), np.uint8)

    @property
    def cover(self) -> NDArray[np.uint8]:
        """How much of each pixel is covered, (H, W), 0..255."""
        return np.asarray(cv2.extractChannel(self.pixels, 3), np.uint8)

    def paint(self, mask: Patch | Plane, colour: ArrayLike, opacity: float = 1.0) -> None:
        self.draw(mask, colour, opacity)

    def draw(self, mask: Patch | Plane, colour: ArrayLike, opacity: float = 1.0) -> None:
        patch, colour = _laid(mask, colour)
        there = patch.cut(self.pixels)
        solid = np.empty_like(there)
        if colour.ndim == 1:  # as words: four times as fast
            opaque = np.array([*np.rint(colour).tolist(), 255], np.uint8)
            solid.view(np.uint32)[:] = opaque.view(np.uint32)
        else:
            solid[..., :3], solid[..., 3] = np.rint(colour), 255
        alpha = patch.values * np.float32(opacity)
        cv2.blendLinear(there, solid, 1 - alpha, alpha, there)

    def _fill(
        self, outline: Points, colour: ArrayLike, opacity: float, within: Plane | float
    ) -> None:
        """A polygon of opaque ink is laid in one go: edges blend as premultiplied colours do."""
        if isinstance(within, np.ndarray):
            super()._fill(outline, colour, opacity, within)
            return
        place = _placed(self.side, outline)
        if place is None:
            return
        *box, fixed = place
        there = self.pixels[*box]
        opacity *= within
        ink = there if opacity == 1.0 else there.copy()
        cv2.fillPoly(ink, [fixed], (*np.rint(colour).tolist(), 255), cv2.LINE_AA, SHIFT)
        if opacity != 1.0:
            cv2.addWeighted(ink, opacity, there, 1.0 - opacity, 0.0, there)


def _laid(mask: Patch | Plane, colour: ArrayLike) -> tuple[Patch, Picture]:
    """The mask as a patch, and the colour as it lies in its box."""
    patch = mask if isinstance(mask, Patch) else Patch(mask)
    colours = np.asarray(colour, np.float32)
    if colours.ndim == 3 and colours.shape[:2] != patch.values.shape:
        colours = patch.cut(colours)
    return patch, colours


def _over(ink: Picture, cover: Plane, colour: Picture, alpha: Picture) -> None:
    """Lay a colour upon premultiplied ink, in place."""
    ink += (colour - ink) * alpha
    cover += (1.0 - cover) * alpha[..., 0]


def stroke_outline(points: Points, width: ArrayLike) -> Points | None:
    """The outline of a line of changing width; None where it is too thin to be seen."""
    w = np.asarray(width, np.float64)
    if w.min() < THINNEST:  # a polygon without width would still leave a hair line
        seen = np.flatnonzero(np.broadcast_to(w, len(points)) >= THINNEST)
        if len(seen) < 3:
            return None
        points, w = points[seen[0] : seen[-1] + 1], w[seen[0] : seen[-1] + 1]
    line = np.ascontiguousarray(points).view(np.complex128)[:, 0]  # x + yi: few steps, all short
    along = np.empty_like(line)
    along[1:-1] = (line[2:] - line[:-2]) / 2
    along[0], along[-1] = line[1] - line[0], line[-1] - line[-2]
    across = along * (0.5j * w / (np.abs(along) + 1e-9))
    outline = np.concatenate([line + across, (line - across)[::-1]])
    return outline.view(np.float64).reshape(-1, 2)


def finished(picture: Picture) -> Pixels:
    """A canvas' picture at the picture's own size, as bytes."""
    side = picture.shape[0] // SCALE
    small = cv2.resize(np.clip(picture, 0, 255), (side, side), interpolation=cv2.INTER_AREA)
    return np.asarray(np.clip(np.rint(small), 0, 255), np.uint8)
