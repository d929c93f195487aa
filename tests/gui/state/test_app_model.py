from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from engine.errors import SourceError
from engine.events import Failed, SessionState
from engine.frames import Size
from engine.model_store.catalog import Catalog
from engine.settings import Blend, BuildSettings, Interpolation, LiveSettings
from engine.video.watermark import AiWatermark, Corner
from engine.virtual_camera.protocol import PublisherState, PublisherStatus
from gui.state.app_model import AppModel
from gui.state.preferences import Preferences, PreferenceStore
from tests.gui.fakes import FakePublisher, FakeSession, picture


@pytest.fixture
def live(qtbot: QtBot, app_model: AppModel, session: FakeSession) -> AppModel:
    app_model.go_live()
    session.go_live()
    qtbot.waitUntil(lambda: app_model.state.live)
    return app_model


def test_going_live_starts_a_job_with_everything_that_is_set(
    app_model: AppModel, session: FakeSession
) -> None:
    app_model.update(lambda p: replace(p, mark=AiWatermark(Corner.TOP_LEFT)))
    app_model.set_live(LiveSettings("oil", strength=0.5))
    app_model.go_live()
    job = session.jobs[0]
    assert (job.live.style, job.live.strength, job.watermark.corner) == (
        "oil",
        0.5,
        Corner.TOP_LEFT,
    )
    assert len(job.sinks) == 1


def test_a_live_setting_reaches_the_running_session(live: AppModel, session: FakeSession) -> None:
    live.choose_style("ink")
    assert session.applied[-1].style == "ink"
    assert len(session.jobs) == 1


def test_framing_and_interpolation_reach_the_running_session_and_are_in_no_preset(
    live: AppModel, session: FakeSession
) -> None:
    live.set_auto_framing(True)
    live.set_interpolation(Interpolation.TO_30)
    applied = session.applied[-1]
    assert (applied.auto_framing, applied.interpolation) == (True, Interpolation.TO_30)
    assert len(session.jobs) == 1
    live.apply("built-in", LiveSettings("ink"))
    assert session.applied[-1].auto_framing
    assert session.applied[-1].interpolation is Interpolation.TO_30


def test_framing_and_interpolation_are_remembered(live: AppModel, tmp_path: Path) -> None:
    live.set_auto_framing(True)
    live.set_interpolation(Interpolation.TO_60)
    store = PreferenceStore(tmp_path / "again.json")
    store.save(live.preferences)
    loaded = store.load()
    assert (loaded.auto_framing, loaded.interpolation) == (True, Interpolation.TO_60)
    assert not loaded.live.auto_framing


def test_another_size_starts_the_stream_anew(
    qtbot: QtBot, live: AppModel, session: FakeSession
) -> None:
    live.set_build(replace(live.preferences.build, size=Size(256, 256)))
    qtbot.waitUntil(lambda: len(session.jobs) == 2)
    assert session.jobs[1].build.size == Size(256, 256)


def test_panic_needs_no_session(app_model: AppModel, publisher: FakePublisher) -> None:
    app_model.toggle_panic()
    app_model.toggle_panic()
    assert publisher.panics == [True, False]


def test_the_original_is_a_choice_for_one_session(
    qtbot: QtBot, live: AppModel, session: FakeSession, store: PreferenceStore
) -> None:
    live.save()
    before = store.load()
    live.show_original(True)
    assert session.originals == [True]
    live.stop()
    qtbot.waitUntil(lambda: not live.state.running)
    assert not live.state.original
    live.save()
    assert store.load() == before


def test_the_original_is_not_shown_while_off(app_model: AppModel, session: FakeSession) -> None:
    app_model.show_original(True)
    assert session.originals == []
    assert not app_model.state.original


def test_unseen_and_unwatched_the_model_rests(
    qtbot: QtBot, live: AppModel, session: FakeSession
) -> None:
    live.camera.refresh()
    live.set_visible(False)
    assert session.rests == [True]
    qtbot.waitUntil(lambda: live.state.session is SessionState.PAUSED)
    live.set_visible(True)
    assert session.rests == [True, False]


@pytest.mark.parametrize("watched", [True, None])
def test_a_stream_that_may_be_watched_never_rests(
    live: AppModel, session: FakeSession, publisher: FakePublisher, watched: bool | None
) -> None:
    publisher.answer = PublisherStatus(PublisherState.SENDING, watched=watched)
    live.camera.refresh()
    live.set_visible(False)
    assert session.rests == []


def test_trouble_is_told_and_taken_back_when_it_is_over(
    qtbot: QtBot, live: AppModel, session: FakeSession
) -> None:
    told: list[object] = []
    live.troubled.connect(told.append)
    error = SourceError("Gone.", "Plug it in.")
    session.enter(SessionState.RECOVERING)
    session.listener(Failed(error, recovering=True))
    session.enter(SessionState.LIVE)
    qtbot.waitUntil(lambda: told == [error, None])


def test_an_unlocked_seed_is_drawn_anew_at_every_start(
    app_model: AppModel, session: FakeSession
) -> None:
    app_model.update(lambda p: replace(p, seed_locked=False))
    seeds = set()
    for _ in range(3):
        app_model.go_live()
        seeds.add(session.jobs[-1].live.seed)
        session.enter(SessionState.OFF)
    assert len(seeds) > 1


def test_favourites_stand_in_front(app_model: AppModel) -> None:
    app_model.set_favourite("ink", True)
    assert [style.name for style in app_model.styles] == ["ink", "comic", "oil", "pencil"]
    app_model.choose_nth_style(0)
    assert app_model.preferences.live.style == "ink"
    app_model.choose_nth_style(30)


def test_another_model_brings_its_own_style_and_steps(app_model: AppModel) -> None:
    app_model.set_live(LiveSettings("ink", Blend("oil", 0.5)))
    app_model.set_build(replace(app_model.preferences.build, model="words"))
    live = app_model.preferences.live
    assert (live.style, live.blend, live.steps, live.strength) == ("free", None, 2, 0.4)


def test_a_style_that_is_gone_is_replaced_at_the_start(
    store: PreferenceStore, catalog: Catalog, publisher: FakePublisher, app_model: AppModel
) -> None:
    store.save(replace(Preferences(), live=LiveSettings("vanished")))
    again = AppModel(app_model.bridge, app_model.camera, store, catalog)
    assert again.preferences.live.style == "comic"


def test_a_removed_style_of_the_last_run_is_replaced_and_that_is_said(
    qtbot: QtBot, store: PreferenceStore, catalog: Catalog, app_model: AppModel
) -> None:
    built_in, *others = catalog.models
    later = replace(catalog, models=(replace(built_in, retired={"poster": "ink"}), *others))
    saved = replace(Preferences(), live=LiveSettings("poster", strength=0.5))
    store.save(replace(saved, favourites=("oil", "poster", "ink")))
    again = AppModel(app_model.bridge, app_model.camera, store, later)
    with qtbot.waitSignal(again.troubled) as told:
        pass
    assert again.preferences.live == LiveSettings("ink", strength=0.5)
    assert again.preferences.favourites == ("oil", "ink")
    assert told.args is not None
    assert "poster has been removed; ink is used" in str(told.args[0])


def test_an_accelerator_that_is_gone_is_replaced_at_the_start(
    store: PreferenceStore, catalog: Catalog, app_model: AppModel
) -> None:
    store.save(replace(Preferences(), build=BuildSettings(accelerator="int8", device="cpu")))
    again = AppModel(app_model.bridge, app_model.camera, store, catalog)
    assert again.preferences.build == BuildSettings(device="cpu")


def test_preferences_are_saved_by_themselves(
    qtbot: QtBot, app_model: AppModel, store: PreferenceStore
) -> None:
    app_model.choose_style("oil")
    qtbot.waitUntil(lambda: store.load().live.style == "oil", timeout=2000)


def test_the_last_output_is_remembered_for_snapshots(live: AppModel, session: FakeSession) -> None:
    session.show(picture(Size(64, 64), (1, 2, 3)))
    assert live.take_output() is not None
    assert live.take_output() is None
    assert live.last_output is not None


def test_closing_ends_session_and_camera(live: AppModel, publisher: FakePublisher) -> None:
    assert live.close(1)
    assert publisher.closed
