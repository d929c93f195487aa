"""Settings that are not about the picture of this moment."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from engine.errors import EngineError
from engine.store.catalog import ModelEntry
from engine.video.overlay import Corner
from gui.catalogue_words import in_users_language
from gui.dialogs.page import PageDialog, paragraph
from gui.folders import settings_folder
from gui.languages import LANGUAGES
from gui.placeholders import save_still, usual_text
from gui.preferences import Placeholder, PlaceholderKind, ThemeChoice
from gui.studio import Studio
from gui.theme import UNIT

T = TypeVar("T")

FOLDER_PX = 260
"""How wide the name of a folder may be."""
DEVICES = ("auto", "cpu", "cuda:0", "mps")


class SettingsDialog(PageDialog):
    """Three pages; every change acts at once, so there is nothing to apply or to cancel."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("SettingsDialog", "Settings")
        super().__init__(title, 68 * UNIT, parent)
        self.general = GeneralPage(studio)
        self.on_air = OnAirPage(studio)
        self.engine = EnginePage(studio)
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


class OnAirPage(QWidget):
    """The placeholder and the AI mark."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        wish = studio.preferences
        kinds = {
            PlaceholderKind.CARD: self.tr("A card with a few words"),
            PlaceholderKind.PICTURE: self.tr("A picture"),
            PlaceholderKind.STILL: self.tr("A still of the styled stream"),
        }
        self.kind = choice(self.tr("Placeholder"), kinds, wish.placeholder.kind)
        self.text = QLineEdit(wish.placeholder.text, placeholderText=usual_text(), maxLength=120)
        self.text.setAccessibleName(self.tr("Words on the card"))
        self.picture = QPushButton(self.tr("Choose a picture…"))
        self.mark = MarkRows(studio)
        form = form_of(self)
        form.addRow(self.tr("Placeholder"), self.kind)
        form.addRow("", self.text)
        form.addRow("", self.picture)
        form.addRow(
            "",
            paragraph(
                self.tr("It goes out while nothing styled does. It is never made from the camera."),
                "caption",
            ),
        )
        form.addRow(self.tr("AI mark"), self.mark)
        self.kind.activated.connect(self._choose_kind)
        self.text.editingFinished.connect(self._set_text)
        self.picture.clicked.connect(self._choose_picture)
        self._show(wish.placeholder.kind)

    def _choose_kind(self) -> None:
        kind = self.kind.currentData()
        if kind is PlaceholderKind.CARD:
            self._take(Placeholder(text=self.text.text().strip()))
        elif kind is PlaceholderKind.STILL:
            self._keep_still()
            kind = self._studio.preferences.placeholder.kind
        self._show(kind)

    def _choose_picture(self) -> None:
        pictures = self.tr("Pictures (*.png *.jpg *.jpeg *.webp *.bmp)")
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a picture"), filter=pictures)
        if path:
            self._take(Placeholder(PlaceholderKind.PICTURE, path=path))

    def _keep_still(self) -> None:
        frame = self._studio.last_output
        if frame is None:
            return
        try:
            self._take(save_still(frame, settings_folder() / "placeholder.png"))
        except EngineError as error:
            self._studio.report(error)

    def _set_text(self) -> None:
        if self.kind.currentData() is PlaceholderKind.CARD:
            self._take(Placeholder(text=self.text.text().strip()))

    def _take(self, placeholder: Placeholder) -> None:
        self._studio.change(placeholder=placeholder)

    def _show(self, kind: PlaceholderKind) -> None:
        self.kind.setCurrentIndex(self.kind.findData(kind))
        self.text.setVisible(kind is PlaceholderKind.CARD)
        self.picture.setVisible(kind is PlaceholderKind.PICTURE)


class MarkRows(QWidget):
    """Where the mark stands; it goes only after a plain word about what the law may ask."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        mark = studio.preferences.mark
        corners = {
            Corner.TOP_LEFT: self.tr("Top left"),
            Corner.TOP_RIGHT: self.tr("Top right"),
            Corner.BOTTOM_LEFT: self.tr("Bottom left"),
            Corner.BOTTOM_RIGHT: self.tr("Bottom right"),
        }
        self.corner = choice(self.tr("Corner of the AI mark"), corners, mark.corner)
        self.shown = QCheckBox(self.tr("Show the mark"))
        self.word = QWidget()
        self.off = QPushButton(self.tr("Turn it off"))
        self.keep = QPushButton(self.tr("Keep it"))
        self._arrange()
        self.shown.setChecked(mark.shown)
        self.corner.activated.connect(self._move)
        self.shown.clicked.connect(self._ask)
        self.off.clicked.connect(lambda: self._decide(False))
        self.keep.clicked.connect(lambda: self._decide(True))

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.corner)
        column.addWidget(self.shown)
        column.addWidget(self.word)
        words = QVBoxLayout(self.word)
        words.setContentsMargins(0, 0, 0, 0)
        words.addWidget(
            paragraph(
                self.tr(
                    "The law may ask you to say that a picture is made by AI: in the European "
                    "Union, Article 50 of the AI Act. Without the mark, saying so is up to you."
                )
            )
        )
        row = QHBoxLayout()
        row.addWidget(self.off)
        row.addWidget(self.keep)
        row.addStretch(1)
        words.addLayout(row)
        self.word.hide()

    def _move(self) -> None:
        mark = self._studio.preferences.mark
        self._studio.set_mark(replace(mark, corner=self.corner.currentData()))

    def _ask(self, on: bool) -> None:
        """Turning it on acts at once; turning it off first says what that means."""
        if on:
            self._decide(True)
        else:
            self.shown.setChecked(True)
            self.word.show()

    def _decide(self, shown: bool) -> None:
        self.word.hide()
        self.shown.setChecked(shown)
        self._studio.set_mark(replace(self._studio.preferences.mark, shown=shown))


class EnginePage(QWidget):
    """Which model, on which device."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        wish = studio.preferences.build
        models = {model.name: in_users_language(model.title) for model in studio.catalog.models}
        self.model = choice(self.tr("Model"), models, wish.model)
        self.about = paragraph("", "caption")
        devices = {name: name for name in DEVICES} | {"auto": self.tr("Automatic")}
        devices.setdefault(wish.device, wish.device)
        self.device = choice(self.tr("Compute on"), devices, wish.device)
        form = form_of(self)
        form.addRow(self.tr("Model"), self.model)
        form.addRow("", self.about)
        form.addRow(self.tr("Compute on"), self.device)
        self.model.activated.connect(self._choose_model)
        self.device.activated.connect(self._choose_device)
        self._describe()

    def _choose_model(self) -> None:
        wish = self._studio.preferences.build
        self._studio.set_build(replace(wish, model=self.model.currentData()))
        self._describe()

    def _choose_device(self) -> None:
        wish = self._studio.preferences.build
        self._studio.set_build(replace(wish, device=self.device.currentData()))

    def _chosen(self) -> ModelEntry:
        return self._studio.catalog.model(self.model.currentData())

    def _describe(self) -> None:
        self.about.setText(in_users_language(self._chosen().description))


def choice(name: str, words: dict[T, str], chosen: T) -> QComboBox:
    """A picker of values by their words."""
    picker = QComboBox()
    picker.setAccessibleName(name)
    for value, text in words.items():
        picker.addItem(text, value)
    values = list(words)
    picker.setCurrentIndex(values.index(chosen) if chosen in values else 0)
    return picker


def form_of(page: QWidget) -> QFormLayout:
    """A roomy form with labels on the left."""
    form = QFormLayout(page)
    form.setContentsMargins(0, 2 * UNIT, 0, 0)
    form.setHorizontalSpacing(3 * UNIT)
    form.setVerticalSpacing(UNIT * 3 // 2)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return form
