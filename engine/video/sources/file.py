"""A video file as a source of frames."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from engine.errors import EngineError, TranslatableValue
from engine.frames import Frame, Pixels, Size, Span, size_of
from engine.video.film.opening import unreadable
from engine.video.film.picture_filter import PictureFilter
from engine.video.film.probe import DEFAULT_FPS
from engine.video.film.reader import FilmReader, Picture
from engine.video.sources.pacing import PacedSource

HOLD_SECONDS = 0.5
"""Where a paced film shows one picture for longer, it is given again after this time: whoever
waits for pictures must not take the source for dead, and may want to stop."""


class FileSource(PacedSource):
    """The frames of a video file, in order, each with its place in the film.

    paced: frames come at the file's own rate, as from a camera; otherwise every frame is given, as
    fast as it is asked for. loop: begin again at the end, for ever.
    """

    def __init__(self, path: Path, *, loop: bool = False, paced: bool = False) -> None:
        super().__init__(path.name, DEFAULT_FPS, live=paced)
        self.size = Size(0, 0)
        self._path, self._loop = path, loop
        self._filter = PictureFilter()
        self._reader: FilmReader | None = None
        self._pictures: Iterator[Picture] = iter(())
        self._next: Picture | None = None
        self._shown: Pixels | None = None
        self._time_before = self._end = self._position = 0.0

    def open(self) -> None:
        """Open the file and decode its first frame, whose size is the stream's.

        Raises SourceError where there is no file, no video in it, or nothing to decode.
        """
        self._start_over()
        self._time_before = self._end = self._position = 0.0
        self._shown = None
        self._begin()
        if self._next is None:
            self.close()
            raise unreadable(
                self._path, TranslatableValue("It contains no picture that can be decoded.")
            )
        self.size = size_of(self._next.pixels)

    def read(self) -> Frame | None:
        """The next frame; None after the last. Raises SourceError: not open."""
        if self._reader is None:
            raise self._not_open()
        following = self._next
        until = self._end if following is None else self._time_before + following.span.begin
        if self.live and self._shown is not None and until - self._position > HOLD_SECONDS:
            self._position += HOLD_SECONDS
            self._wait_for_turn(self._position)
            return self._frame(self._shown)
        if following is None:
            return None
        self._shown, self._position = following.pixels, until
        span = self._placed(following.span)
        self._end = span.end
        self._advance()
        self._wait_for_turn(self._position)
        return self._frame(self._shown, span=span)

    def remarks(self) -> Sequence[EngineError]:
        return () if self._reader is None else self._reader.remarks()

    def close(self) -> None:
        """Close the file."""
        self._pictures, self._next = iter(()), None
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def _begin(self) -> None:
        self.close()
        self._reader = FilmReader(self._path, self._filter)
        self.fps = self._reader.fps
        self.frames = None if self._loop else self._reader.frames
        self._pictures = self._reader.pictures()
        self._next = next(self._pictures, None)

    def _advance(self) -> None:
        """Make the next picture ready, the film's first one after its last where it is looped."""
        self._next = next(self._pictures, None)
        if self._next is None and self._loop:
            self._time_before = self._end
            self._begin()

    def _placed(self, span: Span) -> Span:
        """The span in a film that may have been shown before, and that a loop never ends."""
        before = self._time_before
        return replace(
            span,
            begin=before + span.begin,
            end=before + span.end,
            last=span.last and not self._loop,
        )
