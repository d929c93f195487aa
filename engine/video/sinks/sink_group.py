"""All sinks of a run: one that fails is dropped, the others go on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from engine.errors import EngineError
from engine.frames import Size, StyledFrame
from engine.interfaces import FrameSink


class SinkGroup:
    """Opens, feeds and closes sinks, for one thread at a time: others wait. failed: hears the error
    of each that fails.
    """

    def __init__(self, sinks: Sequence[FrameSink], failed: Callable[[EngineError], None]) -> None:
        self._unopened, self._failed = list(sinks), failed
        self._open: list[FrameSink] = []
        self._format: tuple[Size, float] | None = None
        self._guard = threading.RLock()

    def begin(self, size: Size, fps: float) -> None:
        """Open the sinks; harmless when they are open. fps: frames per second."""
        with self._guard:
            if self._format is not None:
                return
            self._format = size, fps
            while self._unopened:
                self._open_one(self._unopened.pop(0), size, fps)

    def add(self, sink: FrameSink) -> None:
        """Feed one more sink from now on."""
        with self._guard:
            if self._format is None:
                self._unopened.append(sink)
            else:
                self._open_one(sink, *self._format)

    def remove(self, sink: FrameSink) -> None:
        """Complete a sink and feed it no more; harmless if it has failed before."""
        with self._guard:
            if sink in self._open:
                self._open.remove(sink)
                self._attempt(sink, sink.close)

    def send(self, frame: StyledFrame) -> None:
        """Give a finished frame to every sink."""
        with self._guard:
            for sink in list(self._open):
                self._attempt(sink, lambda target=sink: target.send(frame))  # type: ignore[misc]

    def blank(self) -> None:
        """Nothing of what was sent may be seen any more."""
        with self._guard:
            for sink in self._open:
                sink.blank()

    def close(self) -> None:
        """Complete all sinks."""
        with self._guard:
            while self._open:
                self.remove(self._open[0])

    def abort(self) -> None:
        """Leave nothing half-written."""
        with self._guard:
            while self._open:
                self._open.pop().abort()

    def _open_one(self, sink: FrameSink, size: Size, fps: float) -> None:
        self._open.append(sink)
        self._attempt(sink, lambda: sink.open(size, fps))

    def _attempt(self, sink: FrameSink, deed: Callable[[], None]) -> None:
        try:
            deed()
        except EngineError as error:
            if sink in self._open:
                self._open.remove(sink)
            sink.abort()
            self._failed(error)
