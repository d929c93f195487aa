import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from engine.events import SizesChosen
from engine.frames import Size
from engine.settings import FitMode
from engine.video.sources.camera_list import CameraInfo
from engine.video.sources.x11 import WindowInfo
from gui.engine_link.camera_list import CameraList
from gui.panes.source import SourcePane
from gui.state.app_model import AppModel
from tests.gui.fakes import FakeSession


class Plugs:
    """Cameras that come and go."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self._names: list[str] = []
        self.list = CameraList(lambda: [CameraInfo(i, n, "") for i, n in enumerate(self._names)])

    def plug(self, *names: str) -> None:
        self._names = list(names)
        with self._qtbot.waitSignal(self.list.changed):
            self.list.refresh()
        assert self.list.stop(3)


@pytest.fixture
def plugs(qtbot: QtBot) -> Plugs:
    return Plugs(qtbot)


@pytest.fixture
def pane(qtbot: QtBot, app_model: AppModel, plugs: Plugs) -> SourcePane:
    pane = SourcePane(app_model, plugs.list)
    qtbot.addWidget(pane)
    pane.show()
    return pane


def choose(pane: SourcePane, words: str) -> None:
    index = pane.source.findText(words)
    assert index >= 0
    pane.source.setCurrentIndex(index)
    pane.source.activated.emit(index)


def test_a_camera_that_is_plugged_in_can_be_chosen(
    pane: SourcePane, plugs: Plugs, app_model: AppModel
) -> None:
    plugs.plug("Brio")
    choose(pane, "Brio")
    assert app_model.preferences.input.source == "camera:Brio"
    assert pane.camera_format.isVisible()


def test_a_camera_that_is_unplugged_stays_chosen_and_says_so(
    pane: SourcePane, plugs: Plugs, app_model: AppModel
) -> None:
    plugs.plug("Brio")
    choose(pane, "Brio")
    plugs.plug()
    assert pane.source.currentText() == "Brio (not connected)"
    plugs.plug("Brio")
    assert pane.source.currentText() == "Brio"
    assert app_model.preferences.input.source == "camera:Brio"


def test_a_file_is_chosen_and_played_again_at_its_end(
    pane: SourcePane, app_model: AppModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: ("/clips/a.mp4", ""))
    choose(pane, "File…")
    assert (app_model.preferences.input.source, app_model.preferences.input.loop) == (
        "/clips/a.mp4",
        True,
    )
    assert pane.source.currentText() == "a.mp4"


def test_giving_up_the_choice_of_a_file_changes_nothing(
    pane: SourcePane, app_model: AppModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: ("", ""))
    choose(pane, "File…")
    assert app_model.preferences.input.source == "demo"
    assert pane.source.currentText() == "Demo"


def test_a_window_is_chosen_from_the_desktop(
    qtbot: QtBot, pane: SourcePane, app_model: AppModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pane.windows, "_lister", lambda: [WindowInfo(7, "Notes/Plans")])
    with qtbot.waitSignal(pane.windows.aboutToShow):
        choose(pane, "Window…")
    assert app_model.preferences.input.source == "demo"
    pane.windows.actions()[0].trigger()
    pane.windows.close()
    assert app_model.preferences.input.source == "window:Notes/Plans"
    assert pane.source.currentText() == "Notes/Plans"


def test_the_format_asks_the_camera_for_size_and_rate(
    pane: SourcePane, plugs: Plugs, app_model: AppModel
) -> None:
    plugs.plug("Brio")
    choose(pane, "Brio")
    pane.camera_format.setCurrentIndex(2)
    pane.camera_format.activated.emit(2)
    wish = app_model.preferences.input
    assert (wish.size, wish.fps) == (Size(1280, 720), 30.0)


def test_mirror_fit_and_turn_are_set_by_the_menu(pane: SourcePane, app_model: AppModel) -> None:
    actions = {action.text(): action for action in pane.fit_button.menu().actions()}
    for words in ("Mirror", "Fit with borders", "Rotate by 90°"):
        actions[words].trigger()
    wish = app_model.preferences.input
    assert (wish.mirror, wish.fit, wish.rotate) == (True, FitMode.LETTERBOX, 90)


def test_an_unusual_size_is_shown_too(pane: SourcePane, app_model: AppModel) -> None:
    index = pane.model_size.findText("384 × 384")
    pane.model_size.setCurrentIndex(index)
    pane.model_size.activated.emit(index)
    assert app_model.preferences.build.size == Size(384, 384)
    assert not app_model.preferences.automatic_size


def test_the_size_is_found_by_the_program_and_shown(pane: SourcePane, app_model: AppModel) -> None:
    assert pane.model_size.currentText() == "Automatic"
    app_model.bridge.sizes_chosen.emit(SizesChosen(Size(1280, 720), Size(640, 360), automatic=True))
    assert pane.model_size.currentText() == "Automatic · 640 × 360"
    app_model.set_engine_size(Size(512, 512))
    assert pane.model_size.currentText() == "512 × 512"
    app_model.set_engine_size(None)
    assert pane.model_size.currentData() is None
    assert app_model.preferences.automatic_size


def test_a_stream_has_the_whole_picture_at_the_webcams_size(
    pane: SourcePane, app_model: AppModel, session: FakeSession
) -> None:
    app_model.go_live()
    job = session.jobs[-1]
    assert (job.output, job.automatic, job.largest) == (None, True, Size(1280, 720))


def test_auto_framing_is_switched_in_the_fit_menu_without_a_new_start(
    pane: SourcePane, app_model: AppModel, session: FakeSession
) -> None:
    app_model.go_live()
    session.go_live()
    pane.fit_button.auto_framing.trigger()
    assert app_model.preferences.auto_framing
    assert session.applied[-1].auto_framing
    assert len(session.jobs) == 1
    pane.fit_button.auto_framing.trigger()
    assert not session.applied[-1].auto_framing
