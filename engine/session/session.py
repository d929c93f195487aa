"""The session: the engine's interface for the window and the command line."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

from engine.events import Event, ProgressListener, SessionState, Stats
from engine.frames import Frame, StyledFrame
from engine.interfaces import FrameSource, Translator
from engine.session.commands import Command, Stop
from engine.session.engine_thread import EngineThread
from engine.session.job import Job, SessionFactories, TranslatorFactory
from engine.session.people_finder import PeopleFinder
from engine.session.preload import preload
from engine.settings import BuildSettings, LiveSettings
from engine.video.framing.framer import Finder
from engine.video.sources.factory import make_source

__all__ = ["Job", "Session"]


def build_translator(
    build: BuildSettings, live: LiveSettings, on_progress: ProgressListener
) -> Translator:
    """The default factory. Imports torch, which takes a while, on the calling thread."""
    from engine.model.factory import build_translator as build_diffusion  # noqa: PLC0415

    return build_diffusion(build, live, on_progress)


def open_source(job: Job) -> FrameSource:
    """The source named by a job; one that can have several sizes is asked for the output's."""
    size = job.input.size or job.output or job.largest
    return make_source(replace(job.input, size=size), live=job.realtime, frames=job.frames)


def find_people(job: Job) -> Finder:
    """Finds people; live, the stream does not wait until the network is there."""
    return PeopleFinder(beside=job.realtime)


class Session:
    """Runs one job after another. Every call except `wait` returns immediately.

        OFF -> STARTING -> WARMING_UP -> LIVE <-> PAUSED
        any but OFF -> RECOVERING -> WARMING_UP    the source or the model failed and is retried
        any but OFF -> STOPPING -> OFF             by request, at the end, or after a failure

    listener is called with every event, on an engine thread; it must not wait.
    """

    def __init__(
        self,
        listener: Callable[[Event], None],
        *,
        build_translator: TranslatorFactory = build_translator,
        open_source: Callable[[Job], FrameSource] = open_source,
        prepare: Callable[[], None] = preload,
        find_people: Callable[[Job], Finder] = find_people,
    ) -> None:
        self._listener = listener
        self._factories = SessionFactories(open_source, build_translator, prepare, find_people)
        self._starting = threading.Lock()
        self._run: EngineThread | None = None

    @property
    def state(self) -> SessionState:
        """The current state."""
        run = self._run
        return SessionState.OFF if run is None else run.state

    def start(self, job: Job) -> None:
        """Begin a job. Raises RuntimeError unless the session is off."""
        with self._starting:
            if self.state is not SessionState.OFF:
                raise RuntimeError(f"the session is {self.state.value}, it cannot start")
            self._run = EngineThread(job, self._factories, self._listener)  # born STARTING
            self._run.start()

    def send(self, command: Command) -> None:
        """Send a command to the running job; ignored when off."""
        run = self._run
        if run is not None and run.state is not SessionState.OFF:
            run.send(command)

    def stop(self) -> None:
        """Ask for the end; StateChanged(OFF) follows. Harmless when off."""
        self.send(Stop())

    def wait(self, timeout: float | None = None) -> bool:
        """Wait up to `timeout` seconds until the session is off; returns whether it is."""
        return self._run is None or self._run.join(timeout)

    def newest_output(self) -> StyledFrame | None:
        """The newest styled frame that was not taken yet; never waits."""
        return None if self._run is None else self._run.output.poll()

    def newest_input(self) -> Frame | None:
        """The newest fitted input frame that was not taken yet; never waits."""
        return None if self._run is None else self._run.input.poll()

    def stats(self) -> Stats | None:
        """The figures of the current or last job."""
        return None if self._run is None else self._run.stats()

    def frames(self) -> tuple[int, int]:
        """Frames that have entered and left in the current or last job."""
        return (0, 0) if self._run is None else self._run.frames()
