"""A video file as a source of frames."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from av.container import InputContainer

from engine.errors import TranslatableValue
from engine.frames import Frame, Pixels, Size, size_of
from engine.video.sources.decoding import DEFAULT_FPS, decode, frame_rate, open_video, unreadable
from engine.video.sources.pacing import PacedSource


class FileSource(PacedSource):
    """The frames of a video file, in order.

    paced: frames come at the file's own rate, as from a camera; otherwise every frame is given, as
    fast as it is asked for. loop: begin again at the end, for ever.
    """

    def __init__(self, path: Path, *, loop: bool = False, paced: bool = False) -> None:
        super().__init__(path.name, DEFAULT_FPS, live=paced)
        self.size = Size(0, 0)
        self._path, self._loop = path, loop
        self._container: InputContainer | None = None
        self._pictures: Iterator[tuple[Pixels, float]] = iter(())
        self._time_before = 0.0
        self._last_moment = 0.0

    def open(self) -> None:
        """Open the file and decode its first frame, whose size is the stream's.

        Raises SourceError where there is no file, no video in it, or nothing to decode.
        """
        self._start_over()
        self._time_before = 0.0
        self._begin()
        first = next(self._pictures, None)
        if first is None:
            self.close()
            raise unreadable(
                self._path, TranslatableValue("It contains no picture that can be decoded.")
            )
        self.size = size_of(first[0])
        self._pictures = chain([first], self._pictures)

    def read(self) -> Frame | None:
        """The next frame; None after the last. Raises SourceError: not open, or broken off."""
        if self._container is None:
            raise self._not_open()
        picture = self._next_picture()
        if picture is None:
            return None
        pixels, moment = picture
        self._last_moment = moment
        self._wait_for_turn(self._time_before + moment)
        return self._frame(pixels)

    def close(self) -> None:
        """Close the file."""
        self._pictures = iter(())
        if self._container is not None:
            self._container.close()
            self._container = None

    def _begin(self) -> None:
        self.close()
        self._container, stream = open_video(self._path)
        self.fps = frame_rate(stream)
        self.frames = None if self._loop else stream.frames or None
        self._pictures = decode(self._container, stream, self._path)

    def _next_picture(self) -> tuple[Pixels, float] | None:
        picture = next(self._pictures, None)
        if picture is None and self._loop and self._container is not None:
            self._time_before += self._last_moment + 1 / self.fps
            self._begin()
            picture = next(self._pictures, None)
        return picture
