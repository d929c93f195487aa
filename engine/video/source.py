"""What every source of frames does."""

from __future__ import annotations

from typing import Protocol

from engine.frames import Frame, Size


class FrameSource(Protocol):
    """A camera, file, screen or generator. One thread opens, reads and closes it.

    size and fps are what the source really gives; they hold after `open`. live: frames come
    at their own pace and may be skipped; otherwise every frame counts. frames: how many there
    will be, None where that is not known.
    """

    @property
    def name(self) -> str: ...

    @property
    def size(self) -> Size: ...

    @property
    def fps(self) -> float: ...

    @property
    def live(self) -> bool: ...

    @property
    def frames(self) -> int | None: ...

    def open(self) -> None:
        """Begin. Raises SourceError."""
        ...

    def read(self) -> Frame | None:
        """Wait for the next frame; None at the end. Raises SourceError."""
        ...

    def close(self) -> None:
        """Let go of everything; harmless when not open."""
        ...
