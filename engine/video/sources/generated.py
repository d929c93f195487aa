"""Sources whose pictures are drawn: one for each frame number."""

from __future__ import annotations

from collections.abc import Callable

from engine.frames import Frame, Pixels, Size
from engine.video.sources.pacing import PacedSource

DrawFrame = Callable[[int], Pixels]
"""Draws the picture of a frame number, always the same one for the same number."""


class GeneratedSource(PacedSource):
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
        super().__init__(name, fps, live=live)
        self.size, self.frames = size, frames
        self._prepare = prepare
        self._draw: DrawFrame | None = None

    def open(self) -> None:
        """Begin at frame 0."""
        self._draw = self._prepare()
        self._start_over()

    def read(self) -> Frame | None:
        """The next frame; None after the last one. Raises SourceError when not open."""
        if self._draw is None:
            raise self._not_open()
        if self.frames is not None and self._number >= self.frames:
            return None
        pixels = self._draw(self._number)
        self._wait_for_turn()
        return self._frame(pixels)

    def close(self) -> None:
        """Free the picture."""
        self._draw = None
