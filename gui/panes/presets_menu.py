"""The menu of presets: save, apply, export, import, delete."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QInputDialog, QMenu, QToolButton, QWidget

from engine.errors import EngineError, SettingError
from engine.paths import config_dir
from gui.state.app_model import AppModel
from gui.state.presets import (
    FORMER_SUFFIX,
    SUFFIX,
    Preset,
    PresetStore,
    read_preset,
    write_preset,
)
from gui.widgets.icon_button import IconButton


class PresetsMenu(IconButton):
    """A button that opens the list of the user's presets."""

    def __init__(
        self, app_model: AppModel, store: PresetStore | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__("presets", "", with_text=True, parent=parent)
        self.set_name(self.tr("Presets"))
        self.setText(self.tr("Presets"))
        self._app_model = app_model
        self._store = store or PresetStore(config_dir())
        self._filter = self.tr("Presets ({0})")
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self.fill)
        self.setMenu(self._menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def fill(self) -> None:
        """List the presets that exist now."""
        menu, presets = self._menu, self._store.all()
        menu.clear()
        for preset in presets:
            menu.addAction(preset.name, partial(self.apply, preset))
        menu.addSeparator()
        menu.addAction(self.tr("Save as preset…"), self._ask_to_save)
        menu.addAction(self.tr("Export as preset…"), self._ask_to_export)
        menu.addAction(self.tr("Import a preset…"), self._ask_to_import)
        if presets:
            delete = menu.addMenu(self.tr("Delete a preset"))
            for preset in presets:
                delete.addAction(preset.name, partial(self.remove, preset.name))

    def current(self, name: str) -> Preset:
        """The present settings as a preset of this name."""
        preferences = self._app_model.preferences
        return Preset(name, preferences.build.model, preferences.live)

    def apply(self, preset: Preset) -> None:
        """Set everything as in the preset; a model or style that no longer exists is reported."""
        self._try(partial(self._apply, preset))

    def save(self, name: str) -> None:
        """Keep the present settings under a name."""
        self._try(lambda: self._store.save(self.current(name)))

    def remove(self, name: str) -> None:
        """Delete a preset."""
        self._try(lambda: self._store.remove(name))

    def import_file(self, path: Path) -> None:
        """Keep and apply a preset that somebody shared; says so where it lowers the strength.

        Raises SettingError.
        """
        preset = read_preset(path)
        before = self._app_model.preferences.live.strength
        self._store.save(preset)
        self._apply(preset)
        if preset.live.strength < before:
            self._app_model.report(_lowered(preset, before))

    def _apply(self, preset: Preset) -> None:
        app_model = self._app_model
        live, removed = app_model.catalog.with_current_styles(preset.model, preset.live)
        app_model.catalog.check(preset.model, live)
        if preset.model != app_model.preferences.build.model:
            app_model.set_build(replace(app_model.preferences.build, model=preset.model))
        app_model.set_live(live)
        if removed is not None:
            app_model.report(removed)

    def _ask_to_save(self) -> None:
        name, given = QInputDialog.getText(self, self.tr("Save as preset"), self.tr("Name"))
        if given:
            self.save(name)

    def _ask_to_export(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export as preset"), f"preset{SUFFIX}", self._filter.format(f"*{SUFFIX}")
        )
        if name:
            path = Path(name.removesuffix(SUFFIX) + SUFFIX)
            preset = self.current(path.name.removesuffix(SUFFIX))
            self._try(lambda: write_preset(path, preset))

    def _ask_to_import(self) -> None:
        readable = self._filter.format(f"*{SUFFIX} *{FORMER_SUFFIX}")
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Import a preset"), filter=readable)
        if name:
            self._try(lambda: self.import_file(Path(name)))

    def _try(self, work: Callable[[], None]) -> None:
        try:
            work()
        except EngineError as error:
            self._app_model.report(error)


def _lowered(preset: Preset, before: float) -> SettingError:
    return SettingError(
        "The preset {name} has lowered the strength from {before:.2f} to {after:.2f}.",
        "The picture is now closer to your camera's; raise the strength if you do not want that.",
        name=preset.name,
        before=before,
        after=preset.live.strength,
    )
