from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from engine.events import SessionState
from engine.frames import Pixels, Size, StyledFrame
from gui.engine_link.session_bridge import SessionFactory
from gui.features.style_previews import StylePreviews
from gui.features.style_previews_store import StylePreviewStore
from gui.state.app_model import AppModel
from tests.gui.fakes import FakeSession, picture

FACE = picture(Size(64, 64), (200, 150, 120))


class Renderer:
    """Makes sessions that render immediately, on request."""

    def __init__(self) -> None:
        self.sessions: list[FakeSession] = []

    def __call__(self, _pixels: Pixels, _frames: int) -> SessionFactory:
        def make(listener: object) -> FakeSession:
            self.sessions.append(FakeSession(listener))  # type: ignore[arg-type]
            return self.sessions[-1]

        return make

    def finish(self) -> str:
        """The style under way is done."""
        session = self.sessions[-1]
        job = session.jobs[-1]
        job.sinks[0].send(StyledFrame(FACE, 8, 0.0))
        session.enter(SessionState.OFF)
        return job.live.style


@pytest.fixture
def renderer() -> Renderer:
    return Renderer()


@pytest.fixture
def kept(tmp_path: Path) -> StylePreviewStore:
    return StylePreviewStore(tmp_path / "portraits")


@pytest.fixture
def previews(
    app_model: AppModel, renderer: Renderer, kept: StylePreviewStore
) -> Iterator[StylePreviews]:
    previews = StylePreviews(app_model, renderer, kept)
    yield previews
    assert previews.close(3)


def test_styles_are_rendered_one_after_the_other(
    qtbot: QtBot, previews: StylePreviews, renderer: Renderer
) -> None:
    previews.begin(FACE)
    made = [render(qtbot, previews, renderer) for _ in range(4)]
    assert made == ["comic", "oil", "ink", "pencil"]


def render(qtbot: QtBot, previews: StylePreviews, renderer: Renderer) -> str:
    """The next one, up to the wall."""
    before = len(previews.pictures)
    style = renderer.finish()
    qtbot.waitUntil(lambda: len(previews.pictures) > before)
    return style


def _has(made: Sequence[object], count: int) -> bool:
    return len(made) == count


def answer(session: FakeSession, pixels: Pixels | None) -> None:
    """What the engine's thread says of the newest still."""
    session.stills[-1].done(pixels)


def go_live(qtbot: QtBot, app_model: AppModel, session: FakeSession) -> None:
    session.enter(SessionState.LIVE)
    qtbot.waitUntil(lambda: app_model.state.live)


def test_a_running_stream_makes_them_itself_one_after_the_other(
    qtbot: QtBot, app_model: AppModel, session: FakeSession, previews: StylePreviews
) -> None:
    go_live(qtbot, app_model, session)
    previews.begin(FACE)
    for count in range(1, 5):
        qtbot.waitUntil(partial(_has, session.stills, count))
        answer(session, FACE)
    qtbot.waitUntil(lambda: len(previews.pictures) == 4)
    assert [still.live.style for still in session.stills] == ["comic", "oil", "ink", "pencil"]


def test_a_model_that_cannot_do_it_beside_the_stream_does_it_afterwards(
    qtbot: QtBot,
    app_model: AppModel,
    session: FakeSession,
    previews: StylePreviews,
    renderer: Renderer,
) -> None:
    go_live(qtbot, app_model, session)
    previews.begin(FACE)
    with qtbot.waitSignal(previews.waiting):
        answer(session, None)
    assert renderer.sessions == []
    session.stop()
    qtbot.waitUntil(lambda: len(renderer.sessions) == 1)
    assert renderer.sessions[0].jobs[0].live.style == "comic"


def test_a_stream_that_ends_meanwhile_leaves_the_rest_to_a_session_of_its_own(
    qtbot: QtBot,
    app_model: AppModel,
    session: FakeSession,
    previews: StylePreviews,
    renderer: Renderer,
) -> None:
    go_live(qtbot, app_model, session)
    previews.begin(FACE)
    answer(session, FACE)
    qtbot.waitUntil(lambda: len(session.stills) == 2)
    session.stop()
    qtbot.waitUntil(lambda: len(renderer.sessions) == 1)
    answer(session, FACE)  # too late
    assert renderer.sessions[0].jobs[0].live.style == "oil"
    assert list(previews.pictures) == ["comic"]


def test_a_style_that_was_interrupted_is_begun_again(
    qtbot: QtBot,
    app_model: AppModel,
    session: FakeSession,
    previews: StylePreviews,
    renderer: Renderer,
) -> None:
    previews.begin(FACE)
    app_model.go_live()
    qtbot.waitUntil(lambda: app_model.state.running)
    qtbot.wait(20)
    session.stop()
    qtbot.waitUntil(lambda: len(renderer.sessions) == 2)
    assert [session.jobs[0].live.style for session in renderer.sessions] == ["comic", "comic"]


def test_without_a_picture_at_hand_the_camera_gives_one(
    qtbot: QtBot, app_model: AppModel, previews: StylePreviews, renderer: Renderer
) -> None:
    previews.begin(None)
    assert previews.wanted
    qtbot.waitUntil(lambda: bool(renderer.sessions))


def test_styles_of_a_model_that_was_left_are_not_made_any_more(
    qtbot: QtBot, app_model: AppModel, session: FakeSession, previews: StylePreviews
) -> None:
    go_live(qtbot, app_model, session)
    previews.begin(FACE)
    app_model.set_build(replace(app_model.preferences.build, model="words"))
    qtbot.waitUntil(lambda: session.state is SessionState.STARTING)
    go_live(qtbot, app_model, session)
    assert [still.live.style for still in session.stills] == ["comic"]


def test_pictures_are_there_again_after_a_restart(
    qtbot: QtBot,
    app_model: AppModel,
    previews: StylePreviews,
    renderer: Renderer,
    kept: StylePreviewStore,
) -> None:
    previews.begin(FACE)
    render(qtbot, previews, renderer)
    previews.close(3)
    anew = StylePreviews(app_model, renderer, kept)
    anew.load()
    qtbot.waitUntil(lambda: list(anew.pictures) == ["comic"])
    assert anew.wanted
    assert anew.close(3)


def test_taken_back_they_are_gone_for_good(
    qtbot: QtBot,
    app_model: AppModel,
    previews: StylePreviews,
    renderer: Renderer,
    kept: StylePreviewStore,
) -> None:
    previews.begin(FACE)
    render(qtbot, previews, renderer)
    with qtbot.waitSignal(previews.changed):
        previews.forget()
    assert not previews.wanted
    assert previews.close(3)
    assert kept.load("built-in", ["comic", "oil"]) == {}


def test_nothing_more_is_made_once_they_are_taken_back(
    qtbot: QtBot, previews: StylePreviews, renderer: Renderer
) -> None:
    previews.begin(FACE)
    previews.forget()
    renderer.finish()
    qtbot.wait(20)
    assert (len(renderer.sessions), previews.pictures) == (1, {})


def test_each_model_has_pictures_of_its_own(
    qtbot: QtBot, app_model: AppModel, previews: StylePreviews, renderer: Renderer
) -> None:
    previews.begin(FACE)
    render(qtbot, previews, renderer)
    app_model.set_build(replace(app_model.preferences.build, model="words"))
    assert not previews.wanted
    app_model.set_build(replace(app_model.preferences.build, model="built-in"))
    qtbot.waitUntil(lambda: list(previews.pictures) == ["comic"])


def test_a_camera_that_gives_no_picture_is_said_and_the_wish_is_over(
    qtbot: QtBot, app_model: AppModel, previews: StylePreviews
) -> None:
    app_model.set_input(replace(app_model.preferences.input, source="/nowhere.mp4"))
    with qtbot.waitSignal(app_model.troubled):
        previews.begin(None)
    assert not previews.wanted


def test_a_disk_that_takes_no_picture_does_not_take_it_off_the_wall(
    qtbot: QtBot, app_model: AppModel, renderer: Renderer, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    previews = StylePreviews(app_model, renderer, StylePreviewStore(tmp_path / "file"))
    previews.begin(FACE)
    render(qtbot, previews, renderer)
    assert previews.close(3)
    assert list(previews.pictures) == ["comic"]
