from pytestqt.qtbot import QtBot

from engine.events import SessionState
from gui.studio import Studio
from gui.tray import Tray
from tests.gui.fakes import FakePublisher, FakeSession


def make(studio: Studio) -> Tray:
    return Tray(studio, lambda: None, lambda: None)


def test_it_starts_and_stops_as_the_window_does(
    qtbot: QtBot, studio: Studio, session: FakeSession
) -> None:
    tray = make(studio)
    assert tray.toggle.text() == "Go live"
    tray.toggle.trigger()
    qtbot.waitUntil(lambda: tray.toggle.text() == "Stop")
    tray.toggle.trigger()
    qtbot.waitUntil(lambda: session.state is SessionState.OFF)
    tray.close()


def test_panic_and_release(studio: Studio, publisher: FakePublisher) -> None:
    tray = make(studio)
    tray.panic.trigger()
    assert tray.panic.text() == "Release"
    tray.panic.trigger()
    assert publisher.panics == [True, False]
    tray.close()


def test_the_styles_are_those_of_the_wall(studio: Studio) -> None:
    tray = make(studio)
    studio.set_favourite("pencil", True)
    assert tray.style_names == ["pencil", "comic", "oil", "ink"]
    tray.close()
