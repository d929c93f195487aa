"""What the engine thread asks of whatever turns frames into styled frames."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from typing import Protocol

from engine.frames import Frame, Pixels, Size, StyledFrame
from engine.settings import LiveSettings


class Translator(Protocol):
    """Frame in, styled frames out, in order. Only the engine thread touches it.

    warm_up_progress: (frames gathered, frames needed) before the first result; equal after.
    """

    @property
    def warm_up_progress(self) -> tuple[int, int]: ...

    @property
    def seconds_until_ready(self) -> float:
        """Seconds from now until the next frame can be worked on at once, as far as the frames
        before tell; 0 where nothing is in its way. A live one that is taken before only grows old.
        """
        ...

    def step(self, frame: Frame) -> Sequence[StyledFrame]:
        """Take the next frame and give what is finished: none while warming up, then the
        warm-up frames at once, then one for one (delayed where steps run as a batch, or where
        this frame is worked on while the caller goes on). Frames must have the size the translator
        was built for. Raises ModelError.
        """
        ...

    def take_finished(self, *, wait: bool = False) -> Sequence[StyledFrame]:
        """Give what has become finished since; with `wait`, after all work that goes on beside
        the caller's. Raises ModelError.
        """
        ...

    def on_ready(self, ready: Callable[[], None]) -> None:
        """Have this called, on any thread, whenever `finished` may have something to give."""
        ...

    def flush(self) -> Sequence[StyledFrame]:
        """Give what is still on its way, so that N frames in are N frames out."""
        ...

    def apply(self, settings: LiveSettings) -> None:
        """Use these settings from now on, without a gap. Raises SettingError or ModelError."""
        ...

    def render_still(self, pixels: Pixels, settings: LiveSettings) -> Generator[None, None, Pixels]:
        """Style one picture of the size the translator was built for, beside the stream, which
        goes on between the parts of the work as if nothing were. Raises SettingError for a style
        that is not there, or a model that cannot do it; whatever a model may raise, too.
        """
        ...

    def reset(self) -> None:
        """Forget the stream; the next frame begins a new one."""
        ...

    def close(self) -> None:
        """Let go of memory and threads."""
        ...


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
