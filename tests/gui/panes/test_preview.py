import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.events import Progress, ProgressKind, SessionState
from gui.panes.preview import PreviewPane
from gui.state.app_model import AppModel
from tests.gui.fakes import FakeSession


@pytest.fixture
def pane(qtbot: QtBot, app_model: AppModel) -> PreviewPane:
    pane = PreviewPane(app_model)
    qtbot.addWidget(pane)
    pane.show()
    return pane


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (ProgressKind.LOADING_MODEL, "Starting Loading the model"),
        (ProgressKind.COMPILING, "Starting Compiling the model"),
        (ProgressKind.MEASURING, "Starting Finding the fastest way to run the model"),
    ],
)
def test_the_ring_fills_while_the_model_is_made_ready(
    qtbot: QtBot,
    pane: PreviewPane,
    app_model: AppModel,
    session: FakeSession,
    kind: ProgressKind,
    text: str,
) -> None:
    app_model.go_live()
    session.listener(Progress(kind, 5, 10))
    qtbot.waitUntil(lambda: pane.notice.share == 0.5)
    assert pane.notice.accessibleName() == text


def test_without_a_known_end_there_is_no_ring(
    qtbot: QtBot, pane: PreviewPane, app_model: AppModel, session: FakeSession
) -> None:
    app_model.go_live()
    session.listener(Progress(ProgressKind.COMPILING, 0, 0))
    qtbot.waitUntil(lambda: "Compiling" in pane.notice.accessibleName())
    assert pane.notice.share is None


def test_the_ring_is_gone_once_the_stream_is_off(
    qtbot: QtBot, pane: PreviewPane, app_model: AppModel, session: FakeSession
) -> None:
    app_model.go_live()
    session.listener(Progress(ProgressKind.LOADING_MODEL, 5, 10))
    qtbot.waitUntil(lambda: pane.notice.share == 0.5)
    app_model.stop()
    qtbot.waitUntil(lambda: app_model.state.session is SessionState.OFF)
    assert pane.notice.share is None


def test_another_theme_and_a_panic_while_loading_keep_the_ring(
    qtbot: QtBot, pane: PreviewPane, app_model: AppModel, session: FakeSession
) -> None:
    app_model.go_live()
    session.listener(Progress(ProgressKind.LOADING_MODEL, 5, 10))
    qtbot.waitUntil(lambda: pane.notice.share == 0.5)
    QApplication.sendEvent(pane, QEvent(QEvent.Type.PaletteChange))
    app_model.panic(True)
    assert pane.notice.share == 0.5


def test_new_frames_are_looked_for_no_more_often_than_the_display_shows_them(
    pane: PreviewPane,
) -> None:
    assert pane._timer.isActive()
    assert pane._timer.interval() >= 1000 / pane.screen().refreshRate()
    pane.hide()
    assert not pane._timer.isActive()
