"""One run of a session: the engine thread, from the mailbox of frames to the sinks."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from engine.errors import EngineError, MemoryShortError, ModelError, SettingError
from engine.events import Event, Failed, Finished, Progress, SessionState, StateChanged, Stats
from engine.frames import Frame, StyledFrame
from engine.pipeline.easel import Easel, Still
from engine.pipeline.fallback import Limits, ScaledTranslator, one_less
from engine.pipeline.mailbox import Mailbox, MailboxClosed
from engine.pipeline.memory import give_memory_back
from engine.pipeline.meter import Meter, Timing
from engine.pipeline.translation import Translator
from engine.settings import MAX_STEPS, BuildSettings, InputSettings, LiveSettings
from engine.video.capture import Capture, CaptureListener
from engine.video.fit import fit
from engine.video.outlets import Outlets
from engine.video.overlay import AiMark
from engine.video.sink import FrameSink
from engine.video.source import FrameSource

logger = logging.getLogger(__name__)

TICK = 0.1
"""Seconds at most between two looks at wishes, frames or none."""

STATS_EVERY = 0.25
REBUILD_SECONDS = 2.0
CAPTURE_JOIN_SECONDS = 5.0

TranslatorFactory = Callable[[BuildSettings, LiveSettings], Translator]


@dataclass(frozen=True, slots=True)
class Job:
    """What a session is asked to do.

    realtime: frames keep their own pace and the newest wins; otherwise every frame counts and
    runs as fast as it can. frames: stop after so many input frames. patient: wait for a camera
    that is not there at the start, too; otherwise that ends the job.
    """

    input: InputSettings
    build: BuildSettings
    live: LiveSettings
    sinks: tuple[FrameSink, ...] = ()
    frames: int | None = None
    realtime: bool = True
    patient: bool = True
    mark: AiMark = field(default_factory=AiMark)


@dataclass(frozen=True, slots=True)
class Workshop:
    """How a run gets its parts: the source of a job, and a translator (on the engine thread)."""

    open_source: Callable[[Job], FrameSource]
    build_translator: TranslatorFactory


class Run:
    """Everything of one run. Wishes come from any thread and are obeyed on the engine thread."""

    def __init__(self, job: Job, workshop: Workshop, listener: Callable[[Event], None]) -> None:
        self._job, self._workshop, self._listener = job, workshop, listener
        self.output: Mailbox[StyledFrame] = Mailbox()
        self.input: Mailbox[Frame] = Mailbox()
        self.state = SessionState.OFF
        self._meter = Meter()
        self._inbox: Mailbox[Frame] = Mailbox(lossless=not job.realtime)
        self._outlets = Outlets(job.sinks, self._sink_failed)
        self._wishes: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._easel = Easel()
        self._live, self._applied = job.live, job.live
        self._limits = Limits(job.build, MAX_STEPS)
        self._mark = job.mark
        self._original = self._resting = self._stopping = False
        self._translator: Translator | None = None
        self._rebuild_at = 0.0
        self._taken: deque[tuple[int, float]] = deque()
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

    def set_mark(self, mark: AiMark) -> None:
        """Draw this mark from the next frame on."""
        self._mark = mark

    def show_original(self, on: bool) -> None:
        """Let the input through, or go back: then nothing of it may stay on air."""
        self._original = on
        self._wishes.put(self._forget_stream if on else self._begin_anew)

    def rest(self, on: bool) -> None:
        """Leave frames untranslated, or go on with a new stream."""
        self._resting = on
        self._wishes.put(self._begin_anew)

    def add_sink(self, sink: FrameSink) -> None:
        """Feed one more sink."""
        self._wishes.put(lambda: self._outlets.add(sink))

    def remove_sink(self, sink: FrameSink) -> None:
        """Complete a sink and feed it no more."""
        self._wishes.put(lambda: self._outlets.remove(sink))

    def render(self, still: Still) -> None:
        """Style a picture beside the stream, which goes on; one at a time."""
        fitted = fit(still.pixels, self._job.build.size, InputSettings())
        self._wishes.put(lambda: self._easel.put(replace(still, pixels=fitted)))

    def stats(self) -> Stats:
        """The figures now."""
        return self._meter.stats(time.monotonic(), self._inbox.dropped)

    def frames(self) -> tuple[int, int]:
        """How many have come and how many have left, since the start."""
        return self._meter.frames_in, self._meter.frames_out

    # What follows runs on the engine thread, but for what capture tells.

    def _main(self) -> None:
        capture: Capture | None = None
        try:
            self._adopt(self._workshop.build_translator(self._job.build, self._live))
            capture = self._start_capture()
            self._serve()
        except Exception as error:  # noqa: BLE001 - the thread's edge
            self._fatal = _as_engine_error(error)
        self._end(capture)

    def _start_capture(self) -> Capture:
        self._source = self._workshop.open_source(self._job)
        capture = Capture(
            self._source,
            self._inbox,
            CaptureListener(self._source_opened, self._source_lost, self._meter.came),
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
                early = self._too_early()
                frame = self._inbox.get(min(early, TICK) if early else TICK, wanted=not early)
            except MailboxClosed:
                break
            self._obey()  # after the wait: a bypass that has ended is blanked before any work
            if frame is not None:
                self._take(frame)
            self._gather()
            if self._translator is not None:
                self._easel.turn(self._translator)
            self._tell_stats()
        self._obey()
        if self._translator is not None and not self._original and self._fatal is None:
            self._hand_over(self._translator.flush())

    def _too_early(self) -> float:
        """Seconds for which a newer frame may still take the next one's place."""
        if self._translator is None or not self._job.realtime:
            return 0.0
        return self._translator.free_in

    def _obey(self) -> None:
        while not self._wishes.empty():
            self._wishes.get()()

    def _take(self, frame: Frame) -> None:
        """One frame, all the way."""
        assert self._source is not None
        self._outlets.begin(self._job.build.size, self._source.fps)
        self.input.put(frame)
        if self._resting:
            self._enter(SessionState.RESTING)
            return
        taken = time.monotonic()
        if not self._job.realtime:
            # nothing paces a file: what a frame waited for the engine is no delay of the stream
            frame = replace(frame, captured_at=taken)
        self._taken.append((frame.number, taken))
        if self._original:
            bypass = StyledFrame(frame.pixels, frame.number, frame.captured_at, original=True)
            self._hand_over([bypass])
        else:
            self._hand_over(self._translated(frame))

    def _gather(self) -> None:
        """Hand over what has become finished while the engine waited or worked."""
        if self._translator is None or self._original or self._resting:
            return
        try:
            results = self._translator.finished()
        except Exception as error:  # noqa: BLE001 - as in a step
            self._model_failed(_as_engine_error(error))
        else:
            self._hand_over(results)

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
            self._listener(Progress("warming up", *translator.warm_up_progress))
        return results

    def _ready_translator(self) -> Translator | None:
        """The translator; one that failed is built again, not more often than every 2 s."""
        if self._translator is None and time.monotonic() >= self._rebuild_at:
            self._adopt(self._rebuilt())
        return self._translator

    def _adopt(self, translator: Translator) -> None:
        translator.listen(self._inbox.wake)
        self._translator = translator

    def _rebuilt(self) -> Translator:
        """The translator again, within what memory was found to allow."""
        build, size = self._limits.build, self._job.build.size
        translator = self._workshop.build_translator(build, self._applied)
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
        self._trouble(self._settled(error) if isinstance(error, MemoryShortError) else error)
        self._easel.clear()

    def _settled(self, error: MemoryShortError) -> EngineError:
        """Go on with one setting less, at once, if there is one; gives what is to be told.

        Not the error itself, which would hold the model in memory by its traceback.
        """
        less = one_less(replace(self._limits, steps=self._applied.steps))
        if less is None:
            return error.with_traceback(None)
        self._limits, told = less
        self._applied = self._limits.within(self._applied)
        self._rebuild_at = 0.0
        return told

    def _hand_over(self, results: Sequence[StyledFrame]) -> None:
        styled = time.monotonic()
        for result in results[-1:] if self._job.realtime else results:
            marked = self._mark.stamp(result)
            self._outlets.send(marked)
            self.output.put(marked)
            taken = self._taken_at(result.number)
            self._meter.left(Timing(result.captured_at, taken, styled, time.monotonic()))
            self._enter(SessionState.LIVE)
        if results and not self._job.realtime and self._source is not None:
            self._listener(Progress("frames", self._meter.frames_out, self._total()))

    def _taken_at(self, number: int) -> float:
        """When the engine began a frame; results come in order, if not each at once."""
        while self._taken[0][0] != number:
            self._taken.popleft()
        return self._taken.popleft()[1]

    def _total(self) -> int:
        known = self._source.frames if self._source is not None else None
        limits = [count for count in (known, self._job.frames) if count is not None]
        return min(limits, default=0)

    def _begin_anew(self) -> None:
        """Nothing of what was shown may stay, and the next frame begins a new stream."""
        self._outlets.blank()
        self._forget_stream()
        if self.state in (SessionState.LIVE, SessionState.RESTING):
            self._enter(SessionState.WARMING_UP)

    def _forget_stream(self) -> None:
        """Nothing that is under way, or waits for it, may come out any more."""
        if self._job.realtime:
            self._inbox.poll()
        self._taken.clear()
        if self._translator is not None:
            self._translator.reset()

    def _trouble(self, error: EngineError) -> None:
        self._outlets.blank()
        self._forget_stream()
        self._enter(SessionState.TROUBLE)
        self._listener(Failed(error, recovering=True))

    def _sink_failed(self, error: EngineError) -> None:
        if not self._job.realtime:
            raise error
        self._listener(Failed(error, recovering=True))

    def _source_opened(self, source: FrameSource) -> None:
        logger.info("%s: %s at %.3g frames/s", source.name, source.size, source.fps)
        self._wishes.put(self._source_is_back)

    def _source_is_back(self) -> None:
        if self.state is SessionState.TROUBLE:
            self._begin_anew()
            self._enter(SessionState.WARMING_UP)

    def _source_lost(self, error: EngineError, again: bool) -> None:
        if again and not self._stopping:
            self._wishes.put(lambda: self._trouble(error))
        else:
            self._fatal = error

    def _tell_stats(self) -> None:
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
        self._settle_outlets()
        self._easel.clear()
        if self._translator is not None:
            self._translator.close()
            self._translator = None
        give_memory_back()
        if self._fatal is not None:
            self._listener(Failed(self._fatal, recovering=False))
        else:
            self._listener(self.stats())
            self._listener(Finished())
        self._enter(SessionState.OFF)

    def _settle_outlets(self) -> None:
        if self._fatal is None:
            try:
                self._outlets.close()
            except EngineError as error:
                self._fatal = error
        self._outlets.abort()

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
