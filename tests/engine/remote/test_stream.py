"""Live streams and films through an engine elsewhere, in one session each."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.errors import ElsewhereError, SettingError
from engine.events import Failed, SessionState, Stats
from engine.frames import Frame, Size, size_of
from engine.imaging import resize
from engine.interfaces import Wait
from engine.remote import rtc
from engine.remote.pinned_http import Door
from engine.remote.stream.translator import RemoteTranslator
from engine.session.commands import ApplySettings, Pause, ShowOriginal
from engine.settings import Composition, LiveSettings, Styled
from tests.engine.remote.conftest import Stage, now, number_in, numbered
from tests.engine.remote.server import Conduct, Server


def test_each_result_is_bound_to_its_own_frame_and_they_come_in_order(stage: Stage) -> None:
    stage.until(lambda: len(stage.sink.frames) > 40)
    numbers = [frame.number for frame in stage.sink.frames]
    assert numbers == sorted(set(numbers))
    assert [number_in(f.pixels) for f in stage.sink.frames] == [n % 256 for n in numbers]
    assert stage.sink.raw == 0


def test_the_network_is_a_stage_of_the_delay(stage: Stage, conduct: Conduct) -> None:
    conduct.work_s = 0.05
    stage.until(lambda: len(stage.sink.frames) > 30)
    stats = next(event for event in reversed(stage.events) if isinstance(event, Stats))
    assert stats.engine_ms >= 50.0
    assert stats.network_ms > 0.0
    whole = stats.capture_ms + stats.network_ms + stats.engine_ms + stats.publish_ms
    assert whole >= 0.5 * stats.latency_p50_ms


def test_placeholders_of_the_engine_are_never_shown(stage: Stage, conduct: Conduct) -> None:
    stage.until(lambda: len(stage.sink.frames) > 5)
    conduct.unmarked = True
    stage.until(lambda: SessionState.RECOVERING in stage.states)
    assert stage.sink.on_show is None
    conduct.unmarked = False
    seen = len(stage.sink.frames)
    stage.until(lambda: len(stage.sink.frames) > seen + 5)
    assert stage.sink.raw == 0


def test_settings_travel_and_a_composition_is_refused(stage: Stage, conduct: Conduct) -> None:
    stage.until(lambda: bool(stage.sink.frames))
    assert conduct.told[0]["live"]["style"] == "anime"
    stage.session.send(ApplySettings(LiveSettings(style="ink", strength=0.5)))
    stage.until(lambda: any(told.get("live", {}).get("style") == "ink" for told in conduct.told))
    raw = replace(LiveSettings(), composition=Composition(styled=Styled.ROOM))
    stage.session.send(ApplySettings(raw))
    stage.until(lambda: any(isinstance(event, Failed) for event in stage.events))
    failed = next(event for event in stage.events if isinstance(event, Failed))
    assert isinstance(failed.error, SettingError)
    assert "composition" not in conduct.told[-1].get("live", {})
    assert stage.session.state is SessionState.LIVE


def test_what_the_engine_refuses_is_told_and_the_stream_goes_on(
    stage: Stage, server: Server
) -> None:
    stage.until(lambda: bool(stage.sink.frames))
    server.say({"event": "refused", "message": "No {style}.", "remedy": "Choose one."})
    stage.until(lambda: any(isinstance(event, Failed) for event in stage.events))
    failed = next(event for event in stage.events if isinstance(event, Failed))
    assert str(failed.error) == "No {style}. Choose one."
    seen = len(stage.sink.frames)
    stage.until(lambda: len(stage.sink.frames) > seen)
    assert stage.sink.blanks == 0


def test_the_bypass_shows_the_original_and_sends_nothing(stage: Stage, server: Server) -> None:
    stage.until(lambda: bool(stage.sink.frames))
    stage.session.send(ShowOriginal(on=True))
    stage.until(lambda: stage.sink.frames[-1].original)
    stage.session.send(ShowOriginal(on=False))
    stage.until(lambda: not stage.sink.frames[-1].original)
    stage.until(lambda: stage.sink.on_show is not None)
    assert server.begun == 1


def test_while_nobody_watches_black_pictures_keep_the_place(
    stage: Stage, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.remote.stream.peer.IDLE_EVERY_S", 0.2)
    stage.until(lambda: bool(stage.sink.frames))
    stage.session.send(Pause(on=True))
    stage.until(lambda: stage.session.state is SessionState.PAUSED)
    (stream,) = server.streams.values()
    before = stream._count
    stage.until(lambda: stream._count > before + 3)
    shown = len(stage.sink.frames)
    assert stage.sink.on_show is None
    stage.session.send(Pause(on=False))
    stage.until(lambda: len(stage.sink.frames) > shown + 3)
    assert stage.sink.raw == 0


def test_a_picture_larger_than_the_engine_takes_is_sent_smaller(
    door: Door, conduct: Conduct
) -> None:
    conduct.max_size = "160x90"
    translator = RemoteTranslator(door, LiveSettings(), lambda _: None, paced=True, patient=False)
    try:
        large = resize(numbered(5), Size(321, 241))  # and of odd sides
        for number in range(3):
            translator.submit(Frame(large, number, now()))
        results = translator.take_finished(Wait.END)
    finally:
        translator.close()
    assert [result.number for result in results] == [0, 1, 2]
    assert size_of(results[-1].pixels) == Size(321, 241)
    assert results[-1].pixels[:60].mean() < 100


@pytest.mark.parametrize("codecs", [(rtc.H264,), (rtc.VP8,)])
def test_a_film_comes_back_whole_and_in_order(
    server: Server,
    door: Door,
    conduct: Conduct,
    codecs: tuple[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    prefer = rtc.prefer
    monkeypatch.setattr(rtc, "prefer", lambda transceiver, *_: prefer(transceiver, *codecs))
    conduct.warm_up = 8
    stage = Stage(server.address, count=60, live=False)
    stage.start()
    assert stage.session.wait(90.0)
    numbers = [frame.number for frame in stage.sink.frames]
    assert numbers == list(range(60)), stage.events[-3:]
    assert [number_in(frame.pixels) for frame in stage.sink.frames] == numbers
    stats = stage.session.stats()
    assert stats is not None
    assert stats.dropped == 0


def test_the_frames_of_a_film_that_do_not_come_back_are_counted(
    server: Server, door: Door, conduct: Conduct
) -> None:
    conduct.losing = 20
    stage = Stage(server.address, count=60, live=False)
    stage.start()
    assert stage.session.wait(90.0)
    stats = stage.session.stats()
    assert stats is not None
    assert (len(stage.sink.frames), stats.dropped) == (57, 3)


def test_a_full_engine_ends_the_first_try_with_its_sentence(
    server: Server, door: Door, conduct: Conduct
) -> None:
    conduct.places = 0
    stage = Stage(server.address)
    stage.start()
    assert stage.session.wait(30.0)
    failed = next(event for event in stage.events if isinstance(event, Failed))
    assert isinstance(failed.error, ElsewhereError)
    assert "no place for another stream" in str(failed.error)
    assert not failed.recovering
