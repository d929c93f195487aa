"""Records the styled stream while it is live, without ever slowing it down."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from queue import Full, Queue

from engine.concurrency.worker import Worker
from engine.errors import SinkError
from engine.frames import Pixels, Size, StyledFrame
from engine.video.sinks.metadata import Provenance
from engine.video.sinks.video_encoder import QUALITY, VideoWriter, encoding_for

logger = logging.getLogger(__name__)

QUEUE_LENGTH = 30
"""Frames that may wait for the disk: about a second. Any more are dropped and counted."""


@dataclass(frozen=True, slots=True)
class _TimedPicture:
    """seconds: the picture's time in the recording, from a beginning of any kind."""

    pixels: Pixels
    seconds: float


class _RecordingClock:
    """Turns times of capture into times of the recording, which skip the pauses."""

    def __init__(self) -> None:
        self._skipped = 0.0
        self._paused_at: float | None = None

    def pause(self, captured_at: float) -> None:
        """Stop the clock of the recording; harmless if it is stopped."""
        if self._paused_at is None:
            self._paused_at = captured_at

    def time_of(self, captured_at: float) -> float:
        """The time of a frame that is recorded; ends a pause. Seconds."""
        if self._paused_at is not None:
            self._skipped += captured_at - self._paused_at
            self._paused_at = None
        return captured_at - self._skipped


class Recorder:
    """A file sink with a thread and a bounded queue of its own; `send` never waits.

    Frames keep the times at which they were captured, so the recording plays at the right speed
    however unevenly they arrive, and where one is dropped the one before is shown for longer.

    While the original is on air the recording pauses: the file says of all its pictures that they
    are AI-generated, so no other may be in it. The gap is closed.
    """

    def __init__(self, path: Path, provenance: Provenance) -> None:
        self.dropped = 0
        self.marked = False
        """Whether pictures in the recording bear the invisible mark."""
        self.seconds = 0.0
        """How long it is so far."""
        self._writer = VideoWriter(path, provenance)
        self._queue: Queue[_TimedPicture | None] = Queue(QUEUE_LENGTH)
        self._worker: Worker | None = None
        self._error: SinkError | None = None
        self._clock = _RecordingClock()
        self._start, self._last = 0.0, -1
        self._began_at: float | None = None
        self._clock_rate = Fraction(1)

    @property
    def path(self) -> Path:
        """The file, after `close` under the name that it was really given."""
        return self._writer.path

    @property
    def finished(self) -> bool:
        """Whether the file is complete and under its name."""
        return self._writer.finished

    def open(self, size: Size, fps: float) -> None:
        """Begin the file. Raises SinkError where it cannot be written."""
        encoding = encoding_for(fps, preset="superfast", lookahead=0, quality=QUALITY, threads=1)
        self._clock_rate = 1 / encoding.time_base
        self._writer.open(size, encoding)
        self.dropped, self._error, self._last = 0, None, -1
        self.marked, self.seconds, self._began_at = False, 0.0, None
        self._clock = _RecordingClock()
        self._worker = Worker("recorder", self._run)
        self._worker.start()

    def send(self, frame: StyledFrame) -> None:
        """Hand a frame over; it is dropped when the queue is full. An original pauses the
        recording. Raises SinkError where an earlier frame could not be written.
        """
        if self._error is not None:
            raise self._error
        if frame.original:
            self._clock.pause(frame.captured_at)
            return
        seconds = self._clock.time_of(frame.captured_at)
        try:
            self._queue.put_nowait(_TimedPicture(frame.pixels, seconds))
        except Full:
            self.dropped += 1
            return
        self._began_at = seconds if self._began_at is None else self._began_at
        self.seconds = seconds - self._began_at
        self.marked |= frame.marked

    def blank(self) -> None:
        """A recording keeps what was written."""

    def close(self) -> None:
        """Write what waits and complete the file. Raises SinkError, also for an earlier frame."""
        self._end_worker()
        self._writer.close()
        error, self._error = self._error, None
        if error is not None:
            raise error

    def abort(self) -> None:
        """Remove what was recorded."""
        self._end_worker()
        self._writer.abort()

    def _end_worker(self) -> None:
        """Let the thread write what waits and end."""
        worker, self._worker = self._worker, None
        if worker is None:
            return
        self._queue.put(None)
        worker.join()
        if self.dropped:
            logger.warning("the recording lacks %d frames: the disk was too slow", self.dropped)

    def _run(self, _stopping: threading.Event) -> None:
        while (picture := self._queue.get()) is not None:
            if self._error is None:
                self._write(picture)

    def _write(self, picture: _TimedPicture) -> None:
        if self._last < 0:
            self._start = picture.seconds
        pts = max(round((picture.seconds - self._start) * self._clock_rate), self._last + 1)
        try:
            self._writer.write(picture.pixels, pts)
            self._last = pts
        except SinkError as error:
            self._error = error
        except Exception as error:
            logger.exception("the recorder failed")
            self._error = SinkError(
                "The recording stopped: {reason}.", "Start a new recording.", reason=error
            )
