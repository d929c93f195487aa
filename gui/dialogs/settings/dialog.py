"""The settings that are rarely changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QPushButton,
    QTabWidget,
    QWidget,
)

from gui.dialogs.base import BaseDialog, paragraph
from gui.dialogs.form_helpers import form_of, make_picker
from gui.dialogs.settings.engine_page import EnginePage
from gui.dialogs.settings.output_page import OutputPage
from gui.engine_link.compute_devices import HardwareModel
from gui.features.elsewhere import Elsewhere
from gui.features.update_notice import can_look
from gui.state.app_model import AppModel
from gui.state.preferences import ThemeChoice
from gui.text.languages import LANGUAGES
from gui.theme.theme import UNIT

FOLDER_PX = 260
"""The widest that the name of a folder is shown."""


class SettingsDialog(BaseDialog):
    """Three pages; every change takes effect at once, so there is no OK and no Cancel."""

    def __init__(
        self,
        app_model: AppModel,
        devices: HardwareModel,
        elsewhere: Elsewhere,
        parent: QWidget | None = None,
    ) -> None:
        title = QCoreApplication.translate("SettingsDialog", "Settings")
        super().__init__(title, 68 * UNIT, parent)
        self.general = GeneralPage(app_model)
        self.output = OutputPage(app_model)
        self.engine = EnginePage(app_model, devices, elsewhere)
        self.tabs = QTabWidget()
        self.tabs.addTab(self.general, self.tr("General"))
        self.tabs.addTab(self.output, self.tr("Output"))
        self.tabs.addTab(self.engine, self.tr("Model"))
        self.body.addWidget(paragraph(title, "headline"))
        self.body.addWidget(self.tabs, stretch=1)
        self.setMinimumHeight(68 * UNIT)
        self.add_close()


class GeneralPage(QWidget):
    """Language, theme, tray, news of new versions, folder."""

    def __init__(self, app_model: AppModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._app_model = app_model
        preferences = app_model.preferences
        languages = {"": self.tr("Same as the system")} | LANGUAGES
        self.language = make_picker(self.tr("Language"), languages, preferences.language)
        themes = {
            ThemeChoice.SYSTEM: self.tr("Same as the system"),
            ThemeChoice.DARK: self.tr("Dark"),
            ThemeChoice.LIGHT: self.tr("Light"),
        }
        self.theme = make_picker(self.tr("Theme"), themes, preferences.theme)
        self.tray = QCheckBox(self.tr("Keep streaming in the tray when the window is closed"))
        self.tray.setChecked(preferences.stay_in_tray)
        self.updates = QCheckBox(self.tr("Tell me about new versions"))
        self.updates.setToolTip(
            self.tr("At each start, asks the program's page over the network. Nothing is sent.")
        )
        self.updates.setChecked(preferences.update_notice)
        self.updates.setVisible(can_look())
        self.folder = QPushButton()
        self.folder.setProperty("type", "field")
        self.folder.setAccessibleName(self.tr("Folder for recordings"))
        self._show_folder(preferences.folder)
        form = form_of(self)
        form.addRow(self.tr("Language"), self.language)
        form.addRow(self.tr("Theme"), self.theme)
        form.addRow(self.tr("Recordings"), self.folder)
        form.addRow("", self.tray)
        form.addRow("", self.updates)
        self.language.activated.connect(
            lambda: app_model.update(lambda p: replace(p, language=self.language.currentData()))
        )
        self.theme.activated.connect(
            lambda: app_model.update(lambda p: replace(p, theme=self.theme.currentData()))
        )
        self.tray.toggled.connect(
            lambda on: app_model.update(lambda p: replace(p, stay_in_tray=on))
        )
        self.updates.toggled.connect(
            lambda on: app_model.update(lambda p: replace(p, update_notice=on))
        )
        self.folder.clicked.connect(self._choose_folder)

    def _choose_folder(self) -> None:
        start = self._app_model.preferences.folder
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder for recordings"), start)
        if folder:
            self._app_model.update(lambda p: replace(p, folder=folder))
            self._show_folder(folder)

    def _show_folder(self, folder: str) -> None:
        """Show the folder, with ~ for the home folder."""
        short = folder.replace(str(Path.home()), "~", 1)
        elided = self.fontMetrics().elidedText(short, Qt.TextElideMode.ElideMiddle, FOLDER_PX)
        self.folder.setText(self.tr("{0}  ·  Change…").format(elided))
        self.folder.setToolTip(folder)
