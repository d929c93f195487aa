"""The session's promises, with doubles for source, model and sinks."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

import numpy as np
import pytest

from engine.errors import MemoryShortError, ModelError, SettingError, SinkError
from engine.events import (
    Failed,
    Finished,
    Progress,
    ProgressKind,
    ProgressListener,
    SessionState,
    SizesChosen,
    StateChanged,
    Stats,
)
from engine.frames import Pixels
from engine.session.commands import (
    AddSink,
    ApplySettings,
    Pause,
    RemoveSink,
    RenderStill,
    ShowOriginal,
)
from engine.session.session import Session
from engine.settings import BuildSettings, CachePrecision, LiveSettings
from engine.video.watermark import AiWatermark
from tests.engine.doubles import (
    RAW,
    SIZE,
    STYLED,
    LateTranslator,
    ListSink,
    ScriptedSource,
    ScriptedTranslator,
    Stage,
    flat,
    unplugged,
)

OFF, LIVE, TROUBLE = SessionState.OFF, SessionState.LIVE, SessionState.RECOVERING


def test_a_file_loses_no_frame_and_goes_through_every_state() -> None:
    stage, sink = Stage(ScriptedSource(30, live=False)), ListSink()
    stage.run(sink)
    assert sink.numbers == list(range(30))
    assert sink.story == ["open 64x64 100", "close"]
    assert stage.states() == [
        SessionState.STARTING,
        SessionState.WARMING_UP,
        LIVE,
        SessionState.STOPPING,
        OFF,
    ]
    assert stage.events[-2] == Finished()


def test_a_file_shorter_than_the_warm_up_comes_out_whole() -> None:
    stage, sink = Stage(ScriptedSource(3, live=False)), ListSink()
    stage.run(sink)
    assert sink.numbers == [0, 1, 2]


def test_live_the_newest_frame_wins_and_the_rest_is_counted() -> None:
    stage, sink = Stage(), ListSink()
    stage.session.start(stage.job(sink))
    stage.until(lambda: len(sink.numbers) > 20)
    stage.session.stop()
    assert stage.session.wait(5.0)
    assert sink.numbers == sorted(set(sink.numbers))
    assert sink.numbers[0] >= 7
    assert stage.translators[0].closed
    assert stage.source.closed == 1


def test_progress_tells_of_the_warm_up_and_of_a_files_frames() -> None:
    stage = Stage(ScriptedSource(10, live=False))
    stage.run()
    told = [event for event in stage.events if isinstance(event, Progress)]
    assert told[0] == Progress(ProgressKind.WARMING_UP, 1, 8)
    assert told[-1] == Progress(ProgressKind.FRAMES, 10, 10)


def test_a_job_that_waits_for_another_computer_ends_as_soon_as_it_is_stopped() -> None:
    waiting = Progress(ProgressKind.CONNECTING, 0, 0)
    stage = Stage()

    def connect(
        _: BuildSettings, __: LiveSettings, listener: ProgressListener
    ) -> ScriptedTranslator:
        while True:
            listener(waiting)
            time.sleep(0.005)

    session = Session(
        stage.events.append, build_translator=connect, open_source=lambda _: stage.source
    )
    sink = ListSink()
    session.start(stage.job(sink))
    stage.until(lambda: waiting in stage.events)
    session.stop()
    assert session.wait(5.0)
    assert stage.states()[-1] is OFF
    assert Finished() in stage.events
    assert not any(isinstance(event, Failed) for event in stage.events)
    assert not sink.numbers


def test_stats_come_while_it_runs() -> None:
    stage = Stage()
    stage.session.start(stage.job(ListSink()))
    stage.until(lambda: any(isinstance(e, Stats) and e.frames_out > 0 for e in stage.events))
    stage.session.stop()
    assert stage.session.wait(5.0)


def test_settings_go_to_the_model_once_the_newest_alone() -> None:
    stage = Stage()
    stage.session.start(stage.job(ListSink()))
    stage.until_state(LIVE)
    wanted = LiveSettings(strength=0.3)
    stage.session.send(ApplySettings(wanted))
    model = stage.translators[0]
    stage.until(lambda: model.applied == [wanted])
    stage.session.stop()
    assert stage.session.wait(5.0)


def test_a_setting_that_is_refused_is_told_and_the_stream_goes_on() -> None:
    class Picky(ScriptedTranslator):
        def apply(self, settings: LiveSettings) -> None:
            raise SettingError("No such style.", "Choose another.")

    stage = Stage(translators=[Picky()])
    stage.session.start(stage.job(ListSink()))
    stage.until_state(LIVE)
    stage.session.send(ApplySettings(LiveSettings(style="baroque")))
    stage.until(lambda: any(isinstance(event, Failed) for event in stage.events))
    assert stage.session.state is LIVE
    stage.session.stop()
    assert stage.session.wait(5.0)


def test_no_raw_picture_goes_out_unless_asked_for() -> None:
    stage, sink = Stage(), ListSink()
    no_marks = AiWatermark(shown=False, invisible=False)
    stage.session.start(replace(stage.job(sink), watermark=no_marks))
    stage.until(lambda: len(sink.levels) > 10)
    stage.session.stop()
    assert stage.session.wait(5.0)
    assert set(sink.levels) == {STYLED}


def test_after_the_bypass_the_sinks_are_blanked_before_anything_else() -> None:
    stage, sink = Stage(), ListSink()
    stage.session.start(stage.job(sink))
    stage.until_state(LIVE)
    stage.session.send(ShowOriginal(True))
    stage.until(lambda: sink.levels[-1:] == [RAW])
    stage.session.send(ShowOriginal(False))
    stage.until(lambda: "blank" in sink.story)
    raw = sink.levels.count(RAW)
    stage.until(lambda: sink.levels[-1] != RAW)
    assert sink.levels.count(RAW) == raw
    assert stage.translators[0].resets == 2  # at its beginning and at its end
    stage.session.stop()
    assert stage.session.wait(5.0)


def test_what_is_under_way_as_the_bypass_begins_never_comes_out() -> None:
    late = LateTranslator()
    stage, sink = Stage(translators=[late]), ListSink()
    stage.session.start(stage.job(sink))
    stage.until_state(LIVE)
    late.gate.clear()
    stage.session.send(ShowOriginal(True))
    stage.until(lambda: sink.levels[-1:] == [RAW])
    last = sink.numbers[-1]
    stage.session.send(ShowOriginal(False))
    stage.until(lambda: late.resets == 2)
    late.gate.set()
    stage.until(lambda: sink.levels[-1] == STYLED)
    assert sink.numbers == sorted(sink.numbers)
    assert sink.numbers[-1] > last
    stage.session.stop()
    assert stage.session.wait(5.0)


def test_the_bypass_ends_with_the_job() -> None:
    stage, sink = Stage(), ListSink()
    for _ in range(2):
        stage.session.start(stage.job(sink))
        stage.until_state(LIVE)
        stage.session.send(ShowOriginal(True))
        stage.session.stop()
        assert stage.session.wait(5.0)
    sink.levels.clear()
    stage.session.start(stage.job(sink))
    stage.until_state(LIVE)
    stage.session.stop()
    assert stage.session.wait(5.0)
    assert RAW not in sink.levels


def test_a_camera_that_is_pulled_out_blanks_the_sinks_and_comes_back() -> None:
    source = ScriptedSource(fault=lambda n: unplugged() if n == 30 else None)
    stage, sink = Stage(source), ListSink()
    stage.session.start(stage.job(sink))
    stage.until_state(TROUBLE)
    assert sink.story[-1] == "blank"
    stage.until_state(LIVE)
    assert source.opened == 2
    stage.session.stop()
    assert stage.session.wait(5.0)


def paused(frames: int) -> tuple[ScriptedSource, threading.Event]:
    """A camera that gives a number of frames, and no more until the event."""
    go = threading.Event()

    def fault(number: int) -> None:
        if number == frames:
            go.wait(10.0)

    return ScriptedSource(fault=fault), go


def test_a_result_that_comes_between_two_frames_does_not_wait_for_the_second() -> None:
    source, go = paused(3)
    stage, sink = Stage(source, [LateTranslator()]), ListSink()
    stage.session.start(stage.job(sink))
    stage.until(lambda: sink.numbers[-1:] == [2])
    go.set()
    stage.session.stop()
    assert stage.session.wait(5.0)
    assert set(sink.levels) == {STYLED}


def test_a_live_frame_is_not_taken_before_it_can_be_worked_on() -> None:
    late = LateTranslator()
    stage = Stage(translators=[late])
    stage.session.start(stage.job())
    stage.until(lambda: len(late.begun) > 2)
    late.gate.clear()
    begun = late.begun[-1]
    time.sleep(0.1)  # some twenty frames
    assert late.begun[-1] <= begun + 1
    late.gate.set()
    stage.until(lambda: late.begun[-1] > begun + 10)
    stage.session.stop()
    assert stage.session.wait(5.0)


def test_what_is_under_way_as_the_camera_goes_does_not_follow_the_placeholder() -> None:
    source = ScriptedSource(fault=lambda n: unplugged() if n == 30 else None)
    late = LateTranslator()
    stage, sink = Stage(source, [late]), ListSink()
    stage.session.start(stage.job(sink))
    stage.until_state(LIVE)
    stage.until(lambda: len(sink.numbers) > 5)
    late.gate.clear()
    stage.until_state(TROUBLE)
    count = len(sink.numbers)
    late.gate.set()
    time.sleep(0.1)
    assert late.resets
    assert sink.story[-1] == "blank"
    assert not [number for number in sink.numbers[count:] if number < 30]
    stage.session.stop()
    assert stage.session.wait(5.0)


def test_an_impatient_job_ends_where_the_camera_never_was_there() -> None:
    source = ScriptedSource(fault=lambda _: unplugged())
    source.open = _refuse  # type: ignore[method-assign]
    stage, sink = Stage(source), ListSink()
    stage.session.start(replace(stage.job(sink), patient=False))
    assert stage.session.wait(5.0)
    assert any(isinstance(e, Failed) and not e.recovering for e in stage.events)


def _refuse() -> None:
    raise unplugged()


def test_a_model_that_fails_live_is_built_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.session.translator_slot.REBUILD_SECONDS", 0.05)
    broken = ScriptedTranslator(fault=lambda n: RuntimeError("boom") if n > 20 else None)
    stage, sink = Stage(translators=[broken, ScriptedTranslator()]), ListSink()
    stage.session.start(stage.job(sink))
    stage.until_state(TROUBLE)
    assert "blank" in sink.story
    stage.until_state(LIVE)
    assert len(stage.built) == 2
    stage.session.stop()
    assert stage.session.wait(5.0)


@pytest.mark.parametrize("error", [ModelError("Broken.", "Mend it."), RuntimeError("boom")])
def test_a_model_that_fails_on_a_file_keeps_what_was_made(error: Exception) -> None:
    broken = ScriptedTranslator(fault=lambda n: error if n == 12 else None)
    stage, sink = Stage(ScriptedSource(30, live=False), [broken]), ListSink()
    stage.run(sink)
    assert sink.story == ["open 64x64 100", "close"]
    failures = [event for event in stage.events if isinstance(event, Failed)]
    assert len(failures) == 1
    assert not failures[0].recovering
    assert stage.events[-1] == StateChanged(OFF)


def test_of_a_file_that_breaks_off_what_was_made_is_kept() -> None:
    source = ScriptedSource(30, live=False, fault=lambda n: unplugged() if n == 20 else None)
    stage, sink = Stage(source), ListSink()
    stage.run(sink)
    assert sink.story[-1] == "close"


def test_a_sink_that_fails_live_is_let_go_and_the_others_go_on() -> None:
    full = SinkError("The disk is full.", "Free some space.")
    stage = Stage()
    bad, good = ListSink(lambda n: full if n == 3 else None), ListSink()
    stage.session.start(stage.job(bad, good))
    stage.until(lambda: len(good.numbers) > 10)
    assert bad.story[-1] == "abort"
    assert Failed(full, recovering=True) in stage.events
    stage.session.stop()
    assert stage.session.wait(5.0)


def test_a_recorder_can_come_and_go_while_live() -> None:
    stage, recorder = Stage(), ListSink()
    stage.session.start(stage.job())
    stage.until_state(LIVE)
    stage.session.send(AddSink(recorder))
    stage.until(lambda: len(recorder.numbers) > 5)
    stage.session.send(RemoveSink(recorder))
    stage.until(lambda: recorder.story[-1] == "close")
    stage.session.stop()
    assert stage.session.wait(5.0)


def test_a_resting_session_translates_nothing_and_wakes_up() -> None:
    stage, sink = Stage(), ListSink()
    stage.session.start(stage.job(sink))
    stage.until_state(LIVE)
    stage.session.send(Pause(True))
    stage.until_state(SessionState.PAUSED)
    count = len(sink.numbers)
    stage.session.send(Pause(False))
    stage.until_state(LIVE)
    assert sink.numbers[count] - sink.numbers[count - 1] > 1
    stage.session.stop()
    assert stage.session.wait(5.0)


def test_the_newest_pictures_can_be_polled_for_a_preview() -> None:
    stage = Stage(ScriptedSource(20, live=False))
    stage.run()
    output, fed = stage.session.newest_output(), stage.session.newest_input()
    assert output is not None
    assert fed is not None
    assert (output.number, fed.number) == (19, 19)
    assert stage.session.newest_output() is None


def test_a_running_session_is_not_started_twice() -> None:
    stage = Stage()
    stage.session.start(stage.job())
    with pytest.raises(RuntimeError, match="cannot start"):
        stage.session.start(stage.job())
    stage.session.stop()
    assert stage.session.wait(5.0)


def test_a_model_that_cannot_be_loaded_is_said_and_the_session_is_off() -> None:
    class Missing(Stage):
        def _build(self, *_: object) -> ScriptedTranslator:
            raise ModelError("It is not here.", "Fetch it.")

    stage = Missing()
    stage.run(realtime=True)
    assert stage.session.state is OFF
    assert any(isinstance(e, Failed) and not e.recovering for e in stage.events)


def test_a_picture_is_made_beside_the_stream_in_the_streams_size() -> None:
    stage, sink, made = Stage(), ListSink(), list[Pixels | None]()
    stage.session.start(stage.job(sink))
    stage.until_state(LIVE)
    wide = np.full((90, 160, 3), RAW, np.uint8)
    stage.session.send(RenderStill(wide, LiveSettings(style="oil"), made.append))
    stage.until(lambda: bool(made))
    assert made[0] is not None
    assert made[0].shape == (64, 64, 3)
    sent = len(sink.numbers)
    stage.until(lambda: len(sink.numbers) > sent)
    stage.session.stop()
    assert stage.session.wait(5.0)
    assert set(sink.levels) == {STYLED}


def test_a_picture_that_cannot_be_made_leaves_the_stream_alone() -> None:
    stage, sink, made = Stage(), ListSink(), list[Pixels | None]()
    stage.session.start(stage.job(sink))
    stage.until_state(LIVE)
    stage.session.send(RenderStill(flat(RAW), LiveSettings(style="unknown"), made.append))
    stage.until(lambda: made == [None])
    assert stage.session.state is LIVE
    stage.session.stop()
    assert stage.session.wait(5.0)


def short_of_memory(number: int) -> Exception | None:
    return MemoryShortError("Full.", "Less.") if number >= 12 else None


def test_out_of_memory_the_stream_goes_on_with_one_setting_less_and_says_so() -> None:
    failing = ScriptedTranslator(fault=short_of_memory)
    stage, sink = Stage(translators=[failing, ScriptedTranslator()]), ListSink()
    stage.session.start(stage.job(sink))
    stage.until_state(LIVE)
    stage.until_state(TROUBLE)
    stage.until_state(LIVE)
    stage.session.stop()
    assert stage.session.wait(10.0)
    assert [build.cache for build in stage.built] == [CachePrecision.SAME, CachePrecision.INT8]
    assert "blank" in sink.story
    assert set(sink.levels) == {STYLED}


def test_out_of_memory_again_and_again_the_steps_go_and_stay_gone() -> None:
    failing = [ScriptedTranslator(fault=short_of_memory) for _ in range(2)]
    stage = Stage(translators=[failing[0], failing[1], last := ScriptedTranslator()])
    job = stage.job()
    stage.session.start(replace(job, live=replace(job.live, steps=2)))
    told: list[str] = []
    stage.until(lambda: len(stage.built) == 3)
    told += [e.error.message for e in stage.events if isinstance(e, Failed)]
    stage.until_state(LIVE)
    stage.session.send(ApplySettings(LiveSettings(style="ink", steps=4)))
    stage.until(lambda: bool(last.applied))
    stage.session.stop()
    assert stage.session.wait(10.0)
    assert [live.steps for live in stage.lives] == [2, 2, 1]
    assert last.applied[-1] == LiveSettings(style="ink", steps=1)
    assert any("8 bits" in words for words in told)
    assert any("steps: 1" in words for words in told)


def test_out_of_memory_a_file_ends_rather_than_go_on_in_another_setting() -> None:
    stage, sink = Stage(ScriptedSource(30, live=False)), ListSink()
    stage.translators = [ScriptedTranslator(fault=short_of_memory)]
    stage.run(sink)
    assert isinstance(stage.events[-2], Failed)
    assert sink.story[-1] == "close"


def test_progress_of_loading_is_passed_on_while_starting() -> None:
    loading = Progress(ProgressKind.LOADING_MODEL, 3, 10)

    class Loading(Stage):
        def _build(
            self, build: BuildSettings, live: LiveSettings, progress: ProgressListener
        ) -> ScriptedTranslator:
            progress(loading)
            return super()._build(build, live, progress)

    stage = Loading(ScriptedSource(10, live=False))
    stage.run()
    chosen = SizesChosen(SIZE, SIZE, automatic=False)
    assert stage.events[:3] == [StateChanged(SessionState.STARTING), chosen, loading]


def test_a_model_that_cannot_be_closed_does_not_keep_the_session_on() -> None:
    class Stuck(ScriptedTranslator):
        def close(self) -> None:
            raise RuntimeError("still in use")

    stage = Stage(ScriptedSource(10, live=False), [Stuck()])
    stage.run()
    assert stage.session.state is OFF
    assert stage.events[-1] == StateChanged(OFF)
