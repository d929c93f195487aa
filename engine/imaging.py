"""Resizes, crops and letterboxes pictures, for the whole program. Nothing is ever squashed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageOps

from engine.errors import SettingError
from engine.files.names import shown
from engine.frames import Pixels, Size, size_of
from engine.settings import FitMode, InputSettings

_ROTATIONS = {
    90: cv2.ROTATE_90_CLOCKWISE,
    180: cv2.ROTATE_180,
    270: cv2.ROTATE_90_COUNTERCLOCKWISE,
}


STRIP = 64
"""Rows of a picture that are worked on at a time."""


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle of a picture, in pixels."""

    left: int
    top: int
    width: int
    height: int

    def of(self, pixels: Pixels) -> Pixels:
        """A view of this rectangle of `pixels`."""
        return pixels[self.top : self.top + self.height, self.left : self.left + self.width]


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a picture, in shares of its sides."""

    left: float
    top: float
    width: float
    height: float


WHOLE_PICTURE = Window(0.0, 0.0, 1.0, 1.0)

SPARE = 1.25
"""A picture this much larger than the target can be sampled linearly without moiré; what is larger
still is averaged down to that first, so that an enlarged part of it is as sharp as it can be."""


@dataclass(frozen=True, slots=True)
class FrameFitter:
    """The way from pictures of one size to another: rotate, mirror, then crop or letterbox.

    crop: the rectangle of the source that is used. area: where it lands before the rotation.
    canvas: the size of the result before the rotation.
    """

    source: Size
    crop: Rect
    area: Rect
    canvas: Size
    rotate: int
    mirror: bool

    @staticmethod
    def between(source: Size, target: Size, settings: InputSettings) -> FrameFitter:
        """Work out once how pictures of size `source` become pictures of size `target`."""
        canvas = _turned(target, settings.rotate)
        whole = Rect(0, 0, source.width, source.height)
        if settings.fit is FitMode.CROP:
            crop, area = largest_rect(canvas, source), Rect(0, 0, canvas.width, canvas.height)
        else:
            crop, area = whole, largest_rect(source, canvas)
        return FrameFitter(source, crop, area, canvas, settings.rotate, settings.mirror)

    @property
    def target(self) -> Size:
        """The size of the result."""
        return _turned(self.canvas, self.rotate)

    def apply(self, pixels: Pixels, window: Window = WHOLE_PICTURE) -> Pixels:
        """(source height, source width, 3) -> (target height, target width, 3), contiguous.

        window: the part of the result that fills it, to fractions of a pixel.
        """
        if window == WHOLE_PICTURE:
            return self._whole(pixels)
        if self.area != Rect(0, 0, self.canvas.width, self.canvas.height):
            return self._upright(self._whole(pixels), window, rotate=0, mirror=False)
        return self._upright(self._base(pixels), window, rotate=self.rotate, mirror=self.mirror)

    def _base(self, pixels: Pixels) -> Pixels:
        """What is used of the source, at the size at which it is sampled."""
        used = self.crop.of(pixels)
        most = Size(round(SPARE * self.canvas.width), round(SPARE * self.canvas.height))
        return resize(used, most) if used.shape[1] > most.width else used

    def _upright(self, base: Pixels, window: Window, *, rotate: int, mirror: bool) -> Pixels:
        """A window of a picture that is still to be rotated and mirrored, at the target's size."""
        corners = np.array(((0, 0), (1, 0), (0, 1)), np.float64)
        place = corners * (window.width, window.height) + (window.left, window.top)
        if mirror:
            place[:, 0] = 1.0 - place[:, 0]
        for _ in range(rotate // 90):  # back by a quarter: (x, y) comes from (y, 1 - x)
            place = np.stack((place[:, 1], 1.0 - place[:, 0]), axis=1)
        target = self.target
        to = corners * (target.width, target.height) - 0.5
        whence = place * (base.shape[1], base.shape[0]) - 0.5
        way = cv2.getAffineTransform(to.astype(np.float32), whence.astype(np.float32))
        how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        seen: Pixels = cv2.warpAffine(
            base, way, (target.width, target.height), flags=how, borderMode=cv2.BORDER_REPLICATE
        )
        return seen

    def _whole(self, pixels: Pixels) -> Pixels:
        size = Size(self.area.width, self.area.height)
        picture = self._on_canvas(resize(self.crop.of(pixels), size))
        if self.rotate:
            picture = cv2.rotate(picture, _ROTATIONS[self.rotate])
        if self.mirror:
            picture = cv2.flip(picture, 1)
        return np.ascontiguousarray(picture)

    def _on_canvas(self, picture: Pixels) -> Pixels:
        """The picture with black bars around it where it leaves some of the canvas free."""
        left, top = self.area.left, self.area.top
        right = self.canvas.width - self.area.width - left
        bottom = self.canvas.height - self.area.height - top
        if not (left or top or right or bottom):
            return picture
        barred: Pixels = cv2.copyMakeBorder(picture, top, bottom, left, right, cv2.BORDER_CONSTANT)
        return barred


def _turned(size: Size, rotate: int) -> Size:
    """A picture's size once it is rotated by this angle."""
    return Size(size.height, size.width) if rotate in (90, 270) else size


def fit(pixels: Pixels, size: Size, settings: InputSettings) -> Pixels:
    """One picture at `size`; for a stream, make a `FrameFitter` once."""
    return FrameFitter.between(size_of(pixels), size, settings).apply(pixels)


def draw_fitted(source: Pixels, target: Pixels, mode: FitMode) -> None:
    """Fill `target` with `source`, centred: letterboxed, or cropped to fill it. Quicker than
    `fit`: nothing is allocated, and what grows is interpolated linearly.
    """
    size = size_of(target)
    if size_of(source) == size:
        np.copyto(target, source)
    elif mode is FitMode.CROP:
        resize(largest_rect(size, size_of(source)).of(source), size, cv2.INTER_LINEAR, target)
    else:
        area = largest_rect(size_of(source), size)
        target[: area.top] = target[area.top + area.height :] = 0
        target[:, : area.left] = target[:, area.left + area.width :] = 0
        inner = area.of(target)
        resize(source, size_of(inner), cv2.INTER_LINEAR, inner)


def largest_rect(shape: Size, frame: Size) -> Rect:
    """The largest centred rectangle of `frame` with the aspect ratio of `shape`."""
    scale = min(frame.width / shape.width, frame.height / shape.height)
    width = min(max(round(shape.width * scale), 1), frame.width)
    height = min(max(round(shape.height * scale), 1), frame.height)
    return Rect((frame.width - width) // 2, (frame.height - height) // 2, width, height)


def resize(
    pixels: Pixels, size: Size, enlarging: int = cv2.INTER_CUBIC, out: Pixels | None = None
) -> Pixels:
    """`pixels` at `size`: averaged over areas where it shrinks; where it grows, interpolated in
    OpenCV's way `enlarging`. The picture itself where it has that size. out: written to.
    """
    have = size_of(pixels)
    if have == size and out is None:
        return pixels
    shrinks = size.width * size.height < have.width * have.height
    how = cv2.INTER_AREA if shrinks else enlarging
    resized: Pixels = cv2.resize(pixels, (size.width, size.height), dst=out, interpolation=how)
    return resized


def towards(start: Pixels, end: Pixels, weight: Pixels) -> Pixels:
    """Mix two pictures (H, W, 3): start + (end - start) * weight / 255. weight: (H, W).

    As far as the share of the difference on both sides, and there no further than the end: bytes
    saturate, and take a quarter of the time of `blendLinear`. In strips that stay in the
    processor's cache: a quarter of the time again.
    """
    mixed = np.empty_like(start)
    for top in range(0, len(start), STRIP):
        rows = slice(top, top + STRIP)
        here, there = start[rows], end[rows]
        share = cv2.cvtColor(weight[rows], cv2.COLOR_GRAY2RGB)
        step = cv2.multiply(cv2.absdiff(here, there), share, scale=1.0 / 255.0)
        cv2.min(cv2.max(there, cv2.subtract(here, step)), cv2.add(here, step), dst=mixed[rows])
    return mixed


def read_picture(path: Path) -> Pixels:
    """A picture that a user chose, upright, (H, W, 3). Raises SettingError."""
    with _opened(path) as image:
        return np.array(ImageOps.exif_transpose(image).convert("RGB"), np.uint8)


def check_picture(path: Path) -> None:
    """Raise SettingError unless the file begins as a picture does; quick for any size."""
    with _opened(path):
        return


@contextmanager
def _opened(path: Path) -> Iterator[Image.Image]:
    """Turns whatever fails in the block into a SettingError."""
    if path.exists() and not path.is_file():  # reading a pipe would never end
        raise _unreadable(path, "it is not a file")
    try:
        with Image.open(path) as image:
            yield image
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise _unreadable(path, getattr(error, "strerror", None) or shown(str(error))) from error


def _unreadable(path: Path, reason: str) -> SettingError:
    return SettingError(
        "The picture {name!r} cannot be read: {reason}.",
        "Choose a picture such as a JPEG or PNG file.",
        name=path.name,
        reason=reason,
    )
