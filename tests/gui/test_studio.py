from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from engine.errors import SourceError
from engine.events import Failed, SessionState
from engine.frames import Size
from engine.publisher.contract import PublisherState, PublisherStatus
from engine.settings import Blend, LiveSettings
from engine.store.catalog import Catalog
from engine.video.overlay import AiMark, Corner
from gui.preferences import Preferences, PreferenceStore
from gui.studio import Studio
from tests.gui.fakes import FakePublisher, FakeSession, picture


@pytest.fixture
def live(qtbot: QtBot, studio: Studio, session: FakeSession) -> Studio:
    studio.go_live()
    session.go_live()
    qtbot.waitUntil(lambda: studio.situation.live)
    return studio


def test_going_live_starts_a_job_with_everything_that_is_set(
    studio: Studio, session: FakeSession
) -> None:
    studio.change(mark=AiMark(Corner.TOP_LEFT))
    studio.set_live(LiveSettings("oil", strength=0.5))
    studio.go_live()
    job = session.jobs[0]
    assert (job.live.style, job.live.strength, job.mark.corner) == ("oil", 0.5, Corner.TOP_LEFT)
    assert len(job.sinks) == 1


def test_a_live_setting_reaches_the_running_session(live: Studio, session: FakeSession) -> None:
    live.choose_style("ink")
    assert session.applied[-1].style == "ink"
    assert len(session.jobs) == 1


def test_another_size_starts_the_stream_anew(
    qtbot: QtBot, live: Studio, session: FakeSession
) -> None:
    live.set_build(replace(live.preferences.build, size=Size(256, 256)))
    qtbot.waitUntil(lambda: len(session.jobs) == 2)
    assert session.jobs[1].build.size == Size(256, 256)


def test_panic_needs_no_session(studio: Studio, publisher: FakePublisher) -> None:
    studio.toggle_panic()
    studio.toggle_panic()
    assert publisher.panics == [True, False]


def test_the_original_is_a_choice_for_one_session(
    qtbot: QtBot, live: Studio, session: FakeSession, store: PreferenceStore
) -> None:
    before = store.load()
    live.show_original(True)
    assert session.originals == [True]
    live.stop()
    qtbot.waitUntil(lambda: not live.situation.running)
    assert not live.situation.original
    live.save()
    assert store.load() == before


def test_the_original_is_not_shown_while_off(studio: Studio, session: FakeSession) -> None:
    studio.show_original(True)
    assert session.originals == []
    assert not studio.situation.original


def test_unseen_and_unwatched_the_model_rests(
    qtbot: QtBot, live: Studio, session: FakeSession
) -> None:
    live.camera.refresh()
    live.set_looked_at(False)
    assert session.rests == [True]
    qtbot.waitUntil(lambda: live.situation.session is SessionState.RESTING)
    live.set_looked_at(True)
    assert session.rests == [True, False]


@pytest.mark.parametrize("watched", [True, None])
def test_a_stream_that_may_be_watched_never_rests(
    live: Studio, session: FakeSession, publisher: FakePublisher, watched: bool | None
) -> None:
    publisher.answer = PublisherStatus(PublisherState.SENDING, watched=watched)
    live.camera.refresh()
    live.set_looked_at(False)
    assert session.rests == []


def test_trouble_is_told_and_taken_back_when_it_is_over(
    qtbot: QtBot, live: Studio, session: FakeSession
) -> None:
    told: list[object] = []
    live.troubled.connect(told.append)
    error = SourceError("Gone.", "Plug it in.")
    session.enter(SessionState.TROUBLE)
    session.listener(Failed(error, recovering=True))
    session.enter(SessionState.LIVE)
    qtbot.waitUntil(lambda: told == [error, None])


def test_an_unlocked_seed_is_drawn_anew_at_every_start(
    studio: Studio, session: FakeSession
) -> None:
    studio.change(seed_locked=False)
    seeds = set()
    for _ in range(3):
        studio.go_live()
        seeds.add(session.jobs[-1].live.seed)
        session.enter(SessionState.OFF)
    assert len(seeds) > 1


def test_favourites_stand_in_front(studio: Studio) -> None:
    studio.set_favourite("ink", True)
    assert [style.name for style in studio.styles] == ["ink", "comic", "oil", "pencil"]
    studio.choose_nth_style(0)
    assert studio.preferences.live.style == "ink"
    studio.choose_nth_style(30)


def test_another_model_brings_its_own_style_and_steps(studio: Studio) -> None:
    studio.set_live(LiveSettings("ink", Blend("oil", 0.5)))
    studio.set_build(replace(studio.preferences.build, model="words"))
    live = studio.preferences.live
    assert (live.style, live.blend, live.steps, live.strength) == ("free", None, 2, 0.4)


def test_a_style_that_is_gone_is_replaced_at_the_start(
    store: PreferenceStore, catalog: Catalog, publisher: FakePublisher, studio: Studio
) -> None:
    store.save(replace(Preferences(), live=LiveSettings("vanished")))
    again = Studio(studio.bridge, studio.camera, store, catalog)
    assert again.preferences.live.style == "comic"


def test_preferences_are_saved_by_themselves(
    qtbot: QtBot, studio: Studio, store: PreferenceStore
) -> None:
    studio.choose_style("oil")
    qtbot.waitUntil(lambda: store.load().live.style == "oil", timeout=2000)


def test_the_last_output_is_remembered_for_snapshots(live: Studio, session: FakeSession) -> None:
    session.show(picture(Size(64, 64), (1, 2, 3)))
    assert live.take_output() is not None
    assert live.take_output() is None
    assert live.last_output is not None


def test_closing_ends_session_and_camera(live: Studio, publisher: FakePublisher) -> None:
    assert live.close(1)
    assert publisher.closed
