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


def _has(made: list[str], count: int) -> bool:
    return len(made) == count


def test_a_running_stream_goes_first(
    qtbot: QtBot, studio: Studio, session: FakeSession, portraits: Portraits, renderer: Renderer
) -> None:
    session.enter(SessionState.LIVE)
    qtbot.waitUntil(lambda: studio.situation.live)
    with qtbot.waitSignal(portraits.waiting):
        portraits.begin(FACE)
    assert renderer.sessions[-1].jobs == []
    session.stop()
    qtbot.waitUntil(lambda: len(renderer.sessions[-1].jobs) == 1)


def test_a_style_that_was_interrupted_is_begun_again(
    qtbot: QtBot, studio: Studio, session: FakeSession, portraits: Portraits, renderer: Renderer
) -> None:
    portraits.begin(FACE)
    studio.go_live()
    qtbot.waitUntil(lambda: studio.situation.running)
    qtbot.wait(20)
    session.stop()
    qtbot.waitUntil(lambda: len(renderer.sessions[-1].jobs) == 2)
    assert [job.live.style for job in renderer.sessions[-1].jobs] == ["comic", "comic"]


def test_without_a_picture_at_hand_the_camera_gives_one(
    qtbot: QtBot, studio: Studio, portraits: Portraits, renderer: Renderer
) -> None:
    portraits.begin(None)
    qtbot.waitUntil(lambda: bool(renderer.sessions))
    assert portraits.close(3)
