"""A monitor as a source of frames, through mss."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import cv2
import numpy as np

from engine.errors import SourceError
from engine.frames import Frame, Size
from engine.video.sources.pacing import PacedSource

if TYPE_CHECKING:
    from mss.base import MSSBase

DEFAULT_FPS = 30.0


class ScreenSource(PacedSource):
    """Pictures of one monitor at a given rate. number: 1 is the first monitor."""

    def __init__(self, number: int = 1, *, fps: float | None = None) -> None:
        super().__init__(f"screen {number}", fps or DEFAULT_FPS)
        self.size = Size(0, 0)
        self._monitor = number
        self._area: dict[str, int] = {}
        self._grabber: MSSBase | None = None

    def open(self) -> None:
        """Begin. Raises SourceError where there is no such monitor or it may not be recorded."""
        from mss import MSS  # noqa: PLC0415 - needed for a screen alone
        from mss.exception import ScreenShotError  # noqa: PLC0415

        try:
            self._grabber = MSS()
            self._area = self._find_monitor(self._grabber)
            self._start_over()
            self._grabber.grab(self._area)
        except ScreenShotError as error:
            self.close()
            raise SourceError(
                "The screen cannot be recorded: {reason}.",
                "Under Wayland, log in to an X11 session; elsewhere, allow screen recording.",
                reason=error,
            ) from error
        self.size = Size(self._area["width"], self._area["height"])

    def read(self) -> Frame | None:
        """The screen as it is when the next frame is due. Raises SourceError."""
        from mss.exception import ScreenShotError  # noqa: PLC0415

        if self._grabber is None:
            raise self._not_open()
        self._wait_for_turn()
        captured_at = time.monotonic()
        try:
            shot = self._grabber.grab(self._area)
        except ScreenShotError as error:
            raise SourceError(
                "Screen {number} can no longer be recorded.",
                "Check that it is still on.",
                number=self._monitor,
            ) from error
        bgra = np.frombuffer(shot.bgra, np.uint8).reshape(shot.height, shot.width, 4)
        return self._frame(cv2.cvtColor(bgra, cv2.COLOR_BGRA2RGB), captured_at)

    def close(self) -> None:
        """Release the screen."""
        if self._grabber is not None:
            self._grabber.close()
            self._grabber = None

    def _find_monitor(self, grabber: MSSBase) -> dict[str, int]:
        monitors = grabber.monitors[1:]  # the first entry is all of them together
        if not 1 <= self._monitor <= len(monitors):
            raise SourceError(
                "There is no screen {number}.",
                "Choose one from 1 to {count}, such as screen:1.",
                number=self._monitor,
                count=len(monitors),
            )
        return dict(monitors[self._monitor - 1])
