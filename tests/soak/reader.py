"""A program that reads the camera: it tells a styled picture by its AI mark, and nothing else.

A picture with neither the mark nor one of the placeholders counts as raw, so what cannot be told
counts against the program.
"""

from __future__ import annotations

import time
from collections import Counter
from enum import Enum
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.frames import Pixels, Size
from engine.imaging import draw_fitted
from engine.settings import FitMode
from engine.video.watermark import AiWatermark
from engine.virtual_camera.devices.fake import FakeCameraLog
from engine.virtual_camera.pixel_formats import Prepared, built_in_placeholder

_ALIKE = 0.6
"""Correlation with the mark: styled pictures have 0.8 or more, raw ones 0.3 at most."""
_SAME = 4.0
"""Mean difference of luma to a placeholder, which is sent as it is."""

Luma = NDArray[np.float32]


class Seen(Enum):
    """What a picture is."""

    STYLED = "styled"
    PLACEHOLDER = "placeholder"
    RAW = "raw"


class MarkFinder:
    """Finds the AI mark in pictures of one size into which pictures of another were fitted."""

    def __init__(self, picture: Size, camera: Size) -> None:
        grey = np.full((picture.height, picture.width, 3), 128, np.uint8)
        marked = _fitted(AiWatermark().draw(grey), camera)
        rows, columns = np.nonzero(_luma(marked) - _luma(_fitted(grey, camera)))
        self._area = np.s_[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
        self._mark = _centred(_luma(marked)[self._area])

    def likeness(self, luma: Luma) -> float:
        """The correlation of the mark with what is in its place, -1..1."""
        there = _centred(luma[self._area])
        return float((there * self._mark).sum() / max(np.linalg.norm(there), 1e-6)
                     / np.linalg.norm(self._mark))  # fmt: skip


class CameraReader:
    """Looks at each new picture of a stand-in camera. One thread."""

    def __init__(self, path: Path, camera: Size, picture: Size) -> None:
        """picture: the size of what leaves the engine, and is fitted into the camera's."""
        self._log, self._camera = FakeCameraLog(path), camera
        self._mark = MarkFinder(picture, camera)
        self._placeholders = [_luma(_fitted(built_in_placeholder(), camera, FitMode.CROP))]
        self._count = 0
        self.seen: Counter[Seen] = Counter()
        self.newest: tuple[float, Seen] = (0.0, Seen.PLACEHOLDER)
        """When the picture looked at last was sent, and what it is."""
        self.raw_allowed_until = float("-inf")
        self.unwanted = 0
        """Raw pictures that were sent when nobody wanted them."""

    @property
    def sent(self) -> int:
        """Number of pictures sent so far."""
        return self._log.count

    def learn_placeholder(self, pixels: Pixels) -> None:
        """Know this picture (H, W, 3) as a placeholder."""
        self._placeholders.append(_luma(_fitted(pixels, self._camera, FitMode.CROP)))

    def look(self) -> None:
        """Look at the newest picture, if it is a new one and stays while it is read."""
        count = self._log.count
        if count == self._count or not 0 < count <= len(self._log.log):
            return
        sent_at, raw = float(self._log.log[count - 1]["sent_at"]), self._log.raw().copy()
        if self._log.count != count or raw.shape[:2] != (self._camera.height, self._camera.width):
            return
        self._count = count
        what = self.judge(raw)
        self.seen[what] += 1
        self.newest = (sent_at, what)
        if what is Seen.RAW and sent_at > self.raw_allowed_until:
            self.unwanted += 1

    def judge(self, picture: Prepared) -> Seen:
        """What a picture (H, W, 2) in YUYV is."""
        luma = picture[..., 0].astype(np.float32)
        if self._mark.likeness(luma) > _ALIKE:
            return Seen.STYLED
        if any(np.abs(luma - known).mean() < _SAME for known in self._placeholders):
            return Seen.PLACEHOLDER
        return Seen.RAW

    def all_placeholder(self, since: float) -> bool:
        """Whether every picture sent since then is the placeholder, as the camera's log has it."""
        entries = self._log.entries()
        return bool((entries["frame"][entries["sent_at"] > since] == -1).all())

    def first_placeholder(self, since: float) -> float | None:
        """Seconds from then until a placeholder was sent; None before it was."""
        entries = self._log.entries()
        found = entries[(entries["sent_at"] > since) & (entries["frame"] == -1)]
        return float(found[0]["sent_at"]) - since if len(found) else None

    def styled_since(self, since: float) -> bool:
        """Whether the newest picture is styled, and was sent after that time."""
        sent_at, what = self.newest
        return what is Seen.STYLED and sent_at > since

    def now(self) -> float:
        """The clock of all these times."""
        return time.monotonic()


def _fitted(pixels: Pixels, camera: Size, mode: FitMode = FitMode.LETTERBOX) -> Pixels:
    out = np.zeros((camera.height, camera.width, 3), np.uint8)
    draw_fitted(pixels, out, mode)
    return out


def _luma(pixels: Pixels) -> Luma:
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2YUV_YUY2)[..., 0], np.float32)


def _centred(values: Luma) -> Luma:
    return np.asarray(values - values.mean(), np.float32)
