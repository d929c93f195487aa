from pytestqt.qtbot import QtBot

from engine.events import SessionState
from gui.shell.tray import Tray
from gui.state.app_model import AppModel
from tests.gui.fakes import FakePublisher, FakeSession


def make(app_model: AppModel) -> Tray:
    return Tray(app_model, lambda: None, lambda: None)


def test_it_starts_and_stops_as_the_window_does(
    qtbot: QtBot, app_model: AppModel, session: FakeSession
) -> None:
    tray = make(app_model)
    assert tray.toggle.text() == "Go live"
    tray.toggle.trigger()
    qtbot.waitUntil(lambda: tray.toggle.text() == "Stop")
    tray.toggle.trigger()
    qtbot.waitUntil(lambda: session.state is SessionState.OFF)
    tray.close()


def test_panic_and_release(app_model: AppModel, publisher: FakePublisher) -> None:
    tray = make(app_model)
    tray.panic.trigger()
    assert tray.panic.text() == "Release"
    tray.panic.trigger()
    assert publisher.panics == [True, False]
    tray.close()


def test_the_styles_are_those_of_the_wall(app_model: AppModel) -> None:
    tray = make(app_model)
    app_model.set_favourite("pencil", True)
    assert tray.style_names == ["pencil", "comic", "oil", "ink"]
    tray.close()
