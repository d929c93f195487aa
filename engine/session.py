"""The session: what the window and the command line hold in their hands."""

from __future__ import annotations

import threading
from collections.abc import Callable

from engine.devices import AcceleratorInfo, DeviceInfo
from engine.events import Event, SessionState, Stats
from engine.frames import Frame, StyledFrame
from engine.pipeline.easel import Still
from engine.pipeline.translation import Translator
from engine.run import Job, Run, TranslatorFactory, Workshop
from engine.settings import BUILT_IN, BuildSettings, LiveSettings
from engine.video.catalog import make_source
from engine.video.overlay import AiMark
from engine.video.sink import FrameSink
from engine.video.source import FrameSource

__all__ = ["Job", "Session"]


def build_translator(build: BuildSettings, live: LiveSettings) -> Translator:
    """The real thing. Imports torch, which takes a while, on the thread that calls it."""
    from engine.model.build import build_translator as build_diffusion  # noqa: PLC0415

    return build_diffusion(build, live)


def list_devices() -> list[DeviceInfo]:
    """What a model can be computed on here, best first. Imports torch, which takes a while."""
    from engine.model.accelerate import list_devices as devices  # noqa: PLC0415

    return devices()


def list_accelerators(build: BuildSettings) -> list[AcceleratorInfo]:
    """The ways the model can be worked out on the device, the plain one first. Imports torch.

    Raises DeviceError for a device that is not here.
    """
    from engine.model.accelerate import describe_accelerators  # noqa: PLC0415

    return describe_accelerators(build.device, build.model)


def rate_on_processor(build: BuildSettings, steps: int) -> float | None:
    """Frames per second to expect where a published model would have to run on the processor.

    None where it would not. Imports torch and takes a moment. Raises DeviceError.
    """
    if build.model == BUILT_IN:  # made for it; and torch need not be imported to know
        return None
    from engine.model.expectation import rate_on_processor as expected  # noqa: PLC0415

    return expected(build, steps)


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
        self._workshop = Workshop(open_source, build_translator)
        self._guard = threading.Lock()
        self._run: Run | None = None

    @property
    def state(self) -> SessionState:
        """Where the session stands now."""
        run = self._run
        return SessionState.OFF if run is None else run.state

    def start(self, job: Job) -> None:
        """Begin a job. Raises RuntimeError unless the session is off."""
        with self._guard:
            if self.state is not SessionState.OFF:
                raise RuntimeError(f"the session is {self.state.value}, it cannot start")
            self._run = run = Run(job, self._workshop, self._listener)
        run.start()

    def stop(self) -> None:
        """Ask for the end; StateChanged(OFF) follows. Harmless when off."""
        if self._run is not None:
            self._run.stop()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until the session is off, at most so many seconds; whether it is."""
        return self._run is None or self._run.join(timeout)

    def apply(self, live: LiveSettings) -> None:
        """Use these settings from the next frame on; the newest wins."""
        if self._run is not None:
            self._run.apply(live)

    def set_mark(self, mark: AiMark) -> None:
        """Draw this AI mark from the next frame on."""
        if self._run is not None:
            self._run.set_mark(mark)

    def show_original(self, on: bool) -> None:
        """Let the untouched input out, knowingly; ends with the job at the latest."""
        if self._run is not None:
            self._run.show_original(on)

    def rest(self, on: bool) -> None:
        """Pause the translator, for when nobody watches, or go on."""
        if self._run is not None:
            self._run.rest(on)

    def add_sink(self, sink: FrameSink) -> None:
        """Feed one more sink while the job runs."""
        if self._run is not None:
            self._run.add_sink(sink)

    def remove_sink(self, sink: FrameSink) -> None:
        """Complete a sink and feed it no more."""
        if self._run is not None:
            self._run.remove_sink(sink)

    def render(self, still: Still) -> None:
        """Style a picture beside the job's stream, a part of it after each frame.

        A newer one replaces one that is not done; the end of the job ends it, too.
        """
        if self._run is not None:
            self._run.render(still)

    def newest_output(self) -> StyledFrame | None:
        """The newest styled frame that was not taken yet; never waits."""
        return None if self._run is None else self._run.output.poll()

    def newest_input(self) -> Frame | None:
        """The newest fitted input frame that was not taken yet; never waits."""
        return None if self._run is None else self._run.input.poll()

    def stats(self) -> Stats | None:
        """The figures of the present or the last job."""
        return None if self._run is None else self._run.stats()

    def frames(self) -> tuple[int, int]:
        """Frames that came and frames that left, in the present or the last job."""
        return (0, 0) if self._run is None else self._run.frames()
