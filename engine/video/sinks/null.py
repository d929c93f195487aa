"""A sink that throws every frame away."""

from __future__ import annotations

from engine.frames import Size, StyledFrame


class NullSink:
    """Takes every frame and keeps none: for measuring, and for a preview without an output."""

    def open(self, size: Size, fps: float) -> None:
        """Nothing to begin."""

    def send(self, frame: StyledFrame) -> None:
        """The frame is dropped."""

    def blank(self) -> None:
        """Nothing is seen."""

    def close(self) -> None:
        """Nothing to finish."""

    def abort(self) -> None:
        """Nothing to undo."""
