"""Settings that are not about the picture of this moment."""

from __future__ import annotations

from collections.abc import Sequence
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

from engine.devices import DeviceInfo
from engine.store.catalog import ModelEntry
from gui.catalogue_words import in_users_language
from gui.devices import DeviceList
from gui.dialogs.form import choice, form_of
from gui.dialogs.on_air_settings import OnAirPage
from gui.dialogs.page import PageDialog, paragraph
from gui.languages import LANGUAGES
from gui.preferences import ThemeChoice
from gui.studio import Studio
from gui.theme import UNIT

FOLDER_PX = 260
"""How wide the name of a folder may be."""
AUTOMATIC = "auto"


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


class EnginePage(QWidget):
    """Which model, on which device; the devices are listed once they are known."""

    def __init__(self, studio: Studio, devices: DeviceList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        wish = studio.preferences.build
        models = {model.name: in_users_language(model.title) for model in studio.catalog.models}
        self.model = choice(self.tr("Model"), models, wish.model)
        self.about = paragraph("", "caption")
        self.device = choice(self.tr("Compute on"), self._words(()), wish.device)
        self.rate = paragraph("", "caption")
        self._devices = devices
        form = form_of(self)
        form.addRow(self.tr("Model"), self.model)
        form.addRow("", self.about)
        form.addRow(self.tr("Compute on"), self.device)
        form.addRow("", self.rate)
        self.model.activated.connect(self._choose_model)
        self.device.activated.connect(self._choose_device)
        devices.found.connect(self._show_devices)
        devices.expected.connect(self._show_rate)
        devices.ask()
        self._describe()

    def _words(self, devices: Sequence[DeviceInfo]) -> dict[str, str]:
        """The words for each device; one that is chosen but not here is told by its name."""
        words = {AUTOMATIC: self.tr("Automatic")}
        words |= {device.name: self._title(device) for device in devices}
        chosen = self._studio.preferences.build.device
        return words if chosen in words else words | {chosen: chosen}

    def _title(self, device: DeviceInfo) -> str:
        if device.free_bytes is None:
            return device.title
        free = f"{device.free_bytes / 1e9:.0f}"
        return self.tr("{0} · {1} GB free").format(device.title, free)

    def _show_devices(self, devices: Sequence[DeviceInfo]) -> None:
        self.device.clear()
        for name, words in self._words(devices).items():
            self.device.addItem(words, name)
        self.device.setCurrentIndex(self.device.findData(self._studio.preferences.build.device))
        self._ask_rate()

    def _choose_model(self) -> None:
        wish = self._studio.preferences.build
        self._studio.set_build(replace(wish, model=self.model.currentData()))
        self._describe()
        self._ask_rate()

    def _choose_device(self) -> None:
        wish = self._studio.preferences.build
        self._studio.set_build(replace(wish, device=self.device.currentData()))
        self._ask_rate()

    def _ask_rate(self) -> None:
        wish = self._studio.preferences
        self._devices.ask_rate(wish.build, wish.live.steps)

    def _show_rate(self, rate: float | None) -> None:
        """No silence where a large model has to make do with the processor."""
        words = self.tr("On this processor it comes to about {0} frames/s.")
        self.rate.setText("" if rate is None else words.format(f"{rate:.2g}"))

    def _chosen(self) -> ModelEntry:
        return self._studio.catalog.model(self.model.currentData())

    def _describe(self) -> None:
        self.about.setText(in_users_language(self._chosen().description))
