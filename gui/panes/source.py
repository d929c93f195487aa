"""Where the picture comes from and how it is fitted to the model's size."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QGuiApplication, QIcon
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from engine.events import SizesChosen
from engine.frames import Size
from engine.settings import FitMode, InputSettings
from gui.engine_link.camera_list import CAMERA, CameraList
from gui.panes.window_menu import WINDOW, WindowMenu
from gui.state.app_model import AppModel
from gui.state.preferences import Preferences
from gui.text.wording import size_text
from gui.theme.theme import UNIT, roles
from gui.widgets.icon_button import IconButton, icon

SIZES = (
    Size(256, 256),
    Size(384, 384),
    Size(512, 288),
    Size(512, 512),
    Size(640, 360),
    Size(640, 480),
    Size(768, 432),
    Size(768, 512),
    Size(1024, 576),
    Size(1280, 720),
)
FORMATS = (
    (Size(640, 480), 30.0),
    (Size(1280, 720), 30.0),
    (Size(1280, 720), 60.0),
    (Size(1920, 1080), 30.0),
)
CHOOSE_FILE = "choose a file"
CHOOSE_WINDOW = "choose a window"

T = TypeVar("T")


class SourcePane(QWidget):
    """The row of pickers at the top: input, its format, the model's size, how it is fitted."""

    def __init__(
        self, app_model: AppModel, cameras: CameraList, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._app_model, self._cameras = app_model, cameras
        self._compact = False
        self._found: Size | None = None
        self.source = _picker(self.tr("Input"), self.tr("Where the picture comes from."))
        self.camera_format = _picker(
            self.tr("Camera format"),
            self.tr("Requested from the camera. A higher frame rate shortens the delay a little."),
        )
        self.model_size = _picker(
            self.tr("Picture size"),
            self.tr(
                "The size that the model works at. Smaller is faster, larger shows more detail. "
                "Automatic keeps the whole picture and finds what this computer can do."
            ),
        )
        self.fit_button = FitButton(app_model)
        self.windows = WindowMenu(parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT)
        for widget in (self.source, self.camera_format, self.model_size, self.fit_button):
            row.addWidget(widget)
        for picker in (self.camera_format, self.model_size):
            picker.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.source.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.source.setMinimumWidth(16 * UNIT)
        self.source.setMaximumWidth(30 * UNIT)
        self._fill_formats()
        self.source.activated.connect(self._choose_source)
        self.windows.chosen.connect(self._set_source)
        self.camera_format.activated.connect(self._choose_format)
        self.model_size.activated.connect(self._choose_size)
        cameras.changed.connect(self._on_cameras)
        app_model.bridge.sizes_chosen.connect(self._show_found)
        app_model.preferences_changed.connect(self._show)
        self._show(app_model.preferences)

    def set_compact(self, on: bool) -> None:
        """Leave out the camera's format, which is set only once, where there is little space."""
        if on != self._compact:
            self._compact = on
            self._show(self._app_model.preferences)

    def _on_cameras(self) -> None:
        self._show(self._app_model.preferences)

    def _fill_formats(self) -> None:
        self.camera_format.addItem(self.tr("Automatic"), None)
        for size, fps in FORMATS:
            self.camera_format.addItem(f"{size_text(size)} · {fps:.0f}", (size, fps))

    def _show(self, preferences: Preferences) -> None:
        self._fill_sources(preferences.input)
        self._fill_sizes(None if preferences.automatic_size else preferences.build.size)
        shown = [self.camera_format.itemData(i) for i in range(self.camera_format.count())]
        chosen = (preferences.input.size, preferences.input.fps) if preferences.input.size else None
        self.camera_format.setCurrentIndex(shown.index(chosen) if chosen in shown else 0)
        from_camera = preferences.input.source.startswith(CAMERA)
        self.camera_format.setVisible(from_camera and not self._compact)

    def _fill_sources(self, chosen: InputSettings) -> None:
        colour = roles().text
        entries = self._entries()
        if chosen.source not in [source for _, _, source in entries]:
            entries.insert(0, self._missing(chosen.source))
        self.source.clear()
        for icon_name, text, source in entries:
            self.source.addItem(icon(icon_name, colour), text, source)
        self.source.setCurrentIndex(self.source.findData(chosen.source))

    def _entries(self) -> list[tuple[str, str, str]]:
        """(icon, text, source) of everything that can be chosen."""
        entries = [("camera", name, source) for source, name in self._cameras.entries()]
        entries.append(("demo", self.tr("Demo"), "demo"))
        screens = QGuiApplication.screens()
        for number in range(1, len(screens) + 1):
            text = self.tr("Screen") if len(screens) == 1 else self.tr("Screen {0}").format(number)
            entries.append(("screen", text, f"screen:{number}"))
        entries.append(("window", self.tr("Window…"), CHOOSE_WINDOW))
        return [*entries, ("file", self.tr("File…"), CHOOSE_FILE)]

    def _missing(self, source: str) -> tuple[str, str, str]:
        """An entry for what is chosen but not listed: a file, a window, a camera unplugged."""
        if source.startswith(CAMERA):
            name = source.removeprefix(CAMERA)
            return "camera", self.tr("{0} (not connected)").format(name), source
        if source.startswith(WINDOW):
            return "window", source.removeprefix(WINDOW), source
        return "file", source.replace("\\", "/").rsplit("/", 1)[-1], source

    def _fill_sizes(self, chosen: Size | None) -> None:
        """chosen: None for the size that the program finds."""
        sizes = [None, *SIZES] if chosen in (None, *SIZES) else [None, chosen, *SIZES]
        self.model_size.clear()
        for size in sizes:
            self.model_size.addItem(self._size_text(size), size)
        self.model_size.setCurrentIndex(sizes.index(chosen))

    def _size_text(self, size: Size | None) -> str:
        if size is not None:
            return size_text(size)
        return (
            self.tr("Automatic")
            if self._found is None
            else self.tr("Automatic · {0}").format(size_text(self._found))
        )

    def _show_found(self, sizes: SizesChosen) -> None:
        """Say which size was found."""
        self._found = sizes.engine if sizes.automatic else None
        self.model_size.setItemText(0, self._size_text(None))

    def _choose_source(self) -> None:
        source = self.source.currentData()
        if source == CHOOSE_FILE:
            source, _ = QFileDialog.getOpenFileName(
                self,
                self.tr("Choose a video"),
                filter=self.tr("Videos (*.mp4 *.mov *.mkv *.webm *.avi *.m4v);;All files (*)"),
            )
        elif source == CHOOSE_WINDOW:
            self.windows.list_and_popup(self.source.mapToGlobal(self.source.rect().bottomLeft()))
            source = ""
        self._set_source(source)

    def _set_source(self, source: str) -> None:
        """Use this source from now on; with none, show the present one again."""
        before = self._app_model.preferences.input
        if source:
            self._app_model.set_input(
                replace(before, source=source, loop=not source.startswith(CAMERA))
            )
        self._show(self._app_model.preferences)

    def _choose_format(self) -> None:
        size, fps = self.camera_format.currentData() or (None, None)
        self._app_model.set_input(replace(self._app_model.preferences.input, size=size, fps=fps))

    def _choose_size(self) -> None:
        self._app_model.set_engine_size(self.model_size.currentData())


class FitButton(IconButton):
    """Mirror, follow, crop or letterbox, rotate."""

    def __init__(self, app_model: AppModel, parent: QWidget | None = None) -> None:
        super().__init__("fit", "", parent=parent)
        self.set_name(self.tr("Mirror, auto framing, crop, rotate"))
        self._app_model = app_model
        menu = QMenu(self)
        self._mirror = menu.addAction(self.tr("Mirror"))
        self._mirror.setCheckable(True)
        self.auto_framing = menu.addAction(self.tr("Auto framing"))
        self.auto_framing.setCheckable(True)
        self.auto_framing.setToolTip(
            self.tr(
                "Follows whoever is in the picture, calmly. Adds a few milliseconds to the delay."
            )
        )
        menu.setToolTipsVisible(True)
        menu.addSeparator()
        self._fits = _choices(
            menu,
            {FitMode.CROP: self.tr("Crop to fill"), FitMode.LETTERBOX: self.tr("Fit with borders")},
        )
        menu.addSeparator()
        rotations = {0: self.tr("No rotation")} | {
            angle: self.tr("Rotate by {0}°").format(angle) for angle in (90, 180, 270)
        }
        self._rotations = _choices(menu, rotations)
        self.setMenu(menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu.triggered.connect(self._on_chosen)
        app_model.preferences_changed.connect(self._show)
        self._show(app_model.preferences)

    def _show(self, preferences: Preferences) -> None:
        self._mirror.setChecked(preferences.input.mirror)
        self.auto_framing.setChecked(preferences.auto_framing)
        self._fits[preferences.input.fit].setChecked(True)
        self._rotations[preferences.input.rotate].setChecked(True)

    def _on_chosen(self) -> None:
        fitted = replace(
            self._app_model.preferences.input,
            mirror=self._mirror.isChecked(),
            fit=next(fit for fit, action in self._fits.items() if action.isChecked()),
            rotate=next(angle for angle, action in self._rotations.items() if action.isChecked()),
        )
        self._app_model.set_input(fitted)
        if self.auto_framing.isChecked() != self._app_model.preferences.auto_framing:
            self._app_model.set_auto_framing(self.auto_framing.isChecked())


def _choices(menu: QMenu, texts: dict[T, str]) -> dict[T, QAction]:
    group = QActionGroup(menu)
    actions = {}
    for value, text in texts.items():
        actions[value] = menu.addAction(QIcon(), text)
        actions[value].setCheckable(True)
        group.addAction(actions[value])
    return actions


def _picker(name: str, effect: str) -> QComboBox:
    picker = QComboBox()
    picker.setAccessibleName(name)
    picker.setToolTip(effect)
    picker.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    picker.setMinimumContentsLength(6)
    picker.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return picker
