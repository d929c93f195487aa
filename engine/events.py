"""What the session reports, to one listener, on whichever thread it happens. All frozen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from engine.errors import EngineError
from engine.frames import Size


class SessionState(Enum):
    """Where a session stands; `engine.session.session.Session` has the diagram."""

    OFF = "off"
    STARTING = "starting"
    WARMING_UP = "warming up"
    LIVE = "live"
    PAUSED = "paused"
    RECOVERING = "recovering"
    STOPPING = "stopping"


@dataclass(frozen=True, slots=True)
class StateChanged:
    """The session has entered `state`."""

    state: SessionState


@dataclass(frozen=True, slots=True)
class SizesChosen:
    """The sizes of this run. picture: what leaves. engine: what the model computes.

    automatic: the program has chosen the engine's.
    """

    picture: Size
    engine: Size
    automatic: bool


class ProgressKind(Enum):
    """Kinds of work whose progress can be shown."""

    LOADING_MODEL = "loading the model"
    COMPILING = "compiling the network"
    CONNECTING = "connecting to the other computer"
    MEASURING = "finding the quickest accelerator"
    WARMING_UP = "warming up"
    FRAMES = "frames"
    DOWNLOADING = "downloading"
    VERIFYING = "verifying"


@dataclass(frozen=True, slots=True)
class Progress:
    """Progress of a bounded piece of work.

    done and total: in units of the work, such as tensors, frames or bytes; total is 0 if it is
    not known. subject: what is worked on, if it has a name of its own.
    """

    kind: ProgressKind
    done: int
    total: int
    subject: str = ""


ProgressListener = Callable[[Progress], None]
"""Is called with progress, on the thread that makes it."""


def ignore_progress(_: Progress) -> None:
    """For callers that do not show progress."""


@dataclass(frozen=True, slots=True)
class Stats:
    """The stream's figures over the last seconds.

    latency_p50_ms and latency_p95_ms: capture to hand-over. capture_ms, engine_ms, publish_ms:
    mean share of each stage; network_ms: of the way to another computer and back, codecs included,
    0 without one. fps_in and fps_out: frames per second read and handed over. dropped: frames that
    a newer one replaced or that a line has lost, since the start. fps_overall: frames per second
    from the first styled frame to the last; 0 before there are two. interpolated: pictures that lie
    between two frames, since the start, and fps_interpolated a second; no other figure counts
    them. interpolation_ms: mean delay that they add, within the latency.
    """

    latency_p50_ms: float
    latency_p95_ms: float
    capture_ms: float
    engine_ms: float
    publish_ms: float
    fps_in: float
    fps_out: float
    dropped: int
    frames_out: int
    fps_overall: float = 0.0
    interpolated: int = 0
    interpolation_ms: float = 0.0
    fps_interpolated: float = 0.0
    network_ms: float = 0.0

    def picture_delay_ms(self, camera_fps: float, wait_ms: float) -> float:
        """From what happens to when a program that reads the camera sees it, on average; 0 while
        nothing is measured. camera_fps: pictures per second that the camera sends. wait_ms: for how
        long a frame lies ready until the camera shows it.

        What happens between two frames that are shown is in the next: half their interval later.
        """
        if self.latency_p50_ms <= 0 or self.fps_out <= 0:
            return 0.0
        shown = min(self.fps_out + self.fps_interpolated, camera_fps)
        return self.latency_p50_ms + 500 / shown + wait_ms


@dataclass(frozen=True, slots=True)
class Failed:
    """The stream cannot go on, or goes on with a placeholder; recovering says which."""

    error: EngineError
    recovering: bool


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something was left out or done in another way than asked; the stream goes on as it is."""

    remark: EngineError


@dataclass(frozen=True, slots=True)
class Finished:
    """The source has ended and everything has been handed over."""


Event = StateChanged | SizesChosen | Progress | Stats | Failed | Noticed | Finished
