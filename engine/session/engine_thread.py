"""One run of a session: the engine thread, from the mailbox of frames to the sinks."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace

from engine.concurrency.mailbox import Mailbox, MailboxClosed
from engine.errors import EngineError, MemoryShortError, ModelError, SettingError
from engine.events import (
    Event,
    Failed,
    Finished,
    Progress,
    ProgressKind,
    SessionState,
    StateChanged,
    Stats,
)
from engine.frames import Frame, StyledFrame
from engine.imaging import fit
from engine.interfaces import FrameSink, FrameSource, Translator
from engine.session.job import Job, SessionFactories
from engine.session.memory_fallback import MemoryLimits, ScaledTranslator, next_lower_setting
from engine.session.statistics import StreamStatistics, Timing
from engine.session.still_renderer import StillRenderer, StillRequest
from engine.settings import MAX_STEPS, InputSettings, LiveSettings
from engine.system import release_free_memory
from engine.video.capture import Capture, CaptureListener
from engine.video.sinks.sink_group import SinkGroup
from engine.video.watermark import AiWatermark

logger = logging.getLogger(__name__)

TICK = 0.1
"""Seconds at most between two looks at wishes, frames or none."""

STATS_EVERY = 0.25
REBUILD_SECONDS = 2.0
CAPTURE_JOIN_SECONDS = 5.0


class EngineThread:
    """Everything of one run. Wishes come from any thread and are obeyed on the engine thread."""

    def __init__(
        self, job: Job, workshop: SessionFactories, listener: Callable[[Event], None]
    ) -> None:
        self._job, self._factories, self._listener = job, workshop, listener
        self.output: Mailbox[StyledFrame] = Mailbox()
        self.input: Mailbox[Frame] = Mailbox()
        self.state = SessionState.OFF
        self._statistics = StreamStatistics()
        self._inbox: Mailbox[Frame] = Mailbox(lossless=not job.realtime)
        self._sinks = SinkGroup(job.sinks, self._sink_failed)
        self._commands: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._stills = StillRenderer()
        self._live, self._applied = job.live, job.live
        self._limits = MemoryLimits(job.build, MAX_STEPS)
        self._watermark = job.watermark
        self._original = self._paused = self._stopping = False
        self._translator: Translator | None = None
        self._rebuild_at = 0.0
        self._started_at: deque[tuple[int, float]] = deque()
        self._source: FrameSource | None = None
        self._fatal: EngineError | None = None
        self._stats_due = 0.0
        self._thread = threading.Thread(target=self._main, name="engine", daemon=True)

    def start(self) -> None:
        """Begin; returns at once."""
        self._enter(SessionState.STARTING)
        self._thread.start()

    def stop(self) -> None:
        """Ask for the end; frames under way are finished."""
        self._stopping = True
        self._inbox.close()

    def join(self, timeout: float | None) -> bool:
        """Wait for the end; whether it has come."""
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def apply(self, live: LiveSettings) -> None:
        """Use these settings from the next frame on; the newest wins."""
        self._live = live

    def set_watermark(self, mark: AiWatermark) -> None:
        """Draw this mark from the next frame on."""
        self._watermark = mark

    def show_original(self, on: bool) -> None:
        """Let the input through, or go back: then nothing of it may stay on air."""
        self._original = on
        self._commands.put(self._forget_stream if on else self._restart_stream)

    def pause(self, on: bool) -> None:
        """Leave frames untranslated, or go on with a new stream."""
        self._paused = on
        self._commands.put(self._restart_stream)

    def add_sink(self, sink: FrameSink) -> None:
        """Feed one more sink."""
        self._commands.put(lambda: self._sinks.add(sink))

    def remove_sink(self, sink: FrameSink) -> None:
        """Complete a sink and feed it no more."""
        self._commands.put(lambda: self._sinks.remove(sink))

    def render_still(self, still: StillRequest) -> None:
        """Style a picture beside the stream, which goes on; one at a time."""
        fitted = fit(still.pixels, self._job.build.size, InputSettings())
        self._commands.put(lambda: self._stills.put(replace(still, pixels=fitted)))

    def stats(self) -> Stats:
        """The figures now."""
        return self._statistics.stats(time.monotonic(), self._inbox.dropped)

    def frames(self) -> tuple[int, int]:
        """How many have come and how many have left, since the start."""
        return self._statistics.frames_in, self._statistics.frames_out

    # What follows runs on the engine thread, but for what capture tells.

    def _main(self) -> None:
        capture: Capture | None = None
        try:
            self._adopt(
                self._factories.build_translator(self._job.build, self._live, self._listener)
            )
            capture = self._start_capture()
            self._serve()
        except Exception as error:  # noqa: BLE001 - the thread's edge
            self._fatal = _as_engine_error(error)
        self._end(capture)

    def _start_capture(self) -> Capture:
        self._source = self._factories.open_source(self._job)
        capture = Capture(
            self._source,
            self._inbox,
            CaptureListener(self._source_opened, self._source_lost, self._statistics.frame_in),
            size=self._job.build.size,
            settings=self._job.input,
            limit=self._job.frames,
            patient=self._job.patient,
        )
        capture.start()
        return capture

    def _serve(self) -> None:
        while True:
            try:
                early = self._seconds_until_needed()
                frame = self._inbox.get(min(early, TICK) if early else TICK, wanted=not early)
            except MailboxClosed:
                break
            self._run_commands()  # after the wait: a bypass that has ended is blanked before any work
            if frame is not None:
                self._process(frame)
            self._deliver_finished()
            if self._translator is not None:
                self._stills.advance(self._translator)
            self._report_stats()
        self._run_commands()
        if self._translator is not None and not self._original and self._fatal is None:
            self._deliver(self._translator.flush())

    def _seconds_until_needed(self) -> float:
        """Seconds for which a newer frame may still take the next one's place."""
        if self._translator is None or not self._job.realtime:
            return 0.0
        return self._translator.seconds_until_ready

    def _run_commands(self) -> None:
        while not self._commands.empty():
            self._commands.get()()

    def _process(self, frame: Frame) -> None:
        """One frame, all the way."""
        assert self._source is not None
        self._sinks.begin(self._job.build.size, self._source.fps)
        self.input.put(frame)
        if self._paused:
            self._enter(SessionState.PAUSED)
            return
        taken = time.monotonic()
        if not self._job.realtime:
            # nothing paces a file: what a frame waited for the engine is no delay of the stream
            frame = replace(frame, captured_at=taken)
        self._started_at.append((frame.number, taken))
        if self._original:
            bypass = StyledFrame(frame.pixels, frame.number, frame.captured_at, original=True)
            self._deliver([bypass])
        else:
            self._deliver(self._translated(frame))

    def _deliver_finished(self) -> None:
        """Hand over what has become finished while the engine waited or worked."""
        if self._translator is None or self._original or self._paused:
            return
        try:
            results = self._translator.take_finished()
        except Exception as error:  # noqa: BLE001 - as in a step
            self._model_failed(_as_engine_error(error))
        else:
            self._deliver(results)

    def _translated(self, frame: Frame) -> Sequence[StyledFrame]:
        try:
            translator = self._ready_translator()
            if translator is None:
                return ()
            self._apply_to(translator)
            results = translator.step(frame)
        except Exception as error:  # noqa: BLE001 - whatever a model throws, the stream must go on
            self._model_failed(_as_engine_error(error))
            return ()
        if not results and self.state is not SessionState.LIVE:
            self._enter(SessionState.WARMING_UP)
            self._listener(Progress(ProgressKind.WARMING_UP, *translator.warm_up_progress))
        return results

    def _ready_translator(self) -> Translator | None:
        """The translator; one that failed is built again, not more often than every 2 s."""
        if self._translator is None and time.monotonic() >= self._rebuild_at:
            self._adopt(self._rebuilt())
        return self._translator

    def _adopt(self, translator: Translator) -> None:
        translator.on_ready(self._inbox.wake)
        self._translator = translator

    def _rebuilt(self) -> Translator:
        """The translator again, within what memory was found to allow."""
        build, size = self._limits.build, self._job.build.size
        translator = self._factories.build_translator(build, self._applied, self._listener)
        return translator if build.size == size else ScaledTranslator(translator, size, build.size)

    def _apply_to(self, translator: Translator) -> None:
        wanted = self._limits.within(self._live)
        if wanted == self._applied:
            return
        try:
            translator.apply(wanted)
            self._applied = wanted
        except SettingError as error:
            self._live = self._applied
            self._listener(Failed(error, recovering=True))

    def _model_failed(self, error: EngineError) -> None:
        """Live, the placeholder goes out and the model is built again; a file has to be whole."""
        if not self._job.realtime:
            raise error
        self._translator = None
        self._rebuild_at = time.monotonic() + REBUILD_SECONDS
        self._recover(
            self._fall_back_to_less_memory(error) if isinstance(error, MemoryShortError) else error
        )
        self._stills.clear()

    def _fall_back_to_less_memory(self, error: MemoryShortError) -> EngineError:
        """Go on with one setting less, at once, if there is one; gives what is to be told.

        Not the error itself, which would hold the model in memory by its traceback.
        """
        less = next_lower_setting(replace(self._limits, steps=self._applied.steps))
        if less is None:
            return error.with_traceback(None)
        self._limits, told = less
        self._applied = self._limits.within(self._applied)
        self._rebuild_at = 0.0
        return told

    def _deliver(self, results: Sequence[StyledFrame]) -> None:
        styled = time.monotonic()
        for result in results[-1:] if self._job.realtime else results:
            marked = self._watermark.stamp(result)
            self._sinks.send(marked)
            self.output.put(marked)
            taken = self._pop_start_time(result.number)
            self._statistics.frame_out(Timing(result.captured_at, taken, styled, time.monotonic()))
            self._enter(SessionState.LIVE)
        if results and not self._job.realtime and self._source is not None:
            self._listener(
                Progress(ProgressKind.FRAMES, self._statistics.frames_out, self._total())
            )

    def _pop_start_time(self, number: int) -> float:
        """When the engine began a frame; results come in order, if not each at once."""
        while self._started_at[0][0] != number:
            self._started_at.popleft()
        return self._started_at.popleft()[1]

    def _total(self) -> int:
        known = self._source.frames if self._source is not None else None
        limits = [count for count in (known, self._job.frames) if count is not None]
        return min(limits, default=0)

    def _restart_stream(self) -> None:
        """Nothing of what was shown may stay, and the next frame begins a new stream."""
        self._sinks.blank()
        self._forget_stream()
        if self.state in (SessionState.LIVE, SessionState.PAUSED):
            self._enter(SessionState.WARMING_UP)

    def _forget_stream(self) -> None:
        """Nothing that is under way, or waits for it, may come out any more."""
        if self._job.realtime:
            self._inbox.poll()
        self._started_at.clear()
        if self._translator is not None:
            self._translator.reset()

    def _recover(self, error: EngineError) -> None:
        self._sinks.blank()
        self._forget_stream()
        self._enter(SessionState.RECOVERING)
        self._listener(Failed(error, recovering=True))

    def _sink_failed(self, error: EngineError) -> None:
        if not self._job.realtime:
            raise error
        self._listener(Failed(error, recovering=True))

    def _source_opened(self, source: FrameSource) -> None:
        logger.info("%s: %s at %.3g frames/s", source.name, source.size, source.fps)
        self._commands.put(self._source_is_back)

    def _source_is_back(self) -> None:
        if self.state is SessionState.RECOVERING:
            self._restart_stream()
            self._enter(SessionState.WARMING_UP)

    def _source_lost(self, error: EngineError, again: bool) -> None:
        if again and not self._stopping:
            self._commands.put(lambda: self._recover(error))
        else:
            self._fatal = error

    def _report_stats(self) -> None:
        now = time.monotonic()
        if now >= self._stats_due:
            self._stats_due = now + STATS_EVERY
            self._listener(self.stats())

    def _end(self, capture: Capture | None) -> None:
        """Complete the outputs or undo them, end the capture thread, let go of the model."""
        self._enter(SessionState.STOPPING)
        self._inbox.close()
        if capture is not None:
            capture.stop()
            capture.join(CAPTURE_JOIN_SECONDS)
        self._close_sinks()
        self._stills.clear()
        if self._translator is not None:
            self._translator.close()
            self._translator = None
        release_free_memory()
        if self._fatal is not None:
            self._listener(Failed(self._fatal, recovering=False))
        else:
            self._listener(self.stats())
            self._listener(Finished())
        self._enter(SessionState.OFF)

    def _close_sinks(self) -> None:
        if self._fatal is None:
            try:
                self._sinks.close()
            except EngineError as error:
                self._fatal = error
        self._sinks.abort()

    def _enter(self, state: SessionState) -> None:
        if state is not self.state:
            self.state = state
            self._listener(StateChanged(state))


def _as_engine_error(error: Exception) -> EngineError:
    if isinstance(error, EngineError):
        return error
    logger.error("the engine failed", exc_info=error)
    return ModelError(
        "The engine failed: {reason}.", "Choose a smaller size, or start again.", reason=error
    )
