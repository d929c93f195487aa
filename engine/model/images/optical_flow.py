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

from engine.frames import Pixels, Size
from engine.model.images.warping import Field, along

Plane = NDArray[np.float32]

SMALLER = 0.4
"""Scale at which the flow is estimated: as little flicker as at 0.5, in a third less time; at
0.33, more of what was hidden shines through."""

AGREES, DIFFERS = 1.0, 6.0
"""Differences of brightness (0..255) up to which the flow is trusted, and above which it is not,
after subtracting what a small error of the flow explains."""

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

    def at(self, size: Size) -> BackwardFlow:
        """The same for pictures of another size."""
        height, width = self.ways.shape[:2]
        scale = np.asarray((size.width / width, size.height / height), np.float32)
        return _flow(self.offsets * scale, self.confidence, (size.width, size.height))


class OpticalFlowEstimator:
    """Estimates the flow between successive inputs. Needs no results, so it may run in parallel."""

    def __init__(self) -> None:
        self._flow = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_FAST)
        # finer than the preset, with fewer patches and without its smoothing: a third less flicker;
        # absolute brightness is compared, because the light is matched first: a third less error
        self._flow.setFinestScale(0)
        self._flow.setPatchStride(6)
        self._flow.setVariationalRefinementIterations(0)
        self._flow.setGradientDescentIterations(6)
        self._flow.setUseMeanNormalization(False)
        self._before: Pixels | None = None

    def estimate(self, source: Pixels) -> BackwardFlow | None:
        """The flow to the next input, (H, W, 3); None for the first one of its size."""
        now = _small_brightness(source)
        before, self._before = self._before, now
        if before is None or before.shape != now.shape:
            return None
        return self._backward_flow(_in_the_light_of(now, before), now, source.shape[1::-1])

    def _backward_flow(self, before: Pixels, now: Pixels, size: tuple[int, int]) -> BackwardFlow:
        flow = np.asarray(self._flow.calc(now, before, None), np.float32)
        scale = np.asarray((size[0] / flow.shape[1], size[1] / flow.shape[0]), np.float32)
        offsets = flow * scale
        return _flow(offsets, _confidence(before, now, flow), size)


def _small_brightness(pixels: Pixels) -> Pixels:
    """(H, W, 3) -> (h, w)"""
    height, width = pixels.shape[:2]
    brightness = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    # halved first, because averaging areas of 2.5 pixels directly is slow
    halves = cv2.resize(brightness, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    size = (round(SMALLER * width), round(SMALLER * height))
    return np.asarray(cv2.resize(halves, size, interpolation=cv2.INTER_LINEAR), np.uint8)


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
