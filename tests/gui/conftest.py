from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QDir, QLocale, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.events import Event
from engine.frames import Size
from engine.model_store.catalog import Catalog, ModelEntry
from engine.model_store.styles import StyleEntry
from engine.virtual_camera.devices.driver_set_up import DriverPlan
from gui.engine_link.camera_driver import CameraDriver, DriverActions
from gui.engine_link.camera_list import CameraList
from gui.engine_link.session_bridge import SessionBridge
from gui.engine_link.virtual_camera import VirtualCameraModel
from gui.features.control.controller import RemoteControl
from gui.features.cue_player import CuePlayer
from gui.features.recording import RecordingController
from gui.paths import ICONS
from gui.shell.main_window import MainWindow
from gui.state.app_model import AppModel
from gui.state.cues import CueStore
from gui.state.preferences import Preferences, PreferenceStore
from gui.theme.theme import apply_theme
from tests.gui.fakes import FakePublisher, FakeSession


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What Qt complains about fails a test of the window."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.fixture(autouse=True)
def own_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of the user's is read or written."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_VIDEOS_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name))


@pytest.fixture(scope="module", autouse=True)
def garbage_is_collected_on_the_gui_thread() -> Iterator[None]:
    """Windows in cycles must not be deleted by whatever thread happens to collect them."""
    gc.disable()
    yield
    gc.enable()
    gc.collect()


@pytest.fixture(scope="session", autouse=True)
def themed(qapp: QApplication) -> None:
    QDir.addSearchPath("icons", str(ICONS))
    QLocale.setDefault(QLocale("en"))
    apply_theme(qapp, Qt.ColorScheme.Dark)


@pytest.fixture
def catalog() -> Catalog:
    model = ModelEntry("built-in", "Built-in", "", False, "sample", Size(512, 512), 1, 1.0)
    words = ModelEntry("words", "Words", "", True, "epsilon", Size(512, 512), 2, 0.4)
    styles = [
        StyleEntry(name, name.title(), "built-in") for name in ("comic", "oil", "ink", "pencil")
    ]
    free = StyleEntry("free", "Your words", "words", prompt="best quality, {}")
    return Catalog((model, words), (*styles, free))


@pytest.fixture
def store(tmp_path: Path) -> PreferenceStore:
    store = PreferenceStore(tmp_path / "preferences.json")
    accepted = Preferences(responsible_use_accepted=True, first_run_done=True)
    store.save(replace(accepted, folder=str(tmp_path / "takes")))
    return store


@pytest.fixture
def publisher() -> FakePublisher:
    return FakePublisher()


@pytest.fixture
def sessions() -> list[FakeSession]:
    """Every session that was made, the window's first."""
    return []


@pytest.fixture
def app_model(
    qapp: QApplication,
    catalog: Catalog,
    store: PreferenceStore,
    publisher: FakePublisher,
    sessions: list[FakeSession],
) -> Iterator[AppModel]:
    def make(listener: Callable[[Event], None]) -> FakeSession:
        sessions.append(FakeSession(listener))
        return sessions[-1]

    app_model = AppModel(SessionBridge(make), VirtualCameraModel(publisher), store, catalog)
    yield app_model
    app_model.close(1)


@pytest.fixture
def session(app_model: AppModel, sessions: list[FakeSession]) -> FakeSession:
    return sessions[0]


@pytest.fixture
def recordings(app_model: AppModel) -> Iterator[RecordingController]:
    recordings = RecordingController(app_model)
    yield recordings
    assert recordings.wait(3)


@pytest.fixture
def cues(app_model: AppModel, tmp_path: Path) -> CuePlayer:
    return CuePlayer(app_model, CueStore(tmp_path))


@pytest.fixture
def control(
    app_model: AppModel,
    recordings: RecordingController,
    cues: CuePlayer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[RemoteControl]:
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    control = RemoteControl(app_model, recordings, cues, tmp_path)
    control.start()
    yield control
    assert control.close(30)


@pytest.fixture
def cameras(qapp: QApplication) -> Iterator[CameraList]:
    cameras = CameraList(list)
    yield cameras
    assert cameras.stop(3)


@pytest.fixture
def driver(qapp: QApplication) -> Iterator[CameraDriver]:
    """There is nothing to set up."""
    driver = CameraDriver(DriverActions(DriverPlan, lambda _: None))
    yield driver
    assert driver.wait(3)


@pytest.fixture
def window(
    qtbot: QtBot, app_model: AppModel, recordings: RecordingController, cameras: CameraList
) -> MainWindow:
    window = MainWindow(app_model, recordings, cameras)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    qtbot.waitExposed(window)
    return window


@pytest.fixture
def clipboard(monkeypatch: pytest.MonkeyPatch) -> Callable[[], str]:
    """What was copied last; the user's own clipboard is left alone."""
    copied = [""]

    class Clipboard:
        def setText(self, text: str) -> None:  # noqa: N802 - Qt's name
            copied[0] = text

    monkeypatch.setattr(QGuiApplication, "clipboard", staticmethod(Clipboard))
    return lambda: copied[0]
