from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtGui import QPixmap
from pytestqt.qtbot import QtBot

from engine.events import SessionState
from engine.frames import Pixels, Size, StyledFrame
from gui.bridge import SessionFactory
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
def portraits(studio: Studio, renderer: Renderer) -> Portraits:
    return Portraits(studio, renderer)


def test_styles_are_rendered_one_after_the_other(
    qtbot: QtBot, portraits: Portraits, renderer: Renderer
) -> None:
    made: list[str] = []

    def keep(style: str, _picture: QPixmap) -> None:
        made.append(style)

    portraits.made.connect(keep)
    portraits.begin(FACE)
    for count in range(1, 5):
        renderer.finish()
        qtbot.waitUntil(partial(_has, made, count))
    assert made == ["comic", "oil", "ink", "pencil"]


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
    qtbot.waitUntil(lambda: bool(renderer.sessions))
    assert portraits.close(3)


def test_styles_of_a_model_that_was_left_are_not_made_any_more(
    qtbot: QtBot, studio: Studio, session: FakeSession, portraits: Portraits
) -> None:
    go_live(qtbot, studio, session)
    portraits.begin(FACE)
    studio.set_build(replace(studio.preferences.build, model="words"))
    qtbot.waitUntil(lambda: session.state is SessionState.STARTING)
    go_live(qtbot, studio, session)
    assert [still.live.style for still in session.stills] == ["comic"]
