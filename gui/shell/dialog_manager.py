"""Opens the dialogs, one of each kind at a time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QWidget

from gui.dialogs.about import AboutDialog
from gui.dialogs.first_run import FirstRunDialog
from gui.dialogs.log import LogDialog
from gui.dialogs.model_download import ModelDownloadDialog
from gui.dialogs.responsible_use import ResponsibleUseDialog
from gui.dialogs.settings.dialog import SettingsDialog
from gui.dialogs.shortcuts import ShortcutsDialog
from gui.dialogs.webcam import WebcamDialog
from gui.engine_link.camera_list import CameraList
from gui.engine_link.compute_devices import HardwareModel
from gui.engine_link.doctor import DoctorTask
from gui.engine_link.model_download import ModelDownload
from gui.features.speed_check import SpeedCheck
from gui.log_setup import LastLines, report
from gui.state.app_model import AppModel

FIRST_STEPS, SETTINGS, WEBCAM = "first steps", "settings", "webcam"
FETCH = "fetch"
SHORTCUTS, LOG, RESPONSIBLE_USE, ABOUT = "shortcuts", "log", "responsible use", "about"


class DialogManager:
    """Knows how each dialog is made. They never block the stream or the window's thread."""

    def __init__(
        self,
        app_model: AppModel,
        cameras: CameraList,
        speed_check: SpeedCheck,
        doctor: DoctorTask,
        devices: HardwareModel,
        log: LastLines,
    ) -> None:
        self._open: dict[str, QDialog] = {}
        self._download = download = ModelDownload()
        self._makers: dict[str, Callable[[QWidget], QDialog]] = {
            FIRST_STEPS: lambda parent: FirstRunDialog(app_model, cameras, speed_check, parent),
            SETTINGS: lambda parent: SettingsDialog(app_model, devices, parent),
            WEBCAM: lambda parent: WebcamDialog(app_model.camera, doctor, parent),
            FETCH: lambda parent: ModelDownloadDialog(app_model, download, parent),
            SHORTCUTS: ShortcutsDialog,
            LOG: lambda parent: _log_dialog(app_model, doctor, log, parent),
            RESPONSIBLE_USE: ResponsibleUseDialog,
            ABOUT: AboutDialog,
        }

    def open(self, name: str, parent: QWidget) -> QDialog:
        """Show a page, or bring it to the front when it is there already."""
        dialog = self._open.get(name)
        if dialog is None:
            dialog = self._makers[name](parent)
            self._open[name] = dialog
            dialog.finished.connect(lambda: self._open.pop(name, None))
            dialog.open()
        else:
            dialog.raise_()
        return dialog

    def close_all(self) -> None:
        """Close every page."""
        for dialog in list(self._open.values()):
            dialog.reject()


def _log_dialog(
    app_model: AppModel, doctor: DoctorTask, log: LastLines, parent: QWidget
) -> LogDialog:
    doctor.start()
    return LogDialog(log.text(), lambda: _report(app_model, doctor, log), parent)


def _report(app_model: AppModel, doctor: DoctorTask, log: LastLines) -> str:
    wish, now = app_model.preferences, app_model.state
    devices = (
        f"session {now.session.value}, model {wish.build.model}, size {wish.build.size}, "
        f"device {wish.build.device}, accelerator {wish.build.accelerator}, "
        f"source {wish.input.source.split(':')[0]}, camera {now.camera}"
    )
    return report(log, f"{devices}\n{doctor.text}")
