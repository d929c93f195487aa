"""The application around the window: theme, language, logging, and a clean end."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtCore import QDir, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from engine.errors import EngineError
from engine.evaluation.reports import stored_fps
from engine.model_store.catalog import load_catalog
from engine.paths import APP_NAME, config_dir
from engine.virtual_camera.client import PublisherClient
from gui.engine_link.background import Background, Deadline
from gui.engine_link.camera_list import CameraList
from gui.engine_link.compute_devices import DeviceList, HardwareQueries
from gui.engine_link.doctor import DoctorTask
from gui.engine_link.session_bridge import (
    SessionBridge,
    SessionFactory,
    live_session,
    preload_engine,
    still_session,
)
from gui.engine_link.virtual_camera import Publisher, VirtualCameraModel
from gui.features.placeholder_image import draw_placeholder, usual_text
from gui.features.recording import RecordingController
from gui.features.speed_check import SIZES, SpeedCheck
from gui.features.style_previews import StillSessions, StylePreviews
from gui.features.style_previews_store import StylePreviewStore
from gui.log_setup import LastLines, start_logging, stop_logging
from gui.paths import ICONS
from gui.shell.dialog_manager import FIRST_STEPS, DialogManager
from gui.shell.main_window import MainWindow
from gui.shell.notifications import NotificationController
from gui.shell.single_instance import SingleInstance, hand_over, instance_name
from gui.shell.tray import Tray
from gui.state.app_model import AppModel
from gui.state.preferences import Preferences, PreferenceStore, ThemeChoice
from gui.text.languages import Languages
from gui.theme.theme import apply_theme

logger = logging.getLogger(__name__)

END_WITHIN_S = 1.5
"""How long everything together may take to end when the window closes."""
SIGNAL_CHECK_MS = 200
"""How soon Ctrl+C in the terminal is noticed while Qt waits for events."""

_SCHEMES = {
    ThemeChoice.SYSTEM: Qt.ColorScheme.Unknown,
    ThemeChoice.DARK: Qt.ColorScheme.Dark,
    ThemeChoice.LIGHT: Qt.ColorScheme.Light,
}


@dataclass(frozen=True, slots=True)
class AppDependencies:
    """What the application stands on; tests bring doubles."""

    settings: Path
    publisher: Publisher
    sessions: SessionFactory = live_session
    still_sessions: StillSessions = still_session
    preload: Callable[[], None] = preload_engine
    hardware: HardwareQueries = field(default_factory=HardwareQueries)


class Application(QObject):
    """Owns everything but the window, which is made anew when the language changes."""

    _failed = Signal(object)
    """An EngineError of what was done in the background."""

    def __init__(self, qt: QApplication, dependencies: AppDependencies, log: LastLines) -> None:
        super().__init__()
        self._qt = qt
        self._background = Background("placeholder")
        self._languages = Languages(qt)
        self.camera = VirtualCameraModel(dependencies.publisher, self)
        self.app_model = AppModel(
            SessionBridge(dependencies.sessions, self),
            self.camera,
            PreferenceStore(dependencies.settings / "preferences.json"),
            load_catalog(),
            self,
        )
        self.recordings = RecordingController(self.app_model, self)
        self.cameras = CameraList(parent=self)
        self._speed_test = SpeedCheck(
            dependencies.sessions, self, kept=lambda: stored_fps(SIZES[0])
        )
        kept = StylePreviewStore(dependencies.settings / "portraits")
        self.previews = StylePreviews(self.app_model, dependencies.still_sessions, kept, self)
        self._doctor = DoctorTask(parent=self)
        self._devices = DeviceList(dependencies.hardware, self)
        self.pages = DialogManager(
            self.app_model, self.cameras, self._speed_test, self._doctor, self._devices, log
        )
        self._shown = self.app_model.preferences
        self._apply_language()
        self._apply_theme()
        self.window, self._notifications = self._make_window()
        self.tray = self._make_tray()
        self._closed = False
        self._preload = dependencies.preload
        self.app_model.preferences_changed.connect(self._on_preferences)
        self._failed.connect(self.app_model.report)
        self._devices.expected.connect(self._on_rate)
        self.previews.changed.connect(self._show_previews)
        self.previews.waiting.connect(self._on_previews_waiting)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    def start(self) -> None:
        """Show the window; everything that takes time comes after its first paint."""
        self.window.preview.view.painted.connect(
            self._after_first_paint, Qt.ConnectionType.QueuedConnection
        )
        self.window.show()

    def quit(self) -> None:
        """End for good, whatever the tray says."""
        self.close()
        self._qt.quit()

    def close(self) -> bool:
        """End every thread and process; True when all ended in time."""
        if self._closed:
            return True
        self._closed = True
        deadline = Deadline(END_WITHIN_S)
        self.pages.close_all()
        ended = self.app_model.close(deadline.left)
        for wait in (
            self.previews.close,
            self._speed_test.close,
            self.recordings.wait,
            self._background.wait,
            self._doctor.wait,
            self.cameras.stop,
        ):
            ended &= wait(deadline.left)
        self.tray.close()
        if not ended:
            logger.error("something did not end in time")
        return ended

    def _make_window(self) -> tuple[MainWindow, NotificationController]:
        window = MainWindow(self.app_model, self.recordings, self.cameras)
        window.setWindowIcon(QIcon(str(ICONS / "app.svg")))
        window.asked.connect(lambda page: self.pages.open(page, self.window))
        window.closed.connect(self._on_window_closed)
        window.styles.pictures_asked.connect(self._ask_for_previews)
        window.styles.show_pictures(self.previews.pictures, wanted=self.previews.wanted)
        notifications = NotificationController(
            self.app_model, window.message_bar, lambda page: self.pages.open(page, self.window)
        )
        notifications.show_rate(self._devices.rate)
        return window, notifications

    def _make_tray(self) -> Tray:
        return Tray(self.app_model, self.bring_up, self.quit)

    def _ask_for_previews(self, on: bool) -> None:
        preview = self.window.preview
        if not on:
            self.previews.forget()
            return
        self.previews.begin(preview.view.given)
        preview.say(
            self.tr("Your picture is drawn in every style")
            if self.previews.wanted
            else self.tr("There is no picture of you yet")
        )

    def _show_previews(self) -> None:
        self.window.styles.show_pictures(self.previews.pictures, wanted=self.previews.wanted)

    def _on_previews_waiting(self) -> None:
        self.window.preview.say(self.tr("The pictures are made when the stream stops"))

    def _after_first_paint(self) -> None:
        self._preload()
        self._set_camera_up()
        self._send_placeholder()
        self._try(self.camera.start)
        self.cameras.start()
        self.previews.load()
        self._ask_rate()
        wish = self.app_model.preferences
        if not (wish.responsible_use_accepted and wish.first_run_done):
            self.pages.open(FIRST_STEPS, self.window).finished.connect(self._after_first_run)

    def _after_first_run(self) -> None:
        """Without a word on responsible use there is no program to use."""
        if not self.app_model.preferences.responsible_use_accepted:
            self.window.close()

    def _on_preferences(self, wish: Preferences) -> None:
        before, self._shown = self._shown, wish
        if wish.camera != before.camera:
            self._set_camera_up()
        if (wish.build, wish.live.steps) != (before.build, before.live.steps):
            self._ask_rate()
        if wish.placeholder != before.placeholder:
            self._send_placeholder()
        if wish.theme != before.theme:
            self._apply_theme()
        if wish.language != before.language:
            QTimer.singleShot(0, self._change_language)

    def _ask_rate(self) -> None:
        wish = self.app_model.preferences
        self._devices.ask_rate(wish.build, wish.live.steps)

    def _on_rate(self, rate: float | None) -> None:
        self._notifications.show_rate(rate)

    def _change_language(self) -> None:
        """A new window in the new language; the stream goes on."""
        self.pages.close_all()
        self._apply_language()
        old = self.window
        self.window, self._notifications = self._make_window()
        self.window.setGeometry(old.geometry())
        self.window.show()
        old.closed.disconnect()
        old.close()
        old.deleteLater()
        self.tray.close()
        self.tray = self._make_tray()
        self._send_placeholder()

    def _apply_language(self) -> None:
        self._languages.use(self.app_model.preferences.language)

    def _apply_theme(self) -> None:
        apply_theme(self._qt, _SCHEMES[self.app_model.preferences.theme])

    def _follow_system(self) -> None:
        if self.app_model.preferences.theme is ThemeChoice.SYSTEM:
            apply_theme(self._qt, Qt.ColorScheme.Unknown)

    def _set_camera_up(self) -> None:
        wish = self.app_model.preferences.camera
        self._try(lambda: self.camera.set_up(wish.size, wish.fps))

    def _send_placeholder(self) -> None:
        """In the background: somebody's photograph takes a while to read."""
        wish = self.app_model.preferences.placeholder
        wish = replace(wish, text=wish.text or usual_text())  # the language is this thread's

        def send() -> None:
            try:
                self.camera.set_placeholder(draw_placeholder(wish))
            except EngineError as error:
                self._failed.emit(error)

        self._background.run(send)

    def _try(self, work: Callable[[], None]) -> None:
        try:
            work()
        except EngineError as error:
            self.app_model.report(error)

    def _on_window_closed(self) -> None:
        if not (self.app_model.preferences.stay_in_tray and self.tray.visible):
            self.quit()

    def bring_up(self) -> None:
        """Show the window in front of all others."""
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()


def display_available() -> bool:
    """Whether a window can be shown here; asks the environment alone, starts nothing."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def run(argv: Sequence[str]) -> int:
    """Show the window and stay until it is closed; returns the exit status."""
    log = start_logging()
    qt = QApplication(list(argv))
    qt.setApplicationName(APP_NAME)
    qt.setQuitOnLastWindowClosed(False)
    QDir.addSearchPath("icons", str(ICONS))
    name = instance_name()
    if name is not None and hand_over(name, argv[1:]):
        stop_logging(log)
        return 0
    try:
        app = Application(qt, AppDependencies(config_dir(), PublisherClient()), log)
        if name is not None:
            SingleInstance(name, app).asked.connect(app.bring_up)
        quit_on_interrupt(app)
        app.start()
        status = qt.exec()
    finally:
        stop_logging(log)
    return _leave(status)


def _leave(status: int) -> int:
    """The exit status, if nothing runs any more; else the end, here and now.

    A thread that is still in a library, such as torch on its way in, or a model that is being
    loaded, would be waited for, or crash the interpreter that ends around it.
    """
    if threading.active_count() > 1:
        logging.shutdown()
        os._exit(status)
    return status


def quit_on_interrupt(app: Application) -> None:
    """Let Ctrl+C and a polite kill close the window; Python needs a turn now and then for it."""
    for kind in (signal.SIGINT, signal.SIGTERM):
        signal.signal(kind, lambda *_: QTimer.singleShot(0, app.quit))
    turn = QTimer(app, interval=SIGNAL_CHECK_MS)
    turn.timeout.connect(lambda: None)
    turn.start()
