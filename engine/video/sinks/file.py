"""A sink that writes finished frames to a video file."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from engine.errors import EngineError, SinkError
from engine.frames import Size, Span, StyledFrame
from engine.video.sinks.metadata import Provenance
from engine.video.sinks.video_encoder import VideoWriter, encoding_for

_ROUNDING = 0.0006
"""Seconds by which a container that counts in milliseconds moves pictures of a steady rate."""


class FileSink:
    """Writes every frame to a video file: at its own time, or at a steady rate if it has none.

    audio: a film whose sound is carried over; to its end where its last picture comes, else up to
    the length of what was written.
    """

    def __init__(self, path: Path, provenance: Provenance, *, audio: Path | None = None) -> None:
        self._writer = VideoWriter(path, provenance, audio=audio)
        self._timing = _Timing(Fraction(1), Fraction(1))
        self.marked = False
        """Whether pictures in the file bear the invisible mark."""

    @property
    def path(self) -> Path:
        """The file, after `close` under the name that it was really given."""
        return self._writer.path

    @property
    def finished(self) -> bool:
        """Whether the file is complete and under its name."""
        return self._writer.finished

    @property
    def remarks(self) -> Sequence[EngineError]:
        """What a user should know about the sound of what was written."""
        return self._writer.remarks

    def open(self, size: Size, fps: float) -> None:
        """Begin the file. Raises SinkError where it cannot be written."""
        encoding = encoding_for(fps)
        self._timing = _Timing(encoding.rate, encoding.time_base)
        self._writer.open(size, encoding)
        self.marked = False

    def send(self, frame: StyledFrame) -> None:
        """Write one frame. Raises SinkError; what can be played of the file is kept.

        An original is refused: the file says of all its pictures that they are AI-generated.
        """
        if frame.original:
            raise SinkError(
                "Original pictures are never written to a file.", "Show the styled picture."
            )
        pts, duration = self._timing.place(frame.span)
        last = frame.span is not None and frame.span.last
        self._writer.write(frame.pixels, pts, duration, last=last)
        self.marked |= frame.marked

    def blank(self) -> None:
        """A file keeps what was written."""

    def close(self) -> None:
        """Complete the file and give it its name. Raises SinkError."""
        self._writer.close()

    def abort(self) -> None:
        """Remove what was written."""
        self._writer.abort()


class _Timing:
    """Time stamps for pictures, in units of the file's time base. They always rise."""

    def __init__(self, rate: Fraction, time_base: Fraction) -> None:
        self._interval = 1 / (rate * time_base)
        self._rate, self._time_base = float(rate), float(time_base)
        self._first: float | None = None
        self._number, self._newest = 0, -1

    def place(self, span: Span | None) -> tuple[int, int]:
        """When the next picture begins and how long it lasts."""
        if span is None:
            begin, end = (
                round(number * self._interval) for number in (self._number, self._number + 1)
            )
        else:
            begin, end = self._units(span.begin), self._units(span.end)
        begin = max(begin, self._newest + 1)
        self._number += 1
        self._newest = begin
        return begin, max(end - begin, 1)

    def _units(self, seconds: float) -> int:
        """On the steady rate's own grid where only a container's rounding keeps it off."""
        if self._first is None:
            self._first = seconds
        steady = round((seconds - self._first) * self._rate) / self._rate + self._first
        near = abs(steady - seconds) <= _ROUNDING
        return round((steady if near else seconds) / self._time_base)
