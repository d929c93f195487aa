"""Detects scene cuts, so that the KV cache does not carry the old scene into the new one."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.frames import Pixels

THUMBNAIL = (32, 24)
COMPARED_AT = 128
"""The thumbnail is made from at least this many rows and columns; the rest are skipped."""

THRESHOLD = 0.1
"""A mean change of brightness (0..1, without the mean brightness) above this is a cut.

In fifteen clips of people gesturing close to a webcam it stays at or below 0.031.
"""


class SceneCutDetector:
    """Compares each frame with the one before, as grey thumbnails with a mean of zero."""

    def __init__(self) -> None:
        self._last: NDArray[np.float32] | None = None

    def is_cut(self, pixels: Pixels) -> bool:
        """Whether this frame begins a new scene."""
        step = max(1, min(pixels.shape[:2]) // COMPARED_AT)
        some = np.ascontiguousarray(pixels[::step, ::step])
        brightness = cv2.cvtColor(some, cv2.COLOR_RGB2GRAY)
        small = cv2.resize(brightness, THUMBNAIL, interpolation=cv2.INTER_AREA)
        grey = np.asarray(small, np.float32) / 255.0
        grey -= grey.mean()
        last, self._last = self._last, grey
        return last is not None and float(np.abs(grey - last).mean()) > THRESHOLD

    def forget(self) -> None:
        """The next frame is the first."""
        self._last = None
