"""Doubles of what the window stands on: a session without a model, a camera without a process."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from engine.errors import SinkError
from engine.events import Event, Failed, Progress, ProgressKind, SessionState, StateChanged, Stats
from engine.frames import Frame, Pixels, Size, StyledFrame
from engine.interfaces import FrameSink
from engine.session.commands import (
    AddSink,
    ApplySettings,
    Command,
    Pause,
    RemoveSink,
    RenderStill,
    SetWatermark,
    ShowOriginal,
    Stop,
)
from engine.session.session import Job
from engine.settings import LiveSettings
from engine.video.sinks.null import NullSink
from engine.video.watermark import AiWatermark
from engine.virtual_camera.protocol import OnAir, PublisherState, PublisherStatus

WARM_UP = 8


def picture(size: Size, colour: tuple[int, int, int]) -> Pixels:
    """A picture of one colour."""
    return np.full((size.height, size.width, 3), colour, dtype=np.uint8)


class FakeSession:
    """Speaks as the real one does, but only when a test says so."""

    def __init__(self, listener: Callable[[Event], None]) -> None:
        self.listener = listener
        self.state = SessionState.OFF
        self.jobs: list[Job] = []
        self.applied: list[LiveSettings] = []
        self.marks: list[AiWatermark] = []
        self.originals: list[bool] = []
        self.rests: list[bool] = []
        self.sinks: list[FrameSink] = []
        self.stills: list[RenderStill] = []
        self.output: StyledFrame | None = None
        self.input: Frame | None = None

    def start(self, job: Job) -> None:
        self.jobs.append(job)
        self.enter(SessionState.STARTING)

    def stop(self) -> None:
        if self.state is not SessionState.OFF:
            self.enter(SessionState.STOPPING)
            self.enter(SessionState.OFF)

    def wait(self, timeout: float | None = None) -> bool:
        return self.state is SessionState.OFF

    def send(self, command: Command) -> None:
        match command:
            case ApplySettings(live):
                self.applied.append(live)
            case SetWatermark(watermark):
                self.marks.append(watermark)
            case ShowOriginal(on):
                self.originals.append(on)
            case Pause(on):
                self.rests.append(on)
                self.enter(SessionState.PAUSED if on else SessionState.LIVE)
            case AddSink(sink):
                self.sinks.append(sink)
            case RemoveSink(sink):
                self._remove(sink)
            case RenderStill():
                self.stills.append(command)
            case Stop():
                self.stop()

    def newest_output(self) -> StyledFrame | None:
        frame, self.output = self.output, None
        return frame

    def newest_input(self) -> Frame | None:
        frame, self.input = self.input, None
        return frame

    def fail_sink(self, sink: FrameSink) -> None:
        """What the engine does with a sink that cannot go on."""
        self.sinks.remove(sink)
        sink.abort()
        self.listener(Failed(SinkError("The disk is full.", "Make room."), recovering=True))

    def enter(self, state: SessionState) -> None:
        """Change the state and say so."""
        self.state = state
        if state is SessionState.OFF:
            for sink in list(self.sinks):
                self._remove(sink)
        self.listener(StateChanged(state))

    def _remove(self, sink: FrameSink) -> None:
        self.sinks.remove(sink)
        sink.close()

    def go_live(self) -> None:
        """Through the warm-up into the stream."""
        self.enter(SessionState.WARMING_UP)
        self.listener(Progress(ProgressKind.WARMING_UP, WARM_UP, WARM_UP))
        self.enter(SessionState.LIVE)

    def show(self, styled: Pixels, given: Pixels | None = None) -> None:
        """Have a frame ready to be taken."""
        self.output = StyledFrame(styled, 0, time.monotonic())
        if given is not None:
            self.input = Frame(given, 0, time.monotonic())


class FakePublisher:
    """A virtual camera that is always there."""

    def __init__(self) -> None:
        self.answer = PublisherStatus(PublisherState.SENDING, watched=False)
        self.panics: list[bool] = []
        self.placeholders: list[Pixels] = []
        self.formats: list[tuple[Size, float]] = []
        self.started = self.closed = False

    def start(self) -> None:
        self.started = True

    def set_up(self, size: Size, fps: float) -> None:
        self.formats.append((size, fps))

    def sink(self) -> FrameSink:
        return NullSink()

    def panic(self, on: bool) -> None:
        self.panics.append(on)
        self.answer = replace(self.answer, on_air=OnAir.PANIC if on else OnAir.PLACEHOLDER)

    def set_placeholder(self, pixels: Pixels) -> None:
        self.placeholders.append(pixels)

    def status(self) -> PublisherStatus:
        return self.answer

    def close(self) -> None:
        self.closed = True


def stats(**changes: float) -> Stats:
    """Usual figures of a running stream."""
    usual: dict[str, float] = {
        "latency_p50_ms": 71,
        "latency_p95_ms": 84,
        "capture_ms": 8,
        "engine_ms": 55,
        "publish_ms": 8,
        "fps_in": 30,
        "fps_out": 18,
        "dropped": 12,
        "frames_out": 400,
    }
    return Stats(**(usual | changes))  # type: ignore[arg-type]
