"""Takes frames through the engine thread: styled or bypassed, delivered, and restarted."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from statistics import median

from engine.concurrency.mailbox import Mailbox
from engine.errors import EngineError
from engine.events import (
    Event,
    Failed,
    Progress,
    ProgressKind,
    SessionState,
    SizesChosen,
    StateChanged,
)
from engine.frames import Frame, Size, StyledFrame
from engine.imaging import fit
from engine.interfaces import Wait
from engine.session.commands import RenderStill
from engine.session.delivery import Delivery
from engine.session.job import Job, TranslatorFactory
from engine.session.model_guard import model_guard
from engine.session.sizing import Sizes, remember_speed, sizes_for, speed_key
from engine.session.still_renderer import StillRenderer
from engine.session.translator_slot import TranslatorSlot
from engine.settings import InputSettings
from engine.video.sinks.sink_group import SinkGroup

MEASURED_FRAMES = 200
"""The last frames of a run, of whose times the median is remembered; a shorter run tells nothing,
as it may have ended before the quickest way was found."""


class Reporter:
    """Passes events on, and keeps the last state announced."""

    def __init__(self, listener: Callable[[Event], None]) -> None:
        self.state = SessionState.STARTING
        self.report = listener

    def enter(self, state: SessionState) -> None:
        """Announce a state if it is new."""
        if state is not self.state:
            self.state = state
            self.report(StateChanged(state))


class Pipeline:
    """Everything between the mailbox of frames and the sinks; used on the engine thread alone."""

    def __init__(
        self, job: Job, build: TranslatorFactory, inbox: Mailbox[Frame], reporter: Reporter
    ) -> None:
        self._job, self._inbox, self._reporter = job, inbox, reporter
        self.sinks = SinkGroup(job.sinks, self._sink_failed)
        self.slot = TranslatorSlot(job, build, reporter.report, inbox.wake)
        self.delivery = Delivery(self.sinks, job.watermark, newest_only=job.realtime)
        self._stills = StillRenderer()
        self._original = self._paused = False
        self._fps, self._total = 0.0, 0
        self._picture = job.build.size
        self._costs: deque[float] = deque(maxlen=MEASURED_FRAMES)
        self._costs_of = ""

    @property
    def seconds_until_needed(self) -> float:
        """Seconds for which a newer frame may still replace the next one."""
        status = self.slot.status
        return status.seconds_until_ready if status and self._job.realtime else 0.0

    def open_sinks(self) -> None:
        """Open every sink; harmless if they are open."""
        self.sinks.begin(self._picture, self._fps)

    def process(self, frame: Frame | None) -> None:
        """Process a frame, if there is one, and deliver what is finished."""
        if frame is not None and not self._job.realtime:
            # a file has no pace: waiting for the engine is not part of the delay
            frame = replace(frame, captured_at=time.monotonic())
        if self._paused:
            if frame is not None:
                self._reporter.enter(SessionState.PAUSED)
        elif not self._original:
            self._deliver(self._translated(frame))
        elif frame is not None:
            self.delivery.begin(frame.number, time.monotonic())
            bypass = StyledFrame(
                frame.pixels, frame.number, frame.captured_at, original=True, span=frame.span
            )
            self._deliver([bypass])

    def finish(self) -> None:
        """Deliver everything that is still in progress."""
        if not self._original:
            self._deliver(self.slot.take_finished(Wait.END))

    def show_original(self, on: bool) -> None:
        """Start or end the bypass; at its end nothing of the input may stay on air."""
        self._original = on
        if on:
            self._forget()
        else:
            self.restart()

    def pause(self, on: bool) -> None:
        """Stop translating frames, or continue with a new stream."""
        self._paused = on
        self.restart()

    def render_still(self, request: RenderStill) -> None:
        """Style a picture next to the stream; one at a time."""
        fitted = fit(request.pixels, self._picture, InputSettings())
        self._stills.put(replace(request, pixels=fitted))

    def advance_still(self) -> None:
        """Do the next step of such a picture, if there is one."""
        if self.slot.status is not None:
            self._stills.advance(self.slot.render_still)

    def source_opened(self, fps: float, frames: int | None, size: Size) -> None:
        """The source is available, or available again. frames: its length, None if unknown.

        The sizes of the run follow from its size and rate when it is first opened; then the model
        is built. Raises ModelError.
        """
        if not self.slot.begun:
            self._begin(sizes_for(self._job, size, fps))
        self._fps = fps
        limits = [count for count in (frames, self._job.frames) if count is not None]
        self._total = min(limits, default=0)
        if self._reporter.state is SessionState.RECOVERING:
            self.restart()
            self._reporter.enter(SessionState.WARMING_UP)

    def _begin(self, sizes: Sizes) -> None:
        self._picture = sizes.picture
        self.delivery.prepare(sizes.picture)
        self._reporter.report(SizesChosen(sizes.picture, sizes.engine, self._job.automatic))
        self.slot.begin(sizes.engine)

    def recover(self, error: EngineError) -> None:
        """The source or the model has failed and is retried: show the placeholder meanwhile."""
        self.delivery.withdraw()
        self._forget()
        self._reporter.enter(SessionState.RECOVERING)
        self._reporter.report(Failed(error, recovering=True))

    def restart(self) -> None:
        """Withdraw what was shown; the next frame begins a new stream."""
        self.delivery.withdraw()
        self._forget()
        if self._reporter.state in (SessionState.LIVE, SessionState.PAUSED):
            self._reporter.enter(SessionState.WARMING_UP)

    def close(self) -> None:
        """Cancel work in progress, remember the speed, and release the model."""
        if self._job.realtime and self._job.automatic and len(self._costs) == MEASURED_FRAMES:
            remember_speed(self._costs_of, self.slot.size, median(self._costs))
        self._stills.clear()
        self.slot.close()

    def _translated(self, frame: Frame | None) -> Sequence[StyledFrame]:
        results: Sequence[StyledFrame] = ()
        with model_guard(self._model_failed):
            submitted = frame is not None and self._submit(frame)
            results = self.slot.take_finished()
            if submitted and not results:
                self._report_warm_up()
        return results

    def _submit(self, frame: Frame) -> bool:
        self.delivery.begin(frame.number, time.monotonic())
        if self.slot.wanted.composition != self.slot.applied.composition:
            self.delivery.skip_waiting()  # it may show what is no longer to be seen as it is
        return self.slot.submit(frame)

    def _report_warm_up(self) -> None:
        status = self.slot.status
        if status is None or not status.needed:
            return
        if self._reporter.state is not SessionState.LIVE:
            self._reporter.enter(SessionState.WARMING_UP)
            progress = Progress(ProgressKind.WARMING_UP, status.gathered, status.needed)
            self._reporter.report(progress)

    def _model_failed(self, error: EngineError) -> None:
        """Live, show the placeholder and build the model again; a file has to be complete."""
        if not self._job.realtime:
            raise error
        self.recover(self.slot.fail(error))
        self._stills.clear()

    def _sink_failed(self, error: EngineError) -> None:
        if not self._job.realtime:
            raise error
        self._reporter.report(Failed(error, recovering=True))

    def _deliver(self, results: Sequence[StyledFrame]) -> None:
        if not results:
            return
        if self._job.realtime:
            self.delivery.show_at(self.slot.wanted.interpolation.fps)
        self.delivery.deliver(results)
        if self.slot.status is not None and not self._original:
            self._note_cost(self.slot.status.seconds_per_frame)
        self._reporter.enter(SessionState.LIVE)
        if not self._job.realtime:
            done = self.delivery.statistics.frames_out
            self._reporter.report(Progress(ProgressKind.FRAMES, done, self._total))

    def _note_cost(self, seconds: float) -> None:
        """Note the time of a frame; after a change of what it depends on, others do not count."""
        key = speed_key(self._job.build, self.slot.applied)
        if key != self._costs_of:
            self._costs.clear()
            self._costs_of = key
        self._costs.append(seconds)

    def _forget(self) -> None:
        """Drop everything in progress or waiting."""
        if self._job.realtime:
            self._inbox.poll()
        self.delivery.forget()
        with model_guard(self._model_failed):
            self.slot.reset()
