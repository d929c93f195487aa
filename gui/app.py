"""The application: everything put together, started and ended cleanly."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QDir, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from engine.concurrency.signals import END_SIGNALS
from engine.errors import EngineError
from engine.evaluation.reports import stored_fps
from engine.model_store.catalog import load_catalog
from engine.paths import APP_NAME, config_dir
from engine.virtual_camera.client import PublisherClient
from gui.dialogs.kinds import DialogKind
from gui.engine_link.background import Deadline
from gui.engine_link.camera_driver import CameraDriver
from gui.engine_link.camera_list import CameraList
from gui.engine_link.compute_devices import HardwareModel, HardwareQueries
from gui.engine_link.doctor import DoctorTask
from gui.engine_link.garbage import GarbageCollection
from gui.engine_link.session_bridge import (
    SessionBridge,
    SessionFactory,
    live_session,
    preload_engine,
    still_session,
)
from gui.engine_link.virtual_camera import Publisher, VirtualCameraModel
from gui.features.appearance import Appearance
from gui.features.control.controller import RemoteControl
from gui.features.cue_player import CuePlayer
from gui.features.elsewhere import Elsewhere
from gui.features.placeholder_sender import PlaceholderSender
from gui.features.recording import RecordingController
from gui.features.speed_check import SIZE, SpeedCheck
from gui.features.streaming.desk import StreamingDesk
from gui.features.style_previews import StillSessions, StylePreviews
from gui.features.style_previews_store import StylePreviewStore
from gui.log_setup import LastLines, start_logging, stop_logging
from gui.paths import ICONS
from gui.shell.dialog_manager import DialogDependencies, DialogManager
from gui.shell.main_window import MainWindow
from gui.shell.single_instance import SingleInstance, hand_over, instance_name
from gui.shell.user_interface import UserInterface
from gui.state.app_model import AppModel
from gui.state.cues import CueStore
from gui.state.preferences import Preferences, PreferenceStore

logger = logging.getLogger(__name__)

END_WITHIN_S = 1.5
"""How long everything together may take to end when the window closes."""
SIGNAL_CHECK_MS = 200
"""How soon Ctrl+C in the terminal is noticed while Qt waits for events."""
PREVIEWS_FOLDER = "portraits"
"""Where the style wall's own pictures are kept, under the name that older versions gave it."""


@dataclass(frozen=True, slots=True)
class AppDependencies:
    """What the application stands on; tests bring doubles. settings: the folder of its files."""

    settings: Path
    publisher: Publisher
    sessions: SessionFactory = live_session
    still_sessions: StillSessions = still_session
    preload: Callable[[], None] = preload_engine
    hardware: HardwareQueries = field(default_factory=HardwareQueries)


class Application(QObject):
    """Owns everything that runs in the program, and ends it together."""

    def __init__(self, qt: QApplication, dependencies: AppDependencies, log: LastLines) -> None:
        super().__init__()
        self._qt, self._dependencies = qt, dependencies
        settings = dependencies.settings
        self._closed = False
        self.camera = VirtualCameraModel(dependencies.publisher, self)
        self.app_model = AppModel(
            SessionBridge(dependencies.sessions, self),
            self.camera,
            PreferenceStore(settings / "preferences.json"),
            load_catalog(),
            self,
        )
        self._applied = self.app_model.preferences
        self._appearance = Appearance(qt, self.app_model, self)
        self._placeholder = PlaceholderSender(self.app_model, self)
        self.recordings = RecordingController(self.app_model, self)
        self.cues = CuePlayer(self.app_model, CueStore(settings), self)
        self.control = RemoteControl(self.app_model, self.recordings, self.cues, settings, self)
        self.cameras = CameraList(parent=self)
        self._hardware = HardwareModel(dependencies.hardware, self)
        self._doctor = DoctorTask(parent=self)
        self._driver = CameraDriver(parent=self)
        self._speed_check = SpeedCheck(dependencies.sessions, self, kept=lambda: stored_fps(SIZE))
        self.previews = StylePreviews(
            self.app_model,
            dependencies.still_sessions,
            StylePreviewStore(settings / PREVIEWS_FOLDER),
            self,
        )
        self._desk = StreamingDesk(self.app_model, parent=self)
        self.elsewhere = Elsewhere(self.app_model, parent=self)
        self.dialogs = DialogManager(self._for_dialogs(log))
        self.interface = UserInterface(
            self.app_model,
            self.dialogs,
            self.recordings,
            self.cameras,
            self.previews,
            self._hardware,
        )
        self._connect()

    @property
    def window(self) -> MainWindow:
        """The window; another one after a change of language."""
        return self.interface.window

    def start(self) -> None:
        """Show the window; everything that takes time comes after its first paint."""
        self.window.preview.view.painted.connect(
            self._after_first_paint, Qt.ConnectionType.QueuedConnection
        )
        self.window.show()

    def quit(self) -> None:
        """End for good, even where the window would stay in the tray."""
        try:
            self.close()
        finally:
            self._qt.quit()

    def close(self) -> bool:
        """End every thread and process; True when all ended in time.

        A step that fails is logged, and the next one follows.
        """
        if self._closed:
            return True
        self._closed = True
        deadline = Deadline(END_WITHIN_S)
        ended = _done(lambda _: self.dialogs.close_all(), deadline)
        ended &= _done(lambda _: self._desk.close(), deadline)
        for step in (
            self.app_model.close,
            self.control.close,
            self.previews.close,
            self._speed_check.close,
            self.recordings.wait,
            self._placeholder.wait,
            self._doctor.wait,
            self._driver.wait,
            self.cameras.stop,
            self.elsewhere.wait,
        ):
            ended &= _done(step, deadline)
        ended &= _done(lambda _: self.interface.tray.close(), deadline)
        if not ended:
            logger.error("something did not end in time")
        return ended

    def _for_dialogs(self, log: LastLines) -> DialogDependencies:
        return DialogDependencies(
            app_model=self.app_model,
            cameras=self.cameras,
            speed_check=self._speed_check,
            doctor=self._doctor,
            driver=self._driver,
            hardware=self._hardware,
            desk=self._desk,
            log=log,
            control=self.control,
            cues=self.cues,
            elsewhere=self.elsewhere,
        )

    def _connect(self) -> None:
        self.app_model.preferences_changed.connect(self._on_preferences)
        self._appearance.language_changed.connect(self._on_language)
        self.interface.window_closed.connect(self._on_window_closed)
        self.interface.quit_requested.connect(self.quit)

    def _after_first_paint(self) -> None:
        if not self.app_model.preferences.build.engine:
            self._dependencies.preload()
        self._set_up_camera()
        self._placeholder.send()
        self._try(self.camera.start)
        self.cameras.start()
        self.previews.load()
        self.recordings.recover()
        self._desk.start()
        self.control.start()
        self._estimate_cpu_fps()
        preferences = self.app_model.preferences
        if not (preferences.responsible_use_accepted and preferences.first_run_done):
            dialog = self.interface.open_dialog(DialogKind.FIRST_RUN)
            dialog.finished.connect(self._after_first_run)

    def _after_first_run(self) -> None:
        """Whoever does not accept the page on responsible use cannot use the program."""
        if not self.app_model.preferences.responsible_use_accepted:
            self.window.close()

    def _on_preferences(self, preferences: Preferences) -> None:
        before, self._applied = self._applied, preferences
        if preferences.camera != before.camera:
            self._set_up_camera()
        if (preferences.build, preferences.live.steps) != (before.build, before.live.steps):
            self._estimate_cpu_fps()

    def _on_language(self) -> None:
        self.interface.rebuild()
        self._placeholder.send()

    def _estimate_cpu_fps(self) -> None:
        preferences = self.app_model.preferences
        self._hardware.estimate_cpu_fps(preferences.build, preferences.live.steps)

    def _set_up_camera(self) -> None:
        wanted = self.app_model.preferences.camera
        self._try(lambda: self.camera.set_up(wanted.size, wanted.fps))

    def _try(self, work: Callable[[], None]) -> None:
        try:
            work()
        except EngineError as error:
            self.app_model.report(error)

    def _on_window_closed(self) -> None:
        if not (self.app_model.preferences.stay_in_tray and self.interface.tray.visible):
            self.quit()


def _done(step: Callable[[float], object], deadline: Deadline) -> bool:
    """Whether a step of the end went through, within the seconds that are left."""
    try:
        return step(deadline.left) is not False
    except Exception:
        logger.exception("a step of the end failed")
        return False


def display_available() -> bool:
    """Whether a window can be shown here, by the environment; starts nothing."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def run(argv: Sequence[str]) -> int:
    """Show the window until it is closed; returns the exit status."""
    log = start_logging()
    qt = QApplication(list(argv))
    qt.setApplicationName(APP_NAME)
    qt.setQuitOnLastWindowClosed(False)
    QDir.addSearchPath("icons", str(ICONS))
    name = instance_name()
    if name is not None and hand_over(name, argv[1:]):
        stop_logging(log)
        return 0
    garbage = GarbageCollection()
    try:
        app = Application(qt, AppDependencies(config_dir(), PublisherClient()), log)
        if name is not None:
            SingleInstance(name, app).asked.connect(app.interface.show)
        quit_on_interrupt(app)
        app.start()
        status = qt.exec()
    finally:
        garbage.stop()
        stop_logging(log)
    return _leave(status)


def _leave(status: int) -> int:
    """Return the exit status if no thread is left; else end the process at once.

    A thread that is still inside a library, importing torch or loading a model, would be waited
    for, or would crash as the interpreter ends.
    """
    if threading.active_count() > 1:
        logging.shutdown()
        os._exit(status)
    return status


def quit_on_interrupt(app: Application) -> None:
    """Let Ctrl+C, SIGTERM and SIGHUP close the window; the timer lets Python run its handlers."""
    for kind in END_SIGNALS:
        signal.signal(kind, lambda *_: QTimer.singleShot(0, app.quit))
    timer = QTimer(app, interval=SIGNAL_CHECK_MS)
    timer.timeout.connect(lambda: None)
    timer.start()
