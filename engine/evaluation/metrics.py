"""Measures the flicker, structural fidelity and sharpness of a styled clip.

Shape letters: H, W height and width of a picture, in pixels.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.frames import Pixels

Plane = NDArray[np.float32]
"""(H, W) one number for each pixel."""

CONSISTENCY_LIMIT = 1.0
"""Pixels: the flow is wrong where going back and forth along it misses by more than this."""


class RunningMean:
    """The mean of the values added so far; what could not be measured, None, is left out."""

    def __init__(self) -> None:
        self._total, self._count = 0.0, 0

    def add(self, value: float | None) -> None:
        """Add a value."""
        if value is not None:
            self._total, self._count = self._total + value, self._count + 1

    @property
    def value_if_any(self) -> float | None:
        """None if there are none."""
        return self.value if self._count else None

    @property
    def value(self) -> float:
        """Raises ValueError if there are none."""
        if not self._count:
            raise ValueError("there are no values to average")
        return self._total / self._count


@dataclass(frozen=True, slots=True)
class FlowField:
    """Where each pixel of a picture was in the picture before.

    x, y: (H, W) coordinates there. known: (H, W) where they can be trusted.
    """

    x: Plane
    y: Plane
    known: NDArray[np.bool_]

    def warp(self, previous: Pixels) -> NDArray[np.float32]:
        """(H, W, 3) the previous picture warped onto the present one."""
        moved = cv2.remap(
            previous.astype(np.float32),
            self.x,
            self.y,
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        )
        return np.asarray(moved, dtype=np.float32)


class FlowEstimator:
    """Dense optical flow (DIS, medium preset) from each picture back to the one before."""

    def __init__(self) -> None:
        self._flow = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)

    def between(self, previous: Pixels, present: Pixels) -> FlowField:
        """The flow between two successive pictures of one size, (H, W, 3) each."""
        before, now = _grey(previous), _grey(present)
        back = self._flow.calc(now, before, None)
        forth = self._flow.calc(before, now, None)
        rows, columns = np.mgrid[: now.shape[0], : now.shape[1]].astype(np.float32)
        x, y = columns + back[..., 0], rows + back[..., 1]
        outside = (1e6, 1e6, 0.0, 0.0)  # what was not in the picture cannot be compared
        returned = back + cv2.remap(
            forth, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=outside
        )
        return FlowField(x, y, np.hypot(returned[..., 0], returned[..., 1]) < CONSISTENCY_LIMIT)


def warp_error(flow: FlowField, previous: Pixels, present: Pixels) -> float | None:
    """Mean squared difference, RGB 0..255, of a picture and the previous one moved along.

    flow is that of the *input*, so a change that the input does not have counts as flicker.
    None where the flow is known nowhere, as at a cut.
    """
    if not flow.known.any():
        return None
    difference = present.astype(np.float32) - flow.warp(previous)
    return float(np.square(difference[flow.known]).mean(dtype=np.float64))


def sharpness(pixels: Pixels) -> float:
    """Mean gradient energy of the luminance 0..255: the squared slope, per pixel."""
    return float(np.square(gradient_magnitude(pixels)).mean(dtype=np.float64))


def gradient_magnitude(pixels: Pixels) -> Plane:
    """(H, W) slope of the luminance, in steps of 0..255 per pixel, by central differences."""
    rows, columns = np.gradient(_grey(pixels).astype(np.float32))
    return np.asarray(np.hypot(rows, columns), dtype=np.float32)


def depth_difference(one: Plane, other: Plane) -> float:
    """Mean squared difference of two inverse depths, each of zero mean and unit variance.

    0 for depths that agree but for scale and offset, 2 for unrelated ones, 4 for opposite ones.
    """
    return float(np.square(_standardised(one) - _standardised(other)).mean())


def gradient_disagreement(one: Plane, other: Plane) -> float:
    """1 minus Pearson's correlation of two gradient magnitudes: 0 for the same, 1 for unrelated."""
    return 1.0 - float((_standardised(one) * _standardised(other)).mean())


def _grey(pixels: Pixels) -> Pixels:
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)


def _standardised(plane: Plane) -> NDArray[np.float64]:
    """Zero mean, unit variance; a constant plane becomes zero."""
    centred = plane.astype(np.float64) - plane.mean(dtype=np.float64)
    deviation = float(centred.std())
    return np.asarray(centred / deviation if deviation > 1e-12 else centred)
