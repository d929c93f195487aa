"""Estimates the optical flow from one input to the next, and how far it can be trusted.

It cannot where something came into view, where the flow fails, or after a cut: there the input does
not agree with it.

Shape letters: H, W sides of a picture in pixels; h, w of the smaller one for estimating the flow.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.frames import Pixels, Size, size_of
from engine.model.images.warping import Field, along, shrunk

Plane = NDArray[np.float32]

SMALLER = 0.4
"""Scale at which the flow is estimated: as little flicker as at 0.5, in a third less time; at
0.33, more of what was hidden shines through."""

AGREES, DIFFERS = 1.0, 6.0
"""Differences of brightness (0..255) up to which the flow is trusted, and above which it is not,
after subtracting what a small error of the flow explains."""

FINER = 0.6
"""The same for pictures that are enlarged afterwards. Their lines are kept at the larger size, and
a line that is fetched half a pixel beside its place doubles: the excess warp error halves."""

STRIDE, FINER_STRIDE = 6, 5
"""Pixels between the patches that are compared."""

SMALL_ERROR = 0.25
"""As a share of the brightness range around a pixel: the effect of a flow error of half a pixel.
Without it moving edges are not trusted, and more than half of the flicker there remains."""

NEARLY_WHOLE = 0.1
"""Flow this close to whole pixels counts as whole. Interpolation blurs, more with each frame, and
most of a webcam's picture hardly moves."""

AROUND = np.ones((3, 3), np.uint8)

CONFIDENCE = np.clip((DIFFERS - np.arange(256, dtype=np.float32)) / (DIFFERS - AGREES), 0.0, 1.0)
"""Confidence in the flow, indexed by that difference."""

NEIGHBOURHOOD = (5, 5)

DARK, BRIGHT = 16, 240
"""Pixels between these values show how much the light has changed."""

MOST_FLICKER = 0.1
"""Larger changes of brightness are not caused by flickering lamps or exposure."""


@dataclass(frozen=True, slots=True)
class BackwardFlow:
    """The flow from one input to the next, at each pixel of the latter.

    ways: from the pixel to where it was, (H, W, 2), x then y. trust: how far that is sure, (H, W)
    0..255. offsets: as estimated, at a smaller size, and confidence: of each, (h, w) 0..1; see
    `engine.frames.Motion`.
    """

    ways: Field
    trust: Pixels
    confidence: Plane
    offsets: Field

    @property
    def softening(self) -> Plane:
        """How far a picture is softened by fetching it, (h, w): f (1 - f), summed over both axes,
        if f is the part of a pixel; 0 to 0.5.
        """
        drawn = _towards_whole(self.offsets)
        part = np.abs(drawn - np.rint(drawn))
        soft = part - part * part
        return np.asarray(soft[..., 0] + soft[..., 1], np.float32)

    def at(self, size: Size) -> BackwardFlow:
        """The same for pictures of another size."""
        height, width = self.ways.shape[:2]
        scale = np.asarray((size.width / width, size.height / height), np.float32)
        return _flow(self.offsets * scale, self.confidence, (size.width, size.height))


class OpticalFlowEstimator:
    """Estimates the flow between successive inputs. Needs no results, so it may run in parallel."""

    def __init__(self) -> None:
        self._quick, self._fine = _dense_flow(STRIDE), _dense_flow(FINER_STRIDE)
        self._before: tuple[Size, Pixels] | None = None

    def estimate(
        self, source: Pixels, size: Size | None = None, *, finely: bool = True
    ) -> BackwardFlow | None:
        """The flow to the next input, (H, W, 3); None for the first one of its size.

        size: of the pictures to be moved, by default the input's. finely: where they are enlarged
        to the input's size afterwards, and kept at that.
        """
        moving = size_of(source) if size is None else size
        enlarged = moving.width * moving.height < source.shape[0] * source.shape[1]
        scale, dense = (FINER, self._fine) if enlarged and finely else (SMALLER, self._quick)
        now = _brightness(source, Size(round(scale * moving.width), round(scale * moving.height)))
        before, self._before = self._before, (moving, now)
        if before is None or before[0] != moving or before[1].shape != now.shape:
            return None
        return _backward_flow(dense, _in_the_light_of(now, before[1]), now, moving)


def _dense_flow(stride: int) -> cv2.DISOpticalFlow:
    """DIS, finer than its preset, with fewer patches and without its smoothing: a third less
    flicker. Absolute brightness is compared, because the light is matched first: a third less
    error.
    """
    flow = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_FAST)
    flow.setFinestScale(0)
    flow.setPatchStride(stride)
    flow.setVariationalRefinementIterations(0)
    flow.setGradientDescentIterations(6)
    flow.setUseMeanNormalization(False)
    return flow


def _backward_flow(
    dense: cv2.DISOpticalFlow, before: Pixels, now: Pixels, size: Size
) -> BackwardFlow:
    flow = np.asarray(dense.calc(now, before, None), np.float32)
    scale = np.asarray((size.width / flow.shape[1], size.height / flow.shape[0]), np.float32)
    return _flow(flow * scale, _confidence(before, now, flow), (size.width, size.height))


def _brightness(pixels: Pixels, size: Size) -> Pixels:
    """(H, W, 3) -> (h, w), of that size."""
    return shrunk(np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8), size)


def _in_the_light_of(now: Pixels, before: Pixels) -> Pixels:
    """The previous picture at the current brightness: lamps and exposure flicker."""
    some, same = before[2::4, 2::4].astype(np.float32), now[2::4, 2::4]
    telling = (some > DARK) & (some < BRIGHT)
    if np.count_nonzero(telling) < some.size // 16:
        return before
    gain = float(np.median(same[telling] / some[telling]))
    bounded = min(max(gain, 1.0 - MOST_FLICKER), 1.0 + MOST_FLICKER)
    return np.asarray(cv2.convertScaleAbs(before, alpha=bounded), np.uint8)


def _flow(offsets: Field, confidence: Plane, size: tuple[int, int]) -> BackwardFlow:
    """By offsets (h, w, 2) in pixels of the size (W, H), which are drawn to whole numbers."""
    drawn = _towards_whole(offsets)
    ways = np.asarray(cv2.resize(drawn, size, interpolation=cv2.INTER_LINEAR), np.float32)
    trust = cv2.resize(cv2.convertScaleAbs(confidence, alpha=255.0), size)
    return BackwardFlow(ways, np.asarray(trust, np.uint8), confidence, offsets)


def _towards_whole(flow: Field) -> Field:
    """Nearly whole numbers become whole; halves stay, and there is no jump in between."""
    whole = np.rint(flow)
    between = flow - whole
    between -= np.clip(between, -NEARLY_WHOLE, NEARLY_WHOLE)
    return np.asarray(whole + between / (1.0 - 2.0 * NEARLY_WHOLE), np.float32)


def _confidence(before: Pixels, now: Pixels, flow: Field) -> Plane:
    """(h, w) 0..1: 1 where the brightness moved along as the flow says, 0 where it did not."""
    moved = along(before, flow)
    slopes = cv2.morphologyEx(now, cv2.MORPH_GRADIENT, AROUND)
    unexplained = cv2.subtract(
        cv2.absdiff(moved, now), cv2.convertScaleAbs(slopes, alpha=SMALL_ERROR)
    )
    return np.asarray(cv2.LUT(cv2.blur(unexplained, NEIGHBOURHOOD), CONFIDENCE), np.float32)
