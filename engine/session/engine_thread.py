"""One run of a session: the engine thread, its commands, its beginning and its end."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from engine.concurrency.cancellation import Cancelled
from engine.concurrency.mailbox import Mailbox, MailboxClosed
from engine.concurrency.worker import Worker
from engine.errors import EngineError
from engine.events import (
    Event,
    Failed,
    Finished,
    Noticed,
    Progress,
    ProgressKind,
    SessionState,
    StateChanged,
    Stats,
)
from engine.frames import Frame, Size, StyledFrame
from engine.interfaces import FrameSource, Translator
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
from engine.session.job import Job, SessionFactories
from engine.session.model_guard import as_engine_error
from engine.session.pipeline import Pipeline, Reporter
from engine.session.sizing import picture_size
from engine.settings import BuildSettings, LiveSettings
from engine.system import release_free_memory
from engine.video.capture import Capture, CaptureListener
from engine.video.framing.framer import AutoFraming

logger = logging.getLogger(__name__)

TICK = 0.1
"""The longest wait for a frame, in seconds."""

STATS_EVERY = 0.25
CAPTURE_JOIN_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class _SourceOpened:
    """The source is available, or available again. frames: its length, None if not known."""

    fps: float
    frames: int | None
    size: Size


@dataclass(frozen=True, slots=True)
class _SourceLost:
    """The source has failed. again: whether it will be tried again."""

    error: EngineError
    again: bool


_Message = Command | _SourceOpened | _SourceLost


class EngineThread:
    """One run of a session.

    Other threads `send`, which puts a command into the queue and wakes the engine, and read the
    state, the newest frames and the figures. Everything else belongs to the engine thread.
    """

    def __init__(
        self, job: Job, factories: SessionFactories, listener: Callable[[Event], None]
    ) -> None:
        self._job, self._factories = job, factories
        self.input: Mailbox[Frame] = Mailbox()
        self._inbox: Mailbox[Frame] = Mailbox(lossless=not job.realtime)
        self._framing = AutoFraming(
            factories.find_people(job), job.input, paced=job.realtime, on=job.live.auto_framing
        )
        self._messages: queue.SimpleQueue[_Message] = queue.SimpleQueue()
        self._reporter = Reporter(listener)
        self._pipeline = Pipeline(job, self._build, self._inbox, self._reporter)
        self._statistics = self._pipeline.delivery.statistics
        self._stopping = False
        self._stop_wanted = threading.Event()
        self._fatal: EngineError | None = None
        self._stats_due = 0.0
        self._worker = Worker("engine", lambda _: self._main())

    @property
    def state(self) -> SessionState:
        """The state of the run: STARTING from its creation, OFF once it has ended."""
        return self._reporter.state

    @property
    def output(self) -> Mailbox[StyledFrame]:
        """The newest styled frame, for a display."""
        return self._pipeline.delivery.preview

    def start(self) -> None:
        """Begin; returns at once."""
        self._worker.start()

    def send(self, command: _Message) -> None:
        """Queue a command, to be done between two frames, in order; callable from any thread."""
        if isinstance(command, Stop):
            self._stop_wanted.set()
        self._messages.put(command)
        self._inbox.wake()

    def join(self, timeout: float | None) -> bool:
        """Wait for the end; returns whether the thread has ended."""
        return self._worker.join(timeout)

    def stats(self) -> Stats:
        """The current figures."""
        dropped = self._inbox.dropped + self._pipeline.slot.dropped
        return self._statistics.stats(time.monotonic(), dropped)

    def frames(self) -> tuple[int, int]:
        """The frames that have entered and left since the start."""
        return self._statistics.frames_in, self._statistics.frames_out

    # Everything below runs on the engine thread.

    def _main(self) -> None:
        capture: Capture | None = None
        self._reporter.report(StateChanged(self.state))
        try:
            self._run_commands()
            if not self._stopping:
                capture = self._start_capture()
                if not self._job.build.engine:  # a laptop that only shows pictures needs no torch
                    self._factories.prepare()
                self._serve()
        except Cancelled:
            logger.info("ended while another computer was waited for")
        except Exception as error:  # noqa: BLE001 - the thread's edge
            self._fatal = as_engine_error(error)
        try:
            self._end(capture)
        finally:
            self._reporter.enter(SessionState.OFF)

    def _build(
        self, build: BuildSettings, live: LiveSettings, listener: Callable[[Event], None]
    ) -> Translator:
        """Build a translator; whoever ends the job does not wait for another computer."""

        def tell(event: Event) -> None:
            waits = isinstance(event, Progress) and event.kind is ProgressKind.CONNECTING
            if waits and self._stop_wanted.is_set():
                raise Cancelled
            listener(event)

        return self._factories.build_translator(build, live, tell)

    def _start_capture(self) -> Capture:
        """Its thread only sends messages, puts frames into the mailbox, and counts them."""

        def opened(source: FrameSource) -> None:
            kind = type(source).__name__  # its name may be a person's, and stays out of the log
            logger.info("%s: %s at %.3g frames/s", kind, source.size, source.fps)
            self.send(_SourceOpened(source.fps, source.frames, source.size))

        def lost(error: EngineError, again: bool) -> None:
            self.send(_SourceLost(error, again))

        def noticed(remark: EngineError) -> None:
            self._reporter.report(Noticed(remark))

        capture = Capture(
            self._factories.open_source(self._job),
            self._inbox,
            CaptureListener(opened, lost, self._statistics.frame_in, noticed),
            size_for=lambda size: picture_size(self._job, size),
            framing=self._framing,
            limit=self._job.frames,
            patient=self._job.patient,
        )
        capture.start()
        return capture

    def _serve(self) -> None:
        while True:
            try:
                early = self._pipeline.seconds_until_needed
                frame = self._inbox.get(min(early, TICK) if early else TICK, wanted=not early)
            except MailboxClosed:
                break
            self._run_commands()  # first: at the end of a bypass, sinks are blanked at once
            if frame is not None:
                self.input.put(frame)
                self._pipeline.open_sinks()
                self._run_commands()  # that takes a while: the bypass may have ended
            self._pipeline.process(frame)
            self._pipeline.advance_still()
            self._report_stats()
        self._run_commands()
        if self._fatal is None:
            self._pipeline.finish()

    def _run_commands(self) -> None:
        while not self._messages.empty():
            self._run_command(self._messages.get())

    def _run_command(self, command: _Message) -> None:
        pipeline = self._pipeline
        match command:
            case ApplySettings(live):
                pipeline.slot.wanted = live
                self._framing.on = live.auto_framing
            case SetWatermark(watermark):
                pipeline.delivery.watermark = watermark
            case ShowOriginal(on):
                pipeline.show_original(on)
            case Pause(on):
                pipeline.pause(on)
            case AddSink(sink):
                pipeline.sinks.add(sink)
            case RemoveSink(sink):
                pipeline.sinks.remove(sink)
            case RenderStill():
                pipeline.render_still(command)
            case Stop():
                self._stopping = True
                self._inbox.close()
            case _SourceOpened() | _SourceLost():
                self._source_changed(command)

    def _source_changed(self, message: _SourceOpened | _SourceLost) -> None:
        match message:
            case _SourceOpened(fps, frames, size):
                self._pipeline.source_opened(fps, frames, size)
            case _SourceLost(error, again=False):
                self._fatal = error
            case _SourceLost(error) if not self._stopping:
                self._pipeline.recover(error)

    def _report_stats(self) -> None:
        now = time.monotonic()
        if now >= self._stats_due:
            self._stats_due = now + STATS_EVERY
            self._reporter.report(self.stats())

    def _end(self, capture: Capture | None) -> None:
        """Complete the outputs or undo them, end the capture thread, release the model."""
        self._reporter.enter(SessionState.STOPPING)
        self._inbox.close()
        if capture is not None:
            capture.stop()
            capture.join(CAPTURE_JOIN_SECONDS)
        self._close_sinks()
        self._pipeline.close()
        release_free_memory()
        if self._fatal is not None:
            self._reporter.report(Failed(self._fatal, recovering=False))
        else:
            self._reporter.report(self.stats())
            self._reporter.report(Finished())
        self._refuse_late_commands()

    def _close_sinks(self) -> None:
        """Complete the outputs, also after a failure: what was made so far is worth keeping."""
        self._pipeline.delivery.close()
        try:
            self._pipeline.sinks.close()
        except EngineError as error:
            self._fatal = self._fatal or error
        self._pipeline.sinks.abort()

    def _refuse_late_commands(self) -> None:
        """Inform whoever waits for a sink or a picture that there will be none."""
        while not self._messages.empty():
            match self._messages.get():
                case AddSink(sink):
                    sink.abort()
                case RenderStill(done=done):
                    done(None)
