"""The window on the real session: threads, mailboxes and events as they are."""

import gc
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.events import Event
from engine.frames import Size
from engine.model_store.catalog import Catalog, load_catalog
from engine.session.session import Session
from engine.settings import BuildSettings, InputSettings
from gui.engine_link.camera_list import CameraList
from gui.engine_link.session_bridge import LiveSession, SessionBridge
from gui.engine_link.virtual_camera import VirtualCameraModel
from gui.features.recording import RecordingController
from gui.shell.main_window import MainWindow
from gui.state.app_model import AppModel
from gui.state.preferences import PreferenceStore
from tests.gui.fakes import FakePublisher
from tests.gui.stand_in import StandIn

CHANGE_FRAMES = 16
"""Number of frames within which a style changes: a warm-up of 8, a fade of 6."""
LEFT = Qt.MouseButton.LeftButton
SIZE = Size(128, 128)
FILM_FRAMES = 10
Listener = Callable[[Event], None]


def stand_in_session(listener: Listener) -> LiveSession:
    return Session(listener, build_translator=StandIn)


class Desk:
    """A window on a session of the kind asked for."""

    def __init__(self, qtbot: QtBot, store: PreferenceStore, catalog: Catalog) -> None:
        store.save(
            replace(
                store.load(),
                input=InputSettings("synthetic", Size(160, 120), 60.0),
                build=BuildSettings(size=SIZE),
            )
        )
        self._qtbot, self._store, self._catalog = qtbot, store, catalog
        self.cameras = CameraList(list)

    def open(self, make_session: Callable[[Listener], LiveSession]) -> None:
        self.app_model = AppModel(
            SessionBridge(make_session),
            VirtualCameraModel(FakePublisher()),
            self._store,
            self._catalog,
        )
        self.recordings = RecordingController(self.app_model)
        self.window = MainWindow(self.app_model, self.recordings, self.cameras)
        self._qtbot.addWidget(self.window)
        self.window.show()
        self._qtbot.waitExposed(self.window)

    def click_live(self, timeout: int = 20_000) -> None:
        QTest.mouseClick(self.window.on_air.button, LEFT)
        self._qtbot.waitUntil(lambda: self.app_model.state.live, timeout=timeout)

    def newest_number(self) -> int:
        """The number of the styled frame shown last; -1 before the first."""
        frame = self.app_model.last_output
        return -1 if frame is None else frame.number

    def click_stop(self) -> None:
        QTest.mouseClick(self.window.on_air.button, LEFT)
        self._qtbot.waitUntil(lambda: not self.app_model.state.running, timeout=10_000)

    def start_and_stop(self) -> None:
        self.app_model.go_live()
        self._qtbot.waitUntil(lambda: self.app_model.state.live, timeout=20_000)
        self.app_model.stop()
        self._qtbot.waitUntil(lambda: not self.app_model.state.running, timeout=10_000)


@pytest.fixture
def desk(qtbot: QtBot, store: PreferenceStore, catalog: Catalog) -> Iterator[Desk]:
    desk = Desk(qtbot, store, catalog)
    yield desk
    desk.app_model.close(20)
    assert desk.recordings.wait(10)


def test_a_click_shows_the_styled_stream_and_another_ends_it(qtbot: QtBot, desk: Desk) -> None:
    desk.open(stand_in_session)
    desk.click_live()
    qtbot.waitUntil(lambda: desk.app_model.last_output is not None)
    qtbot.waitUntil(lambda: desk.window.status.meter.figure.text() != "", timeout=10_000)
    desk.click_stop()


def test_another_size_restarts_the_stream_by_itself(qtbot: QtBot, desk: Desk) -> None:
    desk.open(stand_in_session)
    desk.click_live()
    sizes = desk.app_model.bridge.sizes_chosen
    with qtbot.waitSignal(
        sizes, timeout=20_000, check_params_cb=lambda found: found.engine == Size(64, 64)
    ):
        desk.app_model.set_engine_size(Size(64, 64))
    qtbot.waitUntil(lambda: desk.app_model.last_output is not None, timeout=20_000)
    desk.click_stop()


def test_a_recording_is_a_film_in_the_chosen_folder(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    desk.open(stand_in_session)
    desk.click_live()
    QTest.mouseClick(desk.window.status.buttons.record, LEFT)
    begun = desk.newest_number()
    qtbot.waitUntil(lambda: desk.newest_number() >= begun + FILM_FRAMES, timeout=10_000)
    with qtbot.waitSignal(desk.recordings.recording_saved, timeout=20_000):
        QTest.mouseClick(desk.window.status.buttons.record, LEFT)
    desk.click_stop()
    assert [path.suffix for path in (tmp_path / "takes").iterdir()] == [".mp4"]


def test_starting_and_stopping_leaves_nothing_behind(desk: Desk) -> None:
    desk.open(stand_in_session)
    process = psutil.Process(os.getpid())
    for _ in range(5):
        desk.start_and_stop()
    gc.collect()
    files, threads, memory = process.num_fds(), threading.active_count(), process.memory_info().rss
    for _ in range(15):
        desk.start_and_stop()
    gc.collect()
    assert process.num_fds() <= files
    assert threading.active_count() <= threads
    assert process.memory_info().rss - memory < 10e6


def test_the_built_in_model_styles_the_synthetic_stream(qtbot: QtBot, desk: Desk) -> None:
    catalog = load_catalog()
    if not (catalog.model("built-in").folder or Path()).joinpath("config.json").exists():
        pytest.skip("the built-in model's weights are not here")
    desk._catalog = catalog
    desk.open(Session)
    desk.click_live(timeout=90_000)
    QTest.mouseClick(desk.window.styles.wall.cards[1], LEFT)
    number = desk.app_model.last_output.number if desk.app_model.last_output else 0
    qtbot.waitUntil(
        lambda: (
            desk.app_model.last_output is not None
            and desk.app_model.last_output.number > number + CHANGE_FRAMES
        ),
        timeout=30_000,
    )
    desk.click_stop()
