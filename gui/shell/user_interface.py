"""The window, its notifications and the tray icon: what is made again in another language."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog

from gui.dialogs.kinds import DialogKind
from gui.engine_link.camera_list import CameraList
from gui.engine_link.compute_devices import HardwareModel
from gui.features.recording import RecordingController
from gui.features.style_previews import StylePreviews
from gui.features.update_notice import Update, UpdateNotice
from gui.paths import ICONS
from gui.shell.dialog_manager import DialogManager
from gui.shell.main_window import MainWindow
from gui.shell.notifications import NotificationController
from gui.shell.tray import Tray
from gui.state.app_model import AppModel


class UserInterface(QObject):
    """Owns what the user sees; everything else outlives a change of language."""

    window_closed = Signal()
    """The user has closed the window."""
    quit_requested = Signal()
    """The user has chosen to quit, in the tray."""

    def __init__(
        self,
        app_model: AppModel,
        dialogs: DialogManager,
        recordings: RecordingController,
        cameras: CameraList,
        previews: StylePreviews,
        hardware: HardwareModel,
    ) -> None:
        super().__init__()
        self._app_model, self._dialogs = app_model, dialogs
        self._recordings, self._cameras = recordings, cameras
        self._previews, self._hardware = previews, hardware
        self._update: Update | None = None
        self.window, self._notifications = self._make_window()
        self.tray = self._make_tray()
        self._updates = UpdateNotice(parent=self)
        self._updates.found.connect(self._on_update)
        if app_model.preferences.update_notice:
            self._updates.look()
        hardware.cpu_fps_estimated.connect(self._on_cpu_fps)
        previews.changed.connect(self._show_pictures)
        previews.waiting.connect(self._on_previews_waiting)

    def show(self) -> None:
        """Show the window, in front."""
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def open_dialog(self, kind: DialogKind) -> QDialog:
        """Open a dialog on the window, or bring it to the front."""
        return self._dialogs.open(kind, self.window)

    def rebuild(self) -> None:
        """Make everything again, in the current language; the stream goes on."""
        self._dialogs.close_all()
        former = self.window
        self.window, self._notifications = self._make_window()
        self.window.setGeometry(former.geometry())
        self.window.show()
        former.closed.disconnect()
        former.close()
        former.deleteLater()
        self.tray.close()
        self.tray = self._make_tray()

    def _make_window(self) -> tuple[MainWindow, NotificationController]:
        window = MainWindow(self._app_model, self._recordings, self._cameras)
        window.setWindowIcon(QIcon(str(ICONS / "app.svg")))
        window.dialog_requested.connect(self.open_dialog)
        window.closed.connect(self.window_closed)
        window.styles.own_pictures_toggled.connect(self._on_own_pictures)
        window.styles.show_pictures(self._previews.pictures, wanted=self._previews.wanted)
        notifications = NotificationController(
            self._app_model, window.message_bar, self.open_dialog
        )
        notifications.show_cpu_fps(self._hardware.cpu_fps)
        notifications.show_update(self._update)
        return window, notifications

    def _make_tray(self) -> Tray:
        return Tray(self._app_model, self.show, self.quit_requested.emit)

    def _on_cpu_fps(self, fps: float | None) -> None:
        self._notifications.show_cpu_fps(fps)

    def _on_update(self, update: Update) -> None:
        self._update = update
        self._notifications.show_update(update)

    def _on_own_pictures(self, on: bool) -> None:
        if not on:
            self._previews.forget()
            return
        self._previews.begin(self.window.preview.view.input_picture)
        self.window.preview.show_briefly(
            self.tr("Drawing your picture in every style")
            if self._previews.wanted
            else self.tr("There is no picture of you yet")
        )

    def _show_pictures(self) -> None:
        self.window.styles.show_pictures(self._previews.pictures, wanted=self._previews.wanted)

    def _on_previews_waiting(self) -> None:
        self.window.preview.show_briefly(self.tr("The pictures are drawn when the stream stops"))
