"""What the engine thread asks of whatever turns frames into styled frames."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from typing import Protocol

from engine.frames import Frame, Pixels, StyledFrame
from engine.settings import LiveSettings


class Translator(Protocol):
    """Frame in, styled frames out, in order. Only the engine thread touches it.

    warm_up_progress: (frames gathered, frames needed) before the first result; equal after.
    """

    @property
    def warm_up_progress(self) -> tuple[int, int]: ...

    @property
    def free_in(self) -> float:
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

    def finished(self, *, wait: bool = False) -> Sequence[StyledFrame]:
        """Give what has become finished since; with `wait`, after all work that goes on beside
        the caller's. Raises ModelError.
        """
        ...

    def listen(self, ready: Callable[[], None]) -> None:
        """Have this called, on any thread, whenever `finished` may have something to give."""
        ...

    def flush(self) -> Sequence[StyledFrame]:
        """Give what is still on its way, so that N frames in are N frames out."""
        ...

    def apply(self, settings: LiveSettings) -> None:
        """Use these settings from now on, without a gap. Raises SettingError or ModelError."""
        ...

    def aside(self, pixels: Pixels, settings: LiveSettings) -> Generator[None, None, Pixels]:
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
