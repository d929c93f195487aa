"""Records the styled stream while it is live, without ever slowing it."""

from __future__ import annotations

import logging
import threading
from fractions import Fraction
from pathlib import Path
from queue import Full, Queue

from engine.errors import SinkError
from engine.frames import Size, StyledFrame
from engine.video.sinks.metadata import Provenance
from engine.video.sinks.video_encoder import Encoding, VideoWriter

logger = logging.getLogger(__name__)

QUEUE_LENGTH = 30
"""Frames that may wait for the disk: about a second; what comes on top is dropped and counted."""
CLOCK = 90_000
"""Units of a time stamp per second, the customary clock of video."""


class Recorder:
    """A file sink with a thread and a bounded queue of its own; `send` never waits.

    Frames carry the time at which they were captured, so the recording runs at the speed of life
    however unevenly they come, and a dropped frame is a longer look at the one before.
    """

    def __init__(self, path: Path, provenance: Provenance) -> None:
        self.path, self.dropped = path, 0
        self._writer = VideoWriter(path, provenance)
        self._queue: Queue[StyledFrame | None] = Queue(QUEUE_LENGTH)
        self._thread: threading.Thread | None = None
        self._error: SinkError | None = None
        self._start, self._last = 0.0, -1

    def open(self, size: Size, fps: float) -> None:
        """Begin the file. Raises SinkError where it cannot be written."""
        rate = Fraction(fps).limit_denominator(1001)
        clock = Fraction(1, CLOCK)
        encoding = Encoding(rate, clock, preset="superfast", threads=1, index_first=False)
        self._writer.open(size, encoding)
        self.dropped, self._error, self._last = 0, None, -1
        self._thread = threading.Thread(target=self._run, name="recorder", daemon=True)
        self._thread.start()

    def send(self, frame: StyledFrame) -> None:
        """Hand a frame over; one for which there is no room is dropped.

        Raises SinkError where an earlier frame could not be written.
        """
        if self._error is not None:
            raise self._error
        try:
            self._queue.put_nowait(frame)
        except Full:
            self.dropped += 1

    def blank(self) -> None:
        """A recording keeps what was written."""

    def close(self) -> None:
        """Write what waits and complete the file. Raises SinkError, also for an earlier frame."""
        self._end_thread()
        self._writer.close()
        error, self._error = self._error, None
        if error is not None:
            raise error

    def abort(self) -> None:
        """Remove what was recorded."""
        self._end_thread()
        self._writer.abort()

    def _end_thread(self) -> None:
        """Let the thread write what waits and end."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        self._queue.put(None)
        thread.join()
        if self.dropped:
            logger.warning(
                "%s lacks %d frames: the disk was too slow", self.path.name, self.dropped
            )

    def _run(self) -> None:
        while (frame := self._queue.get()) is not None:
            if self._error is None:
                self._write(frame)

    def _write(self, frame: StyledFrame) -> None:
        if self._last < 0:
            self._start = frame.captured_at
        pts = max(round((frame.captured_at - self._start) * CLOCK), self._last + 1)
        try:
            self._writer.write(frame.pixels, pts)
            self._last = pts
        except SinkError as error:
            self._error = error
        except Exception as error:
            logger.exception("the recorder failed")
            self._error = SinkError(
                "The recording stopped: {reason}.", "Start a new recording.", reason=error
            )
