from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from engine.events import SessionState
from engine.frames import Pixels, Size, StyledFrame
from gui.bridge import SessionFactory
from gui.portrait_store import PortraitStore
from gui.portraits import Portraits
from gui.studio import Studio
from tests.gui.fakes import FakeSession, picture

FACE = picture(Size(64, 64), (200, 150, 120))


class Renderer:
    """Makes sessions that render at once, when told to."""

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
def kept(tmp_path: Path) -> PortraitStore:
    return PortraitStore(tmp_path / "portraits")


@pytest.fixture
def portraits(studio: Studio, renderer: Renderer, kept: PortraitStore) -> Iterator[Portraits]:
    portraits = Portraits(studio, renderer, kept)
    yield portraits
    assert portraits.close(3)


def test_styles_are_rendered_one_after_the_other(
    qtbot: QtBot, portraits: Portraits, renderer: Renderer
) -> None:
    portraits.begin(FACE)
    made = [render(qtbot, portraits, renderer) for _ in range(4)]
    assert made == ["comic", "oil", "ink", "pencil"]


def render(qtbot: QtBot, portraits: Portraits, renderer: Renderer) -> str:
    """The next one, up to the wall."""
    before = len(portraits.pictures)
    style = renderer.finish()
    qtbot.waitUntil(lambda: len(portraits.pictures) > before)
    return style


def _has(made: Sequence[object], count: int) -> bool:
    return len(made) == count


def answer(session: FakeSession, pixels: Pixels | None) -> None:
    """What the engine's thread says of the newest still."""
    session.stills[-1].done(pixels)


def go_live(qtbot: QtBot, studio: Studio, session: FakeSession) -> None:
    session.enter(SessionState.LIVE)
    qtbot.waitUntil(lambda: studio.situation.live)


def test_a_running_stream_makes_them_itself_one_after_the_other(
    qtbot: QtBot, studio: Studio, session: FakeSession, portraits: Portraits
) -> None:
    go_live(qtbot, studio, session)
    portraits.begin(FACE)
    for count in range(1, 5):
        qtbot.waitUntil(partial(_has, session.stills, count))
        answer(session, FACE)
    qtbot.waitUntil(lambda: len(portraits.pictures) == 4)
    assert [still.live.style for still in session.stills] == ["comic", "oil", "ink", "pencil"]


def test_a_model_that_cannot_do_it_beside_the_stream_does_it_afterwards(
    qtbot: QtBot,
    studio: Studio,
    session: FakeSession,
    portraits: Portraits,
    renderer: Renderer,
) -> None:
    go_live(qtbot, studio, session)
    portraits.begin(FACE)
    with qtbot.waitSignal(portraits.waiting):
        answer(session, None)
    assert renderer.sessions == []
    session.stop()
    qtbot.waitUntil(lambda: len(renderer.sessions) == 1)
    assert renderer.sessions[0].jobs[0].live.style == "comic"


def test_a_stream_that_ends_meanwhile_leaves_the_rest_to_a_session_of_its_own(
    qtbot: QtBot,
    studio: Studio,
    session: FakeSession,
    portraits: Portraits,
    renderer: Renderer,
) -> None:
    go_live(qtbot, studio, session)
    portraits.begin(FACE)
    answer(session, FACE)
    qtbot.waitUntil(lambda: len(session.stills) == 2)
    session.stop()
    qtbot.waitUntil(lambda: len(renderer.sessions) == 1)
    answer(session, FACE)  # too late
    assert renderer.sessions[0].jobs[0].live.style == "oil"
    assert list(portraits.pictures) == ["comic"]


def test_a_style_that_was_interrupted_is_begun_again(
    qtbot: QtBot, studio: Studio, session: FakeSession, portraits: Portraits, renderer: Renderer
) -> None:
    portraits.begin(FACE)
    studio.go_live()
    qtbot.waitUntil(lambda: studio.situation.running)
    qtbot.wait(20)
    session.stop()
    qtbot.waitUntil(lambda: len(renderer.sessions) == 2)
    assert [session.jobs[0].live.style for session in renderer.sessions] == ["comic", "comic"]


def test_without_a_picture_at_hand_the_camera_gives_one(
    qtbot: QtBot, studio: Studio, portraits: Portraits, renderer: Renderer
) -> None:
    portraits.begin(None)
    assert portraits.wanted
    qtbot.waitUntil(lambda: bool(renderer.sessions))


def test_styles_of_a_model_that_was_left_are_not_made_any_more(
    qtbot: QtBot, studio: Studio, session: FakeSession, portraits: Portraits
) -> None:
    go_live(qtbot, studio, session)
    portraits.begin(FACE)
    studio.set_build(replace(studio.preferences.build, model="words"))
    qtbot.waitUntil(lambda: session.state is SessionState.STARTING)
    go_live(qtbot, studio, session)
    assert [still.live.style for still in session.stills] == ["comic"]


def test_pictures_are_there_again_after_a_restart(
    qtbot: QtBot, studio: Studio, portraits: Portraits, renderer: Renderer, kept: PortraitStore
) -> None:
    portraits.begin(FACE)
    render(qtbot, portraits, renderer)
    portraits.close(3)
    anew = Portraits(studio, renderer, kept)
    anew.load()
    qtbot.waitUntil(lambda: list(anew.pictures) == ["comic"])
    assert anew.wanted
    assert anew.close(3)


def test_taken_back_they_are_gone_for_good(
    qtbot: QtBot, studio: Studio, portraits: Portraits, renderer: Renderer, kept: PortraitStore
) -> None:
    portraits.begin(FACE)
    render(qtbot, portraits, renderer)
    with qtbot.waitSignal(portraits.changed):
        portraits.forget()
    assert not portraits.wanted
    assert portraits.close(3)
    assert kept.load("built-in", ["comic", "oil"]) == {}


def test_nothing_more_is_made_once_they_are_taken_back(
    qtbot: QtBot, portraits: Portraits, renderer: Renderer
) -> None:
    portraits.begin(FACE)
    portraits.forget()
    renderer.finish()
    qtbot.wait(20)
    assert (len(renderer.sessions), portraits.pictures) == (1, {})


def test_each_model_has_pictures_of_its_own(
    qtbot: QtBot, studio: Studio, portraits: Portraits, renderer: Renderer
) -> None:
    portraits.begin(FACE)
    render(qtbot, portraits, renderer)
    studio.set_build(replace(studio.preferences.build, model="words"))
    assert not portraits.wanted
    studio.set_build(replace(studio.preferences.build, model="built-in"))
    qtbot.waitUntil(lambda: list(portraits.pictures) == ["comic"])


def test_a_camera_that_gives_no_picture_is_said_and_the_wish_is_over(
    qtbot: QtBot, studio: Studio, portraits: Portraits
) -> None:
    studio.set_input(replace(studio.preferences.input, source="/nowhere.mp4"))
    with qtbot.waitSignal(studio.troubled):
        portraits.begin(None)
    assert not portraits.wanted


def test_a_disk_that_takes_no_picture_does_not_take_it_off_the_wall(
    qtbot: QtBot, studio: Studio, renderer: Renderer, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    portraits = Portraits(studio, renderer, PortraitStore(tmp_path / "file"))
    portraits.begin(FACE)
    render(qtbot, portraits, renderer)
    assert portraits.close(3)
    assert list(portraits.pictures) == ["comic"]
