"""Another program that reads the camera: it notes when it sees what."""

from __future__ import annotations

import time
from collections import Counter

import cv2
import numpy as np

from engine.frames import Pixels, Size
from engine.imaging import draw_fitted
from engine.settings import FitMode
from engine.virtual_camera.pixel_formats import built_in_placeholder
from tests.evening.stage import LIGHT, SIZE
from tests.pipewire.readers import GStreamerReader
from tests.soak.reader import Luma, MarkFinder, Seen

_ALIKE, _SAME = 0.6, 6.0
LONGEST = 3.0
_SPREAD = 0.12
"""Seconds by which one delay may differ from the usual one: pictures come at their own moments."""
_BRIGHT = 140
"""Of the light's middle, 0..255: every style draws the light near white and the rest near black."""


class Audience(GStreamerReader):
    """Judges every picture: styled by its AI mark, or a placeholder, or raw."""

    def __init__(self, camera: Size, placeholder: Pixels) -> None:
        self._mark = MarkFinder(SIZE, camera)
        self._known = [_luma(_fitted(one, camera)) for one in (placeholder, built_in_placeholder())]
        self.pictures: list[tuple[float, Seen]] = []
        self.flashes: list[float] = []
        """When the light was seen to go on."""
        self.seen: Counter[Seen] = Counter()
        self._light = False
        super().__init__(camera)

    def note(self, pixels: Pixels) -> None:
        now, luma = time.monotonic(), _luma(pixels)
        what = self._judge(luma)
        if what is Seen.STYLED:
            light = _middle(luma) > _BRIGHT
            if light and not self._light:
                self.flashes.append(now)
            self._light = light
        self.seen[what] += 1
        self.pictures.append((now, what))

    def styled_between(self, since: float, until: float) -> int:
        """Styled pictures that came after one moment and before another."""
        return sum(since < at < until and what is Seen.STYLED for at, what in tuple(self.pictures))

    def first(self, what: Seen, since: float) -> float | None:
        """When the first picture of a kind came after a moment; None before it has."""
        return next((at for at, seen in tuple(self.pictures) if at > since and seen is what), None)

    def _judge(self, luma: Luma) -> Seen:
        if self._mark.likeness(luma) > _ALIKE:
            return Seen.STYLED
        if any(np.abs(luma - known).mean() < _SAME for known in self._known):
            return Seen.PLACEHOLDER
        return Seen.RAW


def delay_between(causes: list[float], effects: list[float]) -> float:
    """How much later than the causes their effects come: the median around the delay that explains
    most of them; seconds, 0..`LONGEST`. Neither may come to a beat.
    """
    gaps = np.array([e - c for c in causes for e in effects if 0 <= e - c <= LONGEST])
    if not len(gaps):
        raise ValueError("no effect belongs to a cause")
    alike = (np.abs(gaps[:, None] - gaps[None, :]) < _SPREAD).sum(axis=1)
    best = float(np.median(gaps[alike == alike.max()]))
    return float(np.median(gaps[np.abs(gaps - best) < _SPREAD]))


def _middle(luma: Luma) -> float:
    x, y, width, height = LIGHT
    return float(
        luma[y + height // 4 : y + 3 * height // 4, x + width // 4 : x + 3 * width // 4].mean()
    )


def _fitted(pixels: Pixels, camera: Size) -> Pixels:
    out = np.zeros((camera.height, camera.width, 3), np.uint8)
    draw_fitted(pixels, out, FitMode.CROP)
    return out


def _luma(pixels: Pixels) -> Luma:
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2YUV_YUY2)[..., 0], np.float32)
