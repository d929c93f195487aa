"""A sink that writes finished frames to a video file."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from engine.errors import SinkError
from engine.frames import Size, StyledFrame
from engine.video.sinks.metadata import Provenance
from engine.video.sinks.video_encoder import Encoding, VideoWriter


class FileSink:
    """Writes every frame to a video file, at a constant rate.

    audio: a file whose sound is carried over, up to the length of what was written.
    """

    def __init__(self, path: Path, provenance: Provenance, *, audio: Path | None = None) -> None:
        self._writer = VideoWriter(path, provenance, audio=audio)
        self._number = 0

    @property
    def path(self) -> Path:
        """The file, after `close` under the name that it was really given."""
        return self._writer.path

    def open(self, size: Size, fps: float) -> None:
        """Begin the file. Raises SinkError where it cannot be written."""
        rate = Fraction(fps).limit_denominator(1001)
        self._number = 0
        self._writer.open(size, Encoding(rate, time_base=1 / rate))

    def send(self, frame: StyledFrame) -> None:
        """Write one frame. Raises SinkError; what can be played of the file is kept.

        An original is refused: the file says of all its pictures that they are AI-generated.
        """
        if frame.original:
            raise SinkError(
                "Original pictures are never written to a file.", "Show the styled picture."
            )
        self._writer.write(frame.pixels, self._number)
        self._number += 1

    def blank(self) -> None:
        """A file keeps what was written."""

    def close(self) -> None:
        """Complete the file and give it its name. Raises SinkError."""
        self._writer.close()

    def abort(self) -> None:
        """Remove what was written."""
        self._writer.abort()
