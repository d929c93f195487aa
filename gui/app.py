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
from engine.evaluation.stored import stored_fps
from engine.publisher.client import PublisherClient
from engine.store.catalog import load_catalog
from gui.background import Background, Deadline
from gui.bridge import SessionBridge, SessionFactory, live_session, preload_engine, still_session
from gui.camera_link import CameraLink, Publisher
from gui.cameras import CameraList
from gui.devices import Computer, DeviceList
from gui.diagnosis import Diagnosis
from gui.folders import APP_NAME, settings_folder
from gui.languages import Languages
from gui.logs import LastLines, start_logging, stop_logging
from gui.messages import Messenger
from gui.pages import FIRST_STEPS, Pages
from gui.placeholders import draw_placeholder, usual_text
from gui.portrait_store import PortraitStore
from gui.portraits import Portraits, StillSessions
from gui.preferences import Preferences, PreferenceStore, ThemeChoice
from gui.resources import ICONS
from gui.speed_test import SIZES, SpeedTest
from gui.studio import Studio
from gui.takes import Takes
from gui.theme import apply_theme
from gui.tray import Tray
from gui.window import MainWindow

logger = logging.getLogger(__name__)

END_WITHIN_S = 1.5
"""How long everything together may take to end when the window closes."""
SIGNAL_LOOK_MS = 200
"""How soon Ctrl+C in the terminal is noticed while Qt waits for events."""

_SCHEMES = {
    ThemeChoice.SYSTEM: Qt.ColorScheme.Unknown,
    ThemeChoice.DARK: Qt.ColorScheme.Dark,
    ThemeChoice.LIGHT: Qt.ColorScheme.Light,
}


@dataclass(frozen=True, slots=True)
class Seams:
    """What the application stands on; tests bring doubles."""

    settings: Path
    publisher: Publisher
    sessions: SessionFactory = live_session
    still_sessions: StillSessions = still_session
    preload: Callable[[], None] = preload_engine
    computer: Computer = field(default_factory=Computer)


class Application(QObject):
    """Owns everything but the window, which is made anew when the language changes."""

    _failed = Signal(object)
    """An EngineError of what was done in the background."""

    def __init__(self, qt: QApplication, seams: Seams, log: LastLines) -> None:
        super().__init__()
        self._qt = qt
        self._background = Background("placeholder")
        self._languages = Languages(qt)
        self.camera = CameraLink(seams.publisher, self)
        self.studio = Studio(
            SessionBridge(seams.sessions, self),
            self.camera,
            PreferenceStore(seams.settings / "preferences.json"),
            load_catalog(),
            self,
        )
        self.takes = Takes(self.studio, self)
        self.cameras = CameraList(parent=self)
        self._speed_test = SpeedTest(seams.sessions, self, kept=lambda: stored_fps(SIZES[0]))
        kept = PortraitStore(seams.settings / "portraits")
        self.portraits = Portraits(self.studio, seams.still_sessions, kept, self)
        self._diagnosis = Diagnosis(parent=self)
        self._devices = DeviceList(seams.computer, self)
        self.pages = Pages(
            self.studio, self.cameras, self._speed_test, self._diagnosis, self._devices, log
        )
        self._shown = self.studio.preferences
        self._speak()
        self._dress()
        self.window, self._messenger = self._make_window()
        self.tray = self._make_tray()
        self._closed = False
        self._preload = seams.preload
        self.studio.preferences_changed.connect(self._on_preferences)
        self._failed.connect(self.studio.report)
        self._devices.expected.connect(self._on_rate)
        self.portraits.changed.connect(self._show_portraits)
        self.portraits.waiting.connect(self._on_portraits_waiting)
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
        ended = self.studio.close(deadline.left)
        for wait in (
            self.portraits.close,
            self._speed_test.close,
            self.takes.wait,
            self._background.wait,
            self._diagnosis.wait,
            self.cameras.stop,
        ):
            ended &= wait(deadline.left)
        self.tray.close()
        if not ended:
            logger.error("something did not end in time")
        return ended

    def _make_window(self) -> tuple[MainWindow, Messenger]:
        window = MainWindow(self.studio, self.takes, self.cameras)
        window.setWindowIcon(QIcon(str(ICONS / "app.svg")))
        window.asked.connect(lambda page: self.pages.open(page, self.window))
        window.closed.connect(self._on_window_closed)
        window.styles.pictures_asked.connect(self._ask_for_portraits)
        window.styles.show_pictures(self.portraits.pictures, wanted=self.portraits.wanted)
        messenger = Messenger(
            self.studio, window.message_bar, lambda page: self.pages.open(page, self.window)
        )
        messenger.show_rate(self._devices.rate)
        return window, messenger

    def _make_tray(self) -> Tray:
        return Tray(self.studio, self._bring_up, self.quit)

    def _ask_for_portraits(self, on: bool) -> None:
        preview = self.window.preview
        if not on:
            self.portraits.forget()
            return
        self.portraits.begin(preview.view.given)
        preview.say(
            self.tr("Your picture is drawn in every style")
            if self.portraits.wanted
            else self.tr("There is no picture of you yet")
        )

    def _show_portraits(self) -> None:
        self.window.styles.show_pictures(self.portraits.pictures, wanted=self.portraits.wanted)

    def _on_portraits_waiting(self) -> None:
        self.window.preview.say(self.tr("The pictures are made when the stream stops"))

    def _after_first_paint(self) -> None:
        self._preload()
        self._set_camera_up()
        self._send_placeholder()
        self._try(self.camera.start)
        self.cameras.start()
        self.portraits.load()
        self._ask_rate()
        wish = self.studio.preferences
        if not (wish.responsible_use_accepted and wish.first_run_done):
            self.pages.open(FIRST_STEPS, self.window).finished.connect(self._after_first_run)

    def _after_first_run(self) -> None:
        """Without a word on responsible use there is no program to use."""
        if not self.studio.preferences.responsible_use_accepted:
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
            self._dress()
        if wish.language != before.language:
            QTimer.singleShot(0, self._change_language)

    def _ask_rate(self) -> None:
        wish = self.studio.preferences
        self._devices.ask_rate(wish.build, wish.live.steps)

    def _on_rate(self, rate: float | None) -> None:
        self._messenger.show_rate(rate)

    def _change_language(self) -> None:
        """A new window in the new language; the stream goes on."""
        self.pages.close_all()
        self._speak()
        old = self.window
        self.window, self._messenger = self._make_window()
        self.window.setGeometry(old.geometry())
        self.window.show()
        old.closed.disconnect()
        old.close()
        old.deleteLater()
        self.tray.close()
        self.tray = self._make_tray()
        self._send_placeholder()

    def _speak(self) -> None:
        self._languages.use(self.studio.preferences.language)

    def _dress(self) -> None:
        apply_theme(self._qt, _SCHEMES[self.studio.preferences.theme])

    def _follow_system(self) -> None:
        if self.studio.preferences.theme is ThemeChoice.SYSTEM:
            apply_theme(self._qt, Qt.ColorScheme.Unknown)

    def _set_camera_up(self) -> None:
        wish = self.studio.preferences.camera
        self._try(lambda: self.camera.set_up(wish.size, wish.fps))

    def _send_placeholder(self) -> None:
        """In the background: somebody's photograph takes a while to read."""
        wish = self.studio.preferences.placeholder
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
            self.studio.report(error)

    def _on_window_closed(self) -> None:
        if not (self.studio.preferences.stay_in_tray and self.tray.visible):
            self.quit()

    def _bring_up(self) -> None:
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
    try:
        app = Application(qt, Seams(settings_folder(), PublisherClient()), log)
        heed_interrupt(app)
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


def heed_interrupt(app: Application) -> None:
    """Let Ctrl+C and a polite kill close the window; Python needs a turn now and then for it."""
    for kind in (signal.SIGINT, signal.SIGTERM):
        signal.signal(kind, lambda *_: QTimer.singleShot(0, app.quit))
    turn = QTimer(app, interval=SIGNAL_LOOK_MS)
    turn.timeout.connect(lambda: None)
    turn.start()
