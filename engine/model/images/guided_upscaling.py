"""Enlarges a result to the size of the picture that it was made from, with that picture's help.

Three things make it sharper than interpolation, and none adds anything that the result lacks.
Positions are drawn towards the nearest edge of the *result*, so that its slopes become steeper
without overshooting (edge-directed warping: Arad and Gotsman, "Enhancement by image-dependent
warping", 1999). What is left of them between two levels is sharpened, within the range of the
neighbourhood, so without overshooting, too. And the *picture's* finest details are added as far as
the result follows the picture there: the slope of a local regression of one on the other, as in the
guided filter (He and Sun, arXiv 1505.00996). Where a result is blank that slope is zero, and
nothing of the picture shows through. Colours come from the result alone.

Shape letters: H, W sides of the picture; h, w those of the result.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.frames import Pixels, size_of
from engine.imaging import resize
from engine.model.images.warping import pixel_positions, warped

Plane = NDArray[np.float32]

STEEPEST = 120
"""Differences of brightness between neighbours (0..255) above which all edges count the same."""

PULL = 0.1
"""How far positions are drawn towards an edge, in pixels of the result per step of its slope."""

FURTHEST = 0.6
"""The most that a position is moved, in pixels of the result."""

AROUND = (5, 5)
"""Neighbourhood of the regression."""

FAINT = 20.0
"""Variance of the picture's brightness below which its texture is mostly noise."""

MOST = 1.5
"""Bound of the regression's slope."""

CRISPER, SLIGHTLY_CRISPER, CRISPER_ALONE = 1.0, 0.5, 1.2
"""How much of a pixel's difference from its neighbourhood's mean is added to it. That shows what
flickers, too: a result that is not made steady at its own size afterwards bears less, and one that
gets no details of the picture's more."""

NEIGHBOURS = np.ones((3, 3), np.uint8)

_UNIT = 128.0  # a slope of 1 as uint8


def upscale(
    styled: Pixels, source: Pixels, small_source: Pixels | None, crisper: float = CRISPER
) -> Pixels:
    """A result (h, w, 3) at the size of its picture, (H, W, 3).

    small_source: the picture at (h, w, 3); None leaves out its details. crisper: see `CRISPER`.
    """
    size = size_of(source)
    if size_of(styled) == size:
        return styled
    if size.width < styled.shape[1] or size.height < styled.shape[0]:
        return resize(styled, size)
    brightness = cv2.cvtColor(styled, cv2.COLOR_RGB2GRAY)
    positions = cv2.resize(_positions(brightness), (size.width, size.height))
    large = warped(styled, positions)
    _add_lightness(large, brightness, source, small_source, crisper)
    return large


def _positions(brightness: Pixels) -> Plane:
    """(h, w) -> (h, w, 2): where to sample each pixel, x then y, drawn towards edges."""
    slope = cv2.morphologyEx(brightness, cv2.MORPH_GRADIENT, NEIGHBOURS)
    slope = cv2.blur(np.minimum(slope, STEEPEST), (3, 3))
    height, width = brightness.shape
    moved = np.empty((height, width, 2), np.float32)
    for axis in range(2):
        uphill = cv2.Sobel(slope, cv2.CV_32F, 1 - axis, axis, scale=-PULL / 8.0)
        moved[..., axis] = np.clip(uphill, -FURTHEST, FURTHEST, out=uphill)
    moved += pixel_positions(height, width)
    return moved


def _add_lightness(
    large: Pixels, styled: Pixels, source: Pixels, small_source: Pixels | None, crisper: float
) -> None:
    """Make lines crisp, and add the source's details where the result, brightness `styled`, follows
    it.
    """
    soft = cv2.cvtColor(large, cv2.COLOR_RGB2GRAY)
    crisp = _crisp(soft, crisper)
    # brighter and darker separately: uint8 saturates, and is faster than signed numbers
    rise, fall = cv2.subtract(crisp, soft), cv2.subtract(soft, crisp)
    if small_source is not None:
        small = cv2.cvtColor(small_source, cv2.COLOR_RGB2GRAY)
        fine = cv2.cvtColor(source, cv2.COLOR_RGB2GRAY)
        size = (fine.shape[1], fine.shape[0])
        coarse = cv2.resize(small, size, interpolation=cv2.INTER_LINEAR)
        share = cv2.resize(_followed(small, styled), size, interpolation=cv2.INTER_LINEAR)
        rise = cv2.add(rise, _part(cv2.subtract(fine, coarse), share))
        fall = cv2.add(fall, _part(cv2.subtract(coarse, fine), share))
    cv2.add(large, _grey_rgb(cv2.subtract(rise, fall)), dst=large)
    cv2.subtract(large, _grey_rgb(cv2.subtract(fall, rise)), dst=large)


def _crisp(soft: Pixels, crisper: float) -> Pixels:
    """(H, W) -> (H, W): differences from the neighbourhood enlarged, but never beyond its range."""
    enhanced = cv2.addWeighted(soft, 1.0 + crisper, cv2.blur(soft, (3, 3)), -crisper, 0.0)
    least, most = cv2.erode(soft, NEIGHBOURS), cv2.dilate(soft, NEIGHBOURS)
    return np.asarray(cv2.min(cv2.max(enhanced, least), most), np.uint8)


def _part(detail: Pixels, share: Pixels) -> Pixels:
    """(H, W) twice -> (H, W): the detail's share."""
    return np.asarray(cv2.multiply(detail, share, scale=1.0 / _UNIT), np.uint8)


def _grey_rgb(detail: Pixels) -> Pixels:
    """(H, W) -> (H, W, 3): the same in every channel."""
    return np.asarray(cv2.cvtColor(detail, cv2.COLOR_GRAY2RGB), np.uint8)


def _followed(source: Pixels, styled: Pixels) -> Pixels:
    """(h, w) 0..255, `_UNIT` for 1: the slope of the regression of the result on the source."""
    x, y = source.astype(np.float32), styled.astype(np.float32)
    mean_x, mean_y = cv2.blur(x, AROUND), cv2.blur(y, AROUND)
    together = cv2.blur(x * y, AROUND) - mean_x * mean_y
    spread = cv2.blur(x * x, AROUND) - mean_x * mean_x
    slope = together / (spread + FAINT)
    return np.clip(slope * _UNIT, 0.0, MOST * _UNIT).astype(np.uint8)
