"""Reads the pictures of a film, each with its own time."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from av.video.frame import VideoFrame

from engine.errors import EngineError
from engine.frames import Pixels, Span
from engine.video.film.opening import TROUBLE
from engine.video.film.picture_filter import PictureFilter
from engine.video.film.probe import OpenFilm, frame_rate, open_film

logger = logging.getLogger(__name__)

SHORTEST = Fraction(1, 1000)
"""Seconds between two pictures of which the file says that they come at once, or out of order."""
_FEWEST_MISSING = 0.02
"""A file that lacks less of its pictures than this share is not called cut off: some are never
meant to be shown."""


@dataclass(frozen=True, slots=True)
class Picture:
    """(height, width, 3) RGB, and when it is shown."""

    pixels: Pixels
    span: Span


class FilmReader:
    """The pictures of a file's film, in order. Damaged ones are left out and counted.

    fps: the average rate. frames: how many there should be; None where the file does not say.
    damaged: pictures and places that could not be read so far.
    """

    def __init__(self, path: Path, picture_filter: PictureFilter) -> None:
        """Raises SourceError where the file holds no film."""
        self._film: OpenFilm = open_film(path)
        self._filter = picture_filter
        video = self._film.video
        self.fps = frame_rate(video)
        self.frames = video.frames or None
        self.damaged = self.read = 0
        self._path, self._whole = path, False
        self._moment: Fraction | None = None
        self._lasts = Fraction(0)

    def close(self) -> None:
        """Close the file."""
        self._film.close()

    def pictures(self) -> Iterator[Picture]:
        """All of them, once. Each lasts until the next; the last one for its own duration."""
        before: tuple[Pixels, Fraction] | None = None
        for pixels, moment in self._timed():
            if before is not None:
                yield self._picture(*before, until=moment)
            before = pixels, moment
        if before is not None:
            yield self._picture(*before, until=None)
        self._whole = True

    def remarks(self) -> list[EngineError]:
        """What a user should know about the film as far as it was read."""
        if self.damaged:
            return [
                EngineError(
                    "{count} places of {file} are damaged and were left out.",
                    "The rest is complete.",
                    count=self.damaged,
                    file=self._path.name,
                )
            ]
        missing = self.frames is not None and self.read < self.frames * (1 - _FEWEST_MISSING)
        if self._whole and missing:
            return [
                EngineError(
                    "{file} is cut off: it has only {count} of its {expected} pictures.",
                    "Get the file again if you need the rest.",
                    file=self._path.name,
                    count=self.read,
                    expected=self.frames,
                )
            ]
        return []

    def _picture(self, pixels: Pixels, moment: Fraction, *, until: Fraction | None) -> Picture:
        self.read += 1
        end = moment + self._lasts if until is None else until
        return Picture(pixels, Span(float(moment), float(end), last=until is None))

    def _timed(self) -> Iterator[tuple[Pixels, Fraction]]:
        """Pictures and their times after the film's beginning, which only ever rise."""
        for pixels, moment in self._filtered():
            earliest = Fraction(0) if self._moment is None else self._moment + SHORTEST
            self._moment = max(moment - self._film.zero, earliest)
            yield pixels, self._moment

    def _filtered(self) -> Iterator[tuple[Pixels, Fraction]]:
        aspects = _Aspects(self._film)
        for frame in self._frames():
            try:
                yield from self._filter.push(frame, aspects.now())
            except TROUBLE as error:
                logger.debug("a picture that cannot be converted is left out: %r", error)
                self.damaged += 1
        try:
            yield from self._filter.flush()
        except TROUBLE as error:
            logger.debug("the last pictures cannot be converted: %r", error)

    def _frames(self) -> Iterator[VideoFrame]:
        """Decoded frames that are whole, each with a time stamp and a time base."""
        following: Fraction | None = None
        for frame in self._decoded():
            if frame.is_corrupt:
                self._count_damage()
                continue
            unit = frame.time_base or self._film.video.time_base or Fraction(1, 1000)
            frame.time_base = unit
            if frame.pts is None:
                frame.pts = round((self._film.zero if following is None else following) / unit)
            self._lasts = frame.duration * unit or 1 / Fraction(self.fps)
            following = frame.pts * unit + 1 / Fraction(self.fps)
            yield frame

    def _decoded(self) -> Iterator[VideoFrame]:
        decoder = self._film.video.codec_context
        sound = next(iter(self._film.sounds), None)
        for packet in self._film.packets(sound, self._count_damage):
            if packet.stream_index != self._film.video.index:
                continue
            try:
                yield from decoder.decode(packet)
            except TROUBLE as error:
                logger.debug("a damaged picture is left out: %r", error)
                self._count_damage()
        try:
            yield from decoder.decode(None)
        except TROUBLE as error:
            logger.debug("the last pictures are damaged: %r", error)

    def _count_damage(self) -> None:
        """Not before the first picture: a recording that begins in the middle is not damaged."""
        if self._moment is not None:
            self.damaged += 1


class _Aspects:
    """The shape of a film's pixels: the container's word, or that of the pictures, which may
    change in the middle.
    """

    def __init__(self, film: OpenFilm) -> None:
        self._codec = film.video.codec_context
        self._named = film.video.sample_aspect_ratio
        self._first = self._codec.sample_aspect_ratio

    def now(self) -> Fraction:
        """A pixel's width by its height; 1 where nobody says."""
        coded = self._codec.sample_aspect_ratio
        if coded and coded != self._first:
            return Fraction(coded)
        return Fraction(self._named or coded or 1)
