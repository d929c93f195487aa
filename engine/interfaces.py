"""The seams of the engine: what makes styled frames, where frames come from, where they go."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from engine.errors import EngineError
from engine.frames import Frame, Pixels, Size, StyledFrame
from engine.settings import LiveSettings


@dataclass(frozen=True, slots=True)
class TranslatorStatus:
    """Where a translator stands.

    gathered: frames of the `needed` for its first result that have arrived; equal after it. Both
    are 0 while nothing can be gathered, as another computer is not reached. dropped: frames that
    were submitted and have no result. seconds_until_ready: until the next frame can be worked on at
    once, estimated from the frames before it; 0 when nothing is in its way. A live frame that is
    taken earlier only ages.
    """

    gathered: int
    needed: int
    seconds_until_ready: float = 0.0
    seconds_per_frame: float = 0.0
    dropped: int = 0


class Wait(Enum):
    """What `Translator.take_finished` waits for.

    NOTHING: it gives the oldest result that is finished, so that none waits for the next one to be
    decoded (those of a warm-up together). SUBMITTED: all work begun so far; a warm-up or a batch of
    denoising steps may still hold frames back. END: every frame submitted, so that N frames in are
    N frames out.
    """

    NOTHING = "nothing"
    SUBMITTED = "submitted"
    END = "end"


def ignore_ready() -> None:
    """For callers that ask for results by themselves."""


class Translator(Protocol):
    """Frames in, styled frames out, in order. Only one thread may touch it."""

    @property
    def status(self) -> TranslatorStatus: ...

    def submit(self, frame: Frame, on_ready: Callable[[], None] = ignore_ready) -> None:
        """Take the next frame; returns once only a few frames are still being worked on. Its size,
        the same for every frame of a stream, is that of the result, too. on_ready is called, on any
        thread, when `take_finished` may have something to give, or `status` something to tell.
        Raises ModelError.
        """
        ...

    def take_finished(self, wait: Wait = Wait.NOTHING) -> Sequence[StyledFrame]:
        """Give the results that were not taken yet: none while warming up, then those of the
        warm-up frames at once (live, the newest of them), then one for one, later where steps run
        as a batch or on another thread. Raises ModelError, also for a failure of the work since the
        last call.
        """
        ...

    def apply(self, settings: LiveSettings) -> None:
        """Use these settings from now on, without a gap. Raises SettingError or ModelError."""
        ...

    def render_still(self, pixels: Pixels, settings: LiveSettings) -> Generator[None, None, Pixels]:
        """Style one picture, which keeps its size; the stream can go on between the steps of the
        work, unaffected. Raises SettingError for an unknown style or a model that cannot do it, and
        whatever else a model may raise.
        """
        ...

    def reset(self) -> None:
        """Forget the stream; the next frame begins a new one."""
        ...

    def close(self) -> None:
        """Release memory and threads."""
        ...


class FrameSource(Protocol):
    """A camera, file, screen or generator. One thread opens, reads and closes it.

    size and fps are what the source really gives; they are valid after `open`. live: frames arrive
    at their own pace and may be skipped; otherwise every frame counts. frames: how many there
    will be, None if that is not known.
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

    def remarks(self) -> Sequence[EngineError]:
        """What a user should know about what was read so far: parts that were left out."""
        ...

    def close(self) -> None:
        """Release everything; harmless when not open."""
        ...


class FrameSink(Protocol):
    """A virtual camera, file or recorder. Used by one thread at a time."""

    def open(self, size: Size, fps: float) -> None:
        """Prepare for frames of this size. Raises SinkError."""
        ...

    def send(self, frame: StyledFrame) -> None:
        """Take one finished frame. Raises SinkError."""
        ...

    def blank(self) -> None:
        """Show nothing of what was sent any more; frames may follow. Files keep theirs."""
        ...

    def close(self) -> None:
        """Finish: what was sent is complete. Raises SinkError. Harmless when not open."""
        ...

    def abort(self) -> None:
        """Stop and leave nothing half-written behind. Harmless when not open."""
        ...
