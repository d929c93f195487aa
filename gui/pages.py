"""Opens the dialogs, one of each kind at a time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QWidget

from gui.cameras import CameraList
from gui.devices import DeviceList
from gui.diagnosis import Diagnosis
from gui.dialogs.about import AboutDialog
from gui.dialogs.fetch import FetchDialog
from gui.dialogs.first_run import FirstRunDialog
from gui.dialogs.log import LogDialog
from gui.dialogs.responsible_use import ResponsibleUseDialog
from gui.dialogs.settings import SettingsDialog
from gui.dialogs.shortcuts import ShortcutsDialog
from gui.dialogs.webcam import WebcamDialog
from gui.fetching import Fetching
from gui.logs import LastLines, report
from gui.speed_test import SpeedTest
from gui.studio import Studio

FIRST_STEPS, SETTINGS, WEBCAM = "first steps", "settings", "webcam"
FETCH = "fetch"
SHORTCUTS, LOG, RESPONSIBLE_USE, ABOUT = "shortcuts", "log", "responsible use", "about"


class Pages:
    """Knows how each dialog is made. They never block the stream or the window's thread."""

    def __init__(
        self,
        studio: Studio,
        cameras: CameraList,
        speed_test: SpeedTest,
        diagnosis: Diagnosis,
        devices: DeviceList,
        log: LastLines,
    ) -> None:
        self._open: dict[str, QDialog] = {}
        self._fetching = fetching = Fetching()
        self._makers: dict[str, Callable[[QWidget], QDialog]] = {
            FIRST_STEPS: lambda parent: FirstRunDialog(studio, cameras, speed_test, parent),
            SETTINGS: lambda parent: SettingsDialog(studio, devices, parent),
            WEBCAM: lambda parent: WebcamDialog(studio.camera, diagnosis, parent),
            FETCH: lambda parent: FetchDialog(studio, fetching, parent),
            SHORTCUTS: ShortcutsDialog,
            LOG: lambda parent: _log_dialog(studio, diagnosis, log, parent),
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


def _log_dialog(studio: Studio, diagnosis: Diagnosis, log: LastLines, parent: QWidget) -> LogDialog:
    diagnosis.start()
    return LogDialog(log.text(), lambda: _report(studio, diagnosis, log), parent)


def _report(studio: Studio, diagnosis: Diagnosis, log: LastLines) -> str:
    wish, now = studio.preferences, studio.situation
    devices = (
        f"session {now.session.value}, model {wish.build.model}, size {wish.build.size}, "
        f"device {wish.build.device}, accelerator {wish.build.accelerator}, "
        f"source {wish.input.source.split(':')[0]}, camera {now.camera}"
    )
    return report(log, f"{devices}\n{diagnosis.text}")
