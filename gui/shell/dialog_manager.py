"""Opens the dialogs, one of each kind at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QDialog, QWidget

from gui.dialogs.about import AboutDialog
from gui.dialogs.check_file import CheckFileDialog
from gui.dialogs.control.dialog import RemoteControlDialog
from gui.dialogs.cues import CuesDialog
from gui.dialogs.first_run.dialog import FirstRunDialog
from gui.dialogs.kinds import DialogKind
from gui.dialogs.log import LogDialog
from gui.dialogs.model_download import ModelDownloadDialog
from gui.dialogs.responsible_use import ResponsibleUseDialog
from gui.dialogs.settings.dialog import SettingsDialog
from gui.dialogs.shortcuts import ShortcutsDialog
from gui.dialogs.streaming.dialog import StreamingDialog
from gui.dialogs.webcam import WebcamDialog
from gui.engine_link.camera_driver import CameraDriver
from gui.engine_link.camera_list import CameraList
from gui.engine_link.compute_devices import HardwareModel
from gui.engine_link.doctor import DoctorTask
from gui.engine_link.model_download import ModelDownload
from gui.features.control.controller import RemoteControl
from gui.features.cue_player import CuePlayer
from gui.features.elsewhere import Elsewhere
from gui.features.speed_check import SpeedCheck
from gui.features.streaming.desk import StreamingDesk
from gui.log_setup import LastLines, report
from gui.state.app_model import AppModel


@dataclass(frozen=True, slots=True)
class DialogDependencies:
    """What the dialogs show and change; all of it outlives them."""

    app_model: AppModel
    cameras: CameraList
    speed_check: SpeedCheck
    doctor: DoctorTask
    driver: CameraDriver
    hardware: HardwareModel
    desk: StreamingDesk
    log: LastLines
    control: RemoteControl
    cues: CuePlayer
    elsewhere: Elsewhere


class DialogManager:
    """Knows how each dialog is made. None blocks the stream or the window's thread."""

    def __init__(self, needs: DialogDependencies) -> None:
        self._open: dict[DialogKind, QDialog] = {}
        self._download = download = ModelDownload()
        app_model = needs.app_model
        self._makers: dict[DialogKind, Callable[[QWidget], QDialog]] = {
            DialogKind.FIRST_RUN: lambda parent: FirstRunDialog(
                app_model, needs.cameras, needs.speed_check, needs.driver, parent
            ),
            DialogKind.SETTINGS: lambda parent: SettingsDialog(
                app_model, needs.hardware, needs.elsewhere, parent
            ),
            DialogKind.WEBCAM: lambda parent: WebcamDialog(
                app_model.camera, needs.doctor, needs.driver, parent
            ),
            DialogKind.STREAMING: lambda parent: StreamingDialog(app_model, needs.desk, parent),
            DialogKind.REMOTE_CONTROL: lambda parent: RemoteControlDialog(
                app_model, needs.control, parent
            ),
            DialogKind.CUES: lambda parent: CuesDialog(app_model, needs.cues, parent),
            DialogKind.MODEL_DOWNLOAD: lambda parent: ModelDownloadDialog(
                app_model, download, parent
            ),
            DialogKind.SHORTCUTS: ShortcutsDialog,
            DialogKind.LOG: lambda parent: _log_dialog(needs, parent),
            DialogKind.CHECK_FILE: lambda parent: CheckFileDialog(parent=parent),
            DialogKind.RESPONSIBLE_USE: ResponsibleUseDialog,
            DialogKind.ABOUT: AboutDialog,
        }

    def open(self, kind: DialogKind, parent: QWidget) -> QDialog:
        """Show a dialog, or bring it to the front when it is open already."""
        dialog = self._open.get(kind)
        if dialog is None:
            dialog = self._makers[kind](parent)
            self._open[kind] = dialog
            dialog.finished.connect(lambda: self._open.pop(kind, None))
            dialog.open()
        else:
            dialog.raise_()
        return dialog

    def close_all(self) -> None:
        """Close every dialog."""
        for dialog in list(self._open.values()):
            dialog.reject()


def _log_dialog(needs: DialogDependencies, parent: QWidget) -> LogDialog:
    app_model, doctor, log = needs.app_model, needs.doctor, needs.log
    doctor.start()
    return LogDialog(log.text(), lambda: _report(app_model, doctor, log), parent)


def _report(app_model: AppModel, doctor: DoctorTask, log: LastLines) -> str:
    preferences, state = app_model.preferences, app_model.state
    build = preferences.build
    size = "automatic" if preferences.automatic_size else build.size
    devices = (
        f"session {state.session.value}, model {build.model}, engine size {size}, "
        f"device {build.device}, accelerator {build.accelerator}, "
        f"computed {'elsewhere' if build.engine else 'here'}, "
        f"source {preferences.input.source.split(':')[0]}, camera {state.camera}"
    )
    return report(log, f"{devices}\n{doctor.text}")
