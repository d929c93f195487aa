"""What the made-up sources have in common: a picture for each frame number."""

from __future__ import annotations

import time
from collections.abc import Callable

from engine.errors import SourceError
from engine.frames import Frame, Pixels, Size
from engine.video.sources.pacing import Pacer

DrawFrame = Callable[[int], Pixels]
"""Draws the picture of a frame number, always the same one for the same number."""


class GeneratedSource:
    """A source whose frames are drawn by number.

    live: frames come at `fps`; otherwise as fast as they are asked for. frames: how many there
    are, None for no end. prepare: makes the drawing function when the source is opened.
    """

    def __init__(
        self,
        name: str,
        prepare: Callable[[], DrawFrame],
        *,
        size: Size,
        fps: float,
        frames: int | None,
        live: bool,
    ) -> None:
        self.name, self.size, self.fps = name, size, fps
        self.frames, self.live = frames, live
        self._prepare = prepare
        self._draw: DrawFrame | None = None
        self._pacer = Pacer()
        self._number = 0

    def open(self) -> None:
        """Begin at frame 0."""
        self._draw, self._pacer, self._number = self._prepare(), Pacer(), 0

    def read(self) -> Frame | None:
        """The next frame; None after the last one. Raises SourceError when not open."""
        if self._draw is None:
            raise SourceError("The {name} source is not open.", "Start it first.", name=self.name)
        number = self._number
        if self.frames is not None and number >= self.frames:
            return None
        pixels = self._draw(number)
        if self.live:
            self._pacer.wait_for(number / self.fps)
        self._number += 1
        return Frame(pixels, number, time.monotonic())

    def close(self) -> None:
        """Let the picture go."""
        self._draw = None
