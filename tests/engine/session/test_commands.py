"""Commands reach the engine thread in order, from any thread, and from nowhere else."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from engine.events import Event, Finished, ProgressListener, SessionState
from engine.frames import Frame, Size
from engine.interfaces import ignore_ready
from engine.session.commands import (
    AddSink,
    ApplySettings,
    Pause,
    RemoveSink,
    RenderStill,
    SetWatermark,
    ShowOriginal,
    Stop,
)
from engine.session.engine_thread import EngineThread
from engine.session.session import Session
from engine.settings import BuildSettings, LiveSettings
from engine.video.watermark import AiWatermark
from tests.engine.doubles import (
    RAW,
    STYLED,
    ListSink,
    ScriptedSource,
    ScriptedTranslator,
    Stage,
    flat,
)


class GatedTranslator(ScriptedTranslator):
    """Works on a frame only while its gate is open."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = threading.Event()
        self.gate.set()

    def submit(self, frame: Frame, on_ready: Callable[[], None] = ignore_ready) -> None:
        assert self.gate.wait(10.0)
        super().submit(frame, on_ready)


@pytest.fixture
def live() -> Iterator[Stage]:
    """A stage on air, its translator gated; ended after the test."""
    stage = Stage(translators=[GatedTranslator()])
    stage.session.start(stage.job(ListSink()))
    stage.until_state(SessionState.LIVE)
    yield stage
    stage.session.send(Stop())
    assert stage.session.wait(10.0)


def gate_of(stage: Stage) -> threading.Event:
    (translator,) = stage.translators
    assert isinstance(translator, GatedTranslator)
    return translator.gate


def test_of_several_settings_the_newest_alone_reaches_the_model(live: Stage) -> None:
    gate_of(live).clear()
    for hundredths in (30, 40, 50):
        live.session.send(ApplySettings(LiveSettings(strength=hundredths / 100)))
    gate_of(live).set()
    live.until(lambda: bool(live.translators[0].applied))
    assert live.translators[0].applied == [LiveSettings(strength=0.5)]


def test_commands_are_carried_out_in_the_order_they_were_sent(live: Stage) -> None:
    recorder, last = ListSink(), ListSink()
    gate_of(live).clear()
    for command in (AddSink(recorder), ShowOriginal(True), RemoveSink(recorder), AddSink(last)):
        live.session.send(command)
    gate_of(live).set()
    live.until(lambda: RAW in last.levels)
    live.session.send(ShowOriginal(False))
    live.until(lambda: last.levels[-1] == STYLED)
    assert recorder.story == ["open 64x64 100", "close"]
    assert recorder.levels == []
    assert last.story == ["open 64x64 100", "blank"]


def test_commands_of_many_threads_all_arrive_and_run_on_one_thread(live: Stage) -> None:
    opened: list[tuple[int, int, str]] = []

    class Noting(ListSink):
        def __init__(self, sender: int, turn: int) -> None:
            super().__init__()
            self._key = sender, turn

        def open(self, size: Size, fps: float) -> None:
            opened.append((*self._key, threading.current_thread().name))

    def send(sender: int) -> None:
        for turn in range(20):
            live.session.send(AddSink(Noting(sender, turn)))

    senders = [threading.Thread(target=send, args=(sender,)) for sender in range(8)]
    for thread in senders:
        thread.start()
    for thread in senders:
        thread.join()
    live.until(lambda: len(opened) == 160)
    assert {name for *_, name in opened} == {"engine"}
    for sender in range(8):
        assert [turn for one, turn, _ in opened if one == sender] == list(range(20))


def test_a_command_does_not_wait_for_the_next_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.session.engine_thread.TICK", 60.0)
    go = threading.Event()

    def hold(number: int) -> None:
        if number == 20:
            go.wait(10.0)

    stage, sink = Stage(ScriptedSource(fault=hold)), ListSink()
    stage.session.start(stage.job(sink))
    stage.until(lambda: 19 in sink.numbers)
    stage.session.send(RemoveSink(sink))
    stage.until(lambda: sink.story[-1] == "close", timeout=5.0)
    go.set()
    stage.session.stop()
    assert stage.session.wait(5.0)


def test_a_bypass_that_ends_while_a_sink_opens_lets_no_frame_through() -> None:
    opening, open_now = threading.Event(), threading.Event()

    class Slow(ListSink):
        def open(self, size: Size, fps: float) -> None:
            opening.set()
            assert open_now.wait(10.0)

    stage, sink = Stage(), Slow()
    stage.session.start(stage.job(sink))
    stage.session.send(ShowOriginal(True))
    assert opening.wait(10.0)
    stage.session.send(ShowOriginal(False))
    open_now.set()
    stage.until(lambda: STYLED in sink.levels)
    stage.session.stop()
    assert stage.session.wait(5.0)
    assert RAW not in sink.levels


def test_a_stop_while_the_model_loads_closes_the_camera_and_shows_nothing() -> None:
    loading, loaded = threading.Event(), threading.Event()

    class SlowToLoad(Stage):
        def _build(
            self, build: BuildSettings, live: LiveSettings, progress: ProgressListener
        ) -> ScriptedTranslator:
            loading.set()
            assert loaded.wait(10.0)
            return super()._build(build, live, progress)

    stage, sink = SlowToLoad(), ListSink()
    stage.session.start(stage.job(sink))
    assert loading.wait(10.0)
    stage.session.stop()
    loaded.set()
    assert stage.session.wait(5.0)
    assert stage.source.opened == stage.source.closed == 1
    assert sink.numbers == []
    assert stage.events[-2] == Finished()


def test_commands_to_a_session_that_is_off_are_ignored() -> None:
    stage, sink = Stage(ScriptedSource(10, live=False)), ListSink()
    commands = (Pause(True), AddSink(sink), SetWatermark(AiWatermark()), Stop())
    for command in commands:
        stage.session.send(command)
    stage.run()
    assert stage.events[-2] == Finished()
    for command in commands:
        stage.session.send(command)
    assert stage.session.state is SessionState.OFF
    assert sink.story == []


def test_a_sink_or_a_picture_that_comes_too_late_is_refused() -> None:
    sink, made = ListSink(), list[object]()

    def hear(event: Event) -> None:
        if event == Finished():
            session.send(AddSink(sink))
            session.send(RenderStill(flat(RAW), LiveSettings(), made.append))

    stage = Stage(ScriptedSource(10, live=False))
    session = Session(hear, build_translator=stage._build, open_source=lambda _: stage.source)
    session.start(stage.job(realtime=False))
    assert session.wait(10.0)
    assert sink.story == ["abort"]
    assert made == [None]


def test_of_two_threads_that_start_a_session_at_once_one_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def slowly(run: EngineThread) -> None:
        time.sleep(0.1)
        start(run)

    start, stage, refused = EngineThread.start, Stage(), list[RuntimeError]()
    monkeypatch.setattr(EngineThread, "start", slowly)

    def try_to_start() -> None:
        try:
            stage.session.start(stage.job())
        except RuntimeError as error:
            refused.append(error)

    threads = [threading.Thread(target=try_to_start) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stage.session.stop()
    assert stage.session.wait(5.0)
    assert len(refused) == 1
