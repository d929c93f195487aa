"""Stand-ins for what a session works with, scripted by a test."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from engine.errors import EngineError, SettingError, SourceError
from engine.events import Event, ProgressListener, SessionState, StateChanged
from engine.frames import Frame, Pixels, Size, StyledFrame
from engine.interfaces import FrameSink, Translator, TranslatorStatus, Wait, ignore_ready
from engine.session.session import Job, Session
from engine.settings import BuildSettings, InputSettings, LiveSettings

SIZE = Size(64, 64)
RAW, STYLED = 200, 50
"""What every pixel of the raw and of the styled pictures is."""


def flat(level: int) -> Pixels:
    """A picture of one grey."""
    return np.full((SIZE.height, SIZE.width, 3), level, np.uint8)


class ScriptedSource:
    """Gives `count` raw frames, endless where None; raises what `fault` gives for a number."""

    def __init__(
        self,
        count: int | None = None,
        *,
        live: bool = True,
        fault: Callable[[int], Exception | None] = lambda _: None,
    ) -> None:
        self.name, self.size, self.fps, self.frames = "script", SIZE, 100.0, count
        self.live = live
        self.opened = self.closed = 0
        self._fault, self._number = fault, 0

    def open(self) -> None:
        self.opened += 1

    def read(self) -> Frame | None:
        if self.live:
            time.sleep(0.005)
        if self._number == self.frames:
            return None
        number, self._number = self._number, self._number + 1
        if (error := self._fault(number)) is not None:
            raise error
        return Frame(flat(RAW), number, time.monotonic())

    def remarks(self) -> Sequence[EngineError]:
        return ()

    def close(self) -> None:
        self.closed += 1


class ScriptedTranslator:
    """Styles a frame as one grey; nothing for the first `warm_up` frames, as a model would."""

    def __init__(
        self, warm_up: int = 8, *, fault: Callable[[int], Exception | None] = lambda _: None
    ) -> None:
        self._needed, self._gathered = warm_up, 0
        self._fault = fault
        self._held: list[Frame] = []
        self._finished: list[StyledFrame] = []
        self.applied: list[LiveSettings] = []
        self.asides: list[str] = []
        self.resets = 0
        self.closed = False

    @property
    def status(self) -> TranslatorStatus:
        return TranslatorStatus(min(self._gathered, self._needed), self._needed)

    def submit(self, frame: Frame, on_ready: Callable[[], None] = ignore_ready) -> None:
        if (error := self._fault(frame.number)) is not None:
            raise error
        self._gathered += 1
        self._held.append(frame)
        if self._gathered >= self._needed:
            self._finish_held()

    def take_finished(self, wait: Wait = Wait.NOTHING) -> Sequence[StyledFrame]:
        if wait is Wait.END:
            self._finish_held()
        finished, self._finished = self._finished, []
        return finished

    def apply(self, settings: LiveSettings) -> None:
        self.applied.append(settings)

    def render_still(self, pixels: Pixels, settings: LiveSettings) -> Generator[None, None, Pixels]:
        if settings.style == "unknown":
            raise SettingError("No such style.", "Choose another.")
        self.asides.append(settings.style)
        yield
        yield
        return pixels // 2

    def reset(self) -> None:
        self.resets += 1
        self._gathered, self._held, self._finished = 0, [], []

    def close(self) -> None:
        self.closed = True

    def _finish_held(self) -> None:
        held, self._held = self._held, []
        styled = [StyledFrame(flat(STYLED), f.number, f.captured_at) for f in held]
        self._finished = [*self._finished, *styled]


class LateTranslator(ScriptedTranslator):
    """Works on a thread: its results are there some milliseconds after each frame."""

    def __init__(self) -> None:
        super().__init__(warm_up=1)
        self.gate = threading.Event()
        self.gate.set()
        self.begun: list[int] = []
        self._at_work = 0
        self._worker = ThreadPoolExecutor(1)

    @property
    def status(self) -> TranslatorStatus:
        return TranslatorStatus(1, 1, seconds_until_ready=1.0 if self._at_work else 0.0)

    def submit(self, frame: Frame, on_ready: Callable[[], None] = ignore_ready) -> None:
        self._at_work += 1
        self.begun.append(frame.number)
        styled = StyledFrame(flat(STYLED), frame.number, frame.captured_at)
        self._worker.submit(self._finish, styled, self.resets, on_ready)

    def close(self) -> None:
        self._worker.shutdown()

    def _finish(self, result: StyledFrame, stream: int, on_ready: Callable[[], None]) -> None:
        time.sleep(0.002)
        self.gate.wait(5.0)
        if stream == self.resets:
            self._finished = [*self._finished, result]
        self._at_work -= 1
        on_ready()


class ListSink:
    """Keeps what it is sent, and the story of its calls."""

    def __init__(self, fault: Callable[[int], Exception | None] = lambda _: None) -> None:
        self.levels: list[int] = []
        self.numbers: list[int] = []
        self.story: list[str] = []
        self._fault = fault

    def open(self, size: Size, fps: float) -> None:
        self.story.append(f"open {size} {fps:g}")

    def send(self, frame: StyledFrame) -> None:
        if (error := self._fault(len(self.numbers))) is not None:
            raise error
        self.levels.append(int(frame.pixels[0, 0, 0]))
        self.numbers.append(frame.number)

    def blank(self) -> None:
        self.story.append("blank")

    def close(self) -> None:
        self.story.append("close")

    def abort(self) -> None:
        self.story.append("abort")


class Stage:
    """A session with its doubles, and every event it reported."""

    def __init__(
        self,
        source: ScriptedSource | None = None,
        translators: Sequence[ScriptedTranslator] | None = None,
    ) -> None:
        self.source = source or ScriptedSource()
        self.translators = list(translators or [ScriptedTranslator()])
        self.built: list[BuildSettings] = []
        self.lives: list[LiveSettings] = []
        self.events: list[Event] = []
        self._arrived = threading.Condition()
        self.session = Session(
            self._hear, build_translator=self._build, open_source=lambda _: self.source
        )

    def job(self, *sinks: FrameSink, realtime: bool = True) -> Job:
        build = BuildSettings(size=SIZE)
        return Job(InputSettings(), build, LiveSettings(), sinks, realtime=realtime)

    def run(self, *sinks: FrameSink, realtime: bool = False) -> None:
        """Run a whole job to its end."""
        self.session.start(self.job(*sinks, realtime=realtime))
        assert self.session.wait(10.0)

    def until(self, condition: Callable[[], bool], timeout: float = 10.0) -> None:
        """Wait for something that comes true with an event, or between two."""
        end = time.monotonic() + timeout
        with self._arrived:
            while not condition():
                assert time.monotonic() < end, f"not in time; events: {self.events[-5:]}"
                self._arrived.wait(0.02)

    def until_state(self, state: SessionState) -> None:
        """Wait until the session has reported this state since the last call."""
        self.until(lambda: StateChanged(state) in self.events)
        self.events.clear()

    def states(self) -> list[SessionState]:
        """Every state reported, in order."""
        return [event.state for event in self.events if isinstance(event, StateChanged)]

    def _hear(self, event: Event) -> None:
        with self._arrived:
            self.events.append(event)
            self._arrived.notify_all()

    def _build(
        self, build: BuildSettings, live: LiveSettings, _progress: ProgressListener
    ) -> ScriptedTranslator:
        self.built.append(build)
        self.lives.append(live)
        return self.translators.pop(0) if len(self.translators) > 1 else self.translators[0]


def step(translator: Translator, frame: Frame, wait: Wait = Wait.NOTHING) -> Sequence[StyledFrame]:
    """Submit a frame and take what is finished."""
    translator.submit(frame)
    return translator.take_finished(wait)


def run(
    translator: Translator,
    frames: Iterable[Frame],
    changes: Mapping[int, LiveSettings] | None = None,
) -> list[StyledFrame]:
    """All results; `changes` are applied just before the frame of that number."""
    done: list[StyledFrame] = []
    for frame in frames:
        if changes and frame.number in changes:
            translator.apply(changes[frame.number])
        done += step(translator, frame)
    return [*done, *translator.take_finished(Wait.END)]


def unplugged() -> SourceError:
    """What a camera raises that was pulled out."""
    return SourceError("The camera is gone.", "Plug it in.")
