"""Settings that are not about the picture of this moment."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QPushButton,
    QTabWidget,
    QWidget,
)

from gui.devices import DeviceList
from gui.dialogs.engine_settings import EnginePage
from gui.dialogs.form import choice, form_of
from gui.dialogs.on_air_settings import OnAirPage
from gui.dialogs.page import PageDialog, paragraph
from gui.languages import LANGUAGES
from gui.preferences import ThemeChoice
from gui.studio import Studio
from gui.theme import UNIT

FOLDER_PX = 260
"""How wide the name of a folder may be."""


class SettingsDialog(PageDialog):
    """Three pages; every change acts at once, so there is nothing to apply or to cancel."""

    def __init__(self, studio: Studio, devices: DeviceList, parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("SettingsDialog", "Settings")
        super().__init__(title, 68 * UNIT, parent)
        self.general = GeneralPage(studio)
        self.on_air = OnAirPage(studio)
        self.engine = EnginePage(studio, devices)
        self.tabs = QTabWidget()
        self.tabs.addTab(self.general, self.tr("General"))
        self.tabs.addTab(self.on_air, self.tr("On air"))
        self.tabs.addTab(self.engine, self.tr("Model"))
        self.body.addWidget(paragraph(title, "headline"))
        self.body.addWidget(self.tabs, stretch=1)
        self.setMinimumHeight(68 * UNIT)
        self.add_close()


class GeneralPage(QWidget):
    """Language, theme, tray, folder."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        wish = studio.preferences
        languages = {"": self.tr("As the system")} | LANGUAGES
        self.language = choice(self.tr("Language"), languages, wish.language)
        themes = {
            ThemeChoice.SYSTEM: self.tr("As the system"),
            ThemeChoice.DARK: self.tr("Dark"),
            ThemeChoice.LIGHT: self.tr("Light"),
        }
        self.theme = choice(self.tr("Theme"), themes, wish.theme)
        self.tray = QCheckBox(self.tr("Closing the window leaves the stream on, in the tray"))
        self.tray.setChecked(wish.stay_in_tray)
        self.folder = QPushButton()
        self.folder.setProperty("type", "field")
        self.folder.setAccessibleName(self.tr("Folder for recordings"))
        self._show_folder(wish.folder)
        form = form_of(self)
        form.addRow(self.tr("Language"), self.language)
        form.addRow(self.tr("Theme"), self.theme)
        form.addRow(self.tr("Recordings"), self.folder)
        form.addRow("", self.tray)
        self.language.activated.connect(lambda: studio.change(language=self.language.currentData()))
        self.theme.activated.connect(lambda: studio.change(theme=self.theme.currentData()))
        self.tray.toggled.connect(lambda on: studio.change(stay_in_tray=on))
        self.folder.clicked.connect(self._choose_folder)

    def _choose_folder(self) -> None:
        start = self._studio.preferences.folder
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder for recordings"), start)
        if folder:
            self._studio.change(folder=folder)
            self._show_folder(folder)

    def _show_folder(self, folder: str) -> None:
        """As people know it: from their own folder on."""
        short = folder.replace(str(Path.home()), "~", 1)
        room = self.fontMetrics().elidedText(short, Qt.TextElideMode.ElideMiddle, FOLDER_PX)
        self.folder.setText(self.tr("{0}  ·  Change…").format(room))
        self.folder.setToolTip(folder)
