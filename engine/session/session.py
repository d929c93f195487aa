"""The session: what the window and the command line hold in their hands."""

from __future__ import annotations

import threading
from collections.abc import Callable

from engine.events import Event, ProgressListener, SessionState, Stats
from engine.frames import Frame, StyledFrame
from engine.interfaces import FrameSink, FrameSource, Translator
from engine.session.engine_thread import EngineThread
from engine.session.job import Job, SessionFactories, TranslatorFactory
from engine.session.still_renderer import StillRequest
from engine.settings import BuildSettings, LiveSettings
from engine.video.sources.factory import make_source
from engine.video.watermark import AiWatermark

__all__ = ["Job", "Session"]


def build_translator(
    build: BuildSettings, live: LiveSettings, on_progress: ProgressListener
) -> Translator:
    """The real thing. Imports torch, which takes a while, on the thread that calls it."""
    from engine.model.factory import build_translator as build_diffusion  # noqa: PLC0415

    return build_diffusion(build, live, on_progress)


def open_source(job: Job) -> FrameSource:
    """The source that a job names."""
    return make_source(job.input, live=job.realtime, frames=job.frames)


class Session:
    """Runs one job after another. Every call returns at once, but for `wait`.

        OFF -> STARTING -> WARMING_UP -> LIVE <-> RESTING
        any but OFF -> TROUBLE -> WARMING_UP    the source or the model failed, and is tried again
        any but OFF -> STOPPING -> OFF          asked for, ended, or failed for good

    listener hears every event, on the thread where it happens; it must not wait.
    """

    def __init__(
        self,
        listener: Callable[[Event], None],
        *,
        build_translator: TranslatorFactory = build_translator,
        open_source: Callable[[Job], FrameSource] = open_source,
    ) -> None:
        self._listener = listener
        self._factories = SessionFactories(open_source, build_translator)
        self._guard = threading.Lock()
        self._thread: EngineThread | None = None

    @property
    def state(self) -> SessionState:
        """Where the session stands now."""
        run = self._thread
        return SessionState.OFF if run is None else run.state

    def start(self, job: Job) -> None:
        """Begin a job. Raises RuntimeError unless the session is off."""
        with self._guard:
            if self.state is not SessionState.OFF:
                raise RuntimeError(f"the session is {self.state.value}, it cannot start")
            self._thread = run = EngineThread(job, self._factories, self._listener)
        run.start()

    def stop(self) -> None:
        """Ask for the end; StateChanged(OFF) follows. Harmless when off."""
        if self._thread is not None:
            self._thread.stop()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until the session is off, at most so many seconds; whether it is."""
        return self._thread is None or self._thread.join(timeout)

    def apply(self, live: LiveSettings) -> None:
        """Use these settings from the next frame on; the newest wins."""
        if self._thread is not None:
            self._thread.apply(live)

    def set_watermark(self, mark: AiWatermark) -> None:
        """Draw this AI mark from the next frame on."""
        if self._thread is not None:
            self._thread.set_watermark(mark)

    def show_original(self, on: bool) -> None:
        """Let the untouched input out, knowingly; ends with the job at the latest."""
        if self._thread is not None:
            self._thread.show_original(on)

    def pause(self, on: bool) -> None:
        """Pause the translator, for when nobody watches, or go on."""
        if self._thread is not None:
            self._thread.pause(on)

    def add_sink(self, sink: FrameSink) -> None:
        """Feed one more sink while the job runs."""
        if self._thread is not None:
            self._thread.add_sink(sink)

    def remove_sink(self, sink: FrameSink) -> None:
        """Complete a sink and feed it no more."""
        if self._thread is not None:
            self._thread.remove_sink(sink)

    def render_still(self, still: StillRequest) -> None:
        """Style a picture beside the job's stream, a part of it after each frame.

        A newer one replaces one that is not done; the end of the job ends it, too.
        """
        if self._thread is not None:
            self._thread.render_still(still)

    def newest_output(self) -> StyledFrame | None:
        """The newest styled frame that was not taken yet; never waits."""
        return None if self._thread is None else self._thread.output.poll()

    def newest_input(self) -> Frame | None:
        """The newest fitted input frame that was not taken yet; never waits."""
        return None if self._thread is None else self._thread.input.poll()

    def stats(self) -> Stats | None:
        """The figures of the present or the last job."""
        return None if self._thread is None else self._thread.stats()

    def frames(self) -> tuple[int, int]:
        """Frames that came and frames that left, in the present or the last job."""
        return (0, 0) if self._thread is None else self._thread.frames()
