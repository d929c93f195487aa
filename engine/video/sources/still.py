"""One picture as a source, and a sink that keeps the last one: for rendering a still."""

from __future__ import annotations

import time
from collections.abc import Sequence

from engine.errors import EngineError
from engine.frames import Frame, Pixels, Size, StyledFrame, size_of

FPS = 30.0


class StillSource:
    """The same picture `frames` times, as fast as it is asked for."""

    name = "still"
    fps = FPS
    live = False

    def __init__(self, pixels: Pixels, frames: int) -> None:
        self._pixels, self._count, self._given = pixels, frames, 0

    @property
    def size(self) -> Size:
        return size_of(self._pixels)

    @property
    def frames(self) -> int | None:
        return self._count

    def open(self) -> None:
        """From the beginning."""
        self._given = 0

    def read(self) -> Frame | None:
        if self._given == self._count:
            return None
        self._given += 1
        return Frame(self._pixels, self._given - 1, time.monotonic())

    def remarks(self) -> Sequence[EngineError]:
        return ()

    def close(self) -> None:
        """Nothing to release."""


class LastFrame:
    """A sink that remembers the newest frame only."""

    def __init__(self) -> None:
        self.frame: StyledFrame | None = None

    def open(self, size: Size, fps: float) -> None:
        """Nothing to begin."""

    def send(self, frame: StyledFrame) -> None:
        self.frame = frame

    def blank(self) -> None:
        """Only whoever asks sees it."""

    def close(self) -> None:
        """Nothing to finish."""

    def abort(self) -> None:
        """Nothing to undo."""
