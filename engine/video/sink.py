"""What every taker of finished frames does, and the one that takes them nowhere."""

from __future__ import annotations

from typing import Protocol

from engine.frames import Size, StyledFrame


class FrameSink(Protocol):
    """A virtual camera, file or recorder. One thread opens, sends and closes it."""

    def open(self, size: Size, fps: float) -> None:
        """Begin to take frames of this size. Raises SinkError."""
        ...

    def send(self, frame: StyledFrame) -> None:
        """Take one finished frame. Raises SinkError."""
        ...

    def blank(self) -> None:
        """Nothing of what was sent may be seen any more; frames may follow. Files keep theirs."""
        ...

    def close(self) -> None:
        """Finish: what was sent is complete. Raises SinkError. Harmless when not open."""
        ...

    def abort(self) -> None:
        """Stop and leave nothing half-written behind. Harmless when not open."""
        ...


class NullSink:
    """Takes frames nowhere: for measuring, and for a preview without an output."""

    def open(self, size: Size, fps: float) -> None:
        """Nothing to begin."""

    def send(self, frame: StyledFrame) -> None:
        """The frame is let go."""

    def blank(self) -> None:
        """Nothing is seen."""

    def close(self) -> None:
        """Nothing to finish."""

    def abort(self) -> None:
        """Nothing to undo."""
