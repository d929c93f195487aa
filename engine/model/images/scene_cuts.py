"""Notices a scene cut, so that the window does not carry the old scene into the new one."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.frames import Pixels

THUMBNAIL = (32, 24)
COMPARED_AT = 128
"""Rows and columns, at least, that the thumbnail is made of; of more pixels, some are skipped."""

THRESHOLD = 0.1
"""Mean change of a pixel's brightness (0..1), mean brightness taken out, that makes a cut.

Fifteen clips of people gesturing close to a webcam stay at or below 0.031 from frame to frame.
"""


class SceneCutDetector:
    """Compares each frame with the one before, as small grey pictures of no mean."""

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
