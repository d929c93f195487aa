"""The menu of looks: save, apply, export, import."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QInputDialog, QMenu, QToolButton, QWidget

from engine.errors import EngineError
from engine.paths import config_dir
from gui.state.app_model import AppModel
from gui.state.presets import SUFFIX, Preset, PresetStore, read_preset, write_preset
from gui.widgets.icon_button import IconButton


class PresetsMenu(IconButton):
    """A button with the user's looks below it."""

    def __init__(
        self, app_model: AppModel, store: PresetStore | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__("looks", "", wordy=True, parent=parent)
        self.set_name(self.tr("Looks"))
        self.setText(self.tr("Looks"))
        self._app_model = app_model
        self._store = store or PresetStore(config_dir() / "looks")
        self._filter = self.tr("Looks (*{0})").format(SUFFIX)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self.fill)
        self.setMenu(self._menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def fill(self) -> None:
        """List what there is now."""
        menu, presets = self._menu, self._store.all()
        menu.clear()
        for look in presets:
            menu.addAction(look.name, partial(self.apply, look))
        menu.addSeparator()
        menu.addAction(self.tr("Save this look…"), self._ask_to_save)
        menu.addAction(self.tr("Export this look…"), self._ask_to_export)
        menu.addAction(self.tr("Import a look…"), self._ask_to_import)
        if presets:
            forget = menu.addMenu(self.tr("Forget a look"))
            for look in presets:
                forget.addAction(look.name, partial(self._store.remove, look.name))

    def current(self, name: str) -> Preset:
        """What is set now, under a name."""
        wish = self._app_model.preferences
        return Preset(name, wish.build.model, wish.live)

    def apply(self, look: Preset) -> None:
        """Set everything as the look has it; a model or style that is gone is reported."""
        self._try(partial(self._apply, look))

    def save(self, name: str) -> None:
        """Keep what is set now under a name."""
        self._try(lambda: self._store.save(self.current(name)))

    def import_file(self, path: Path) -> None:
        """Keep and apply a look that somebody shared."""
        look = read_preset(path)
        self._store.save(look)
        self._apply(look)

    def _apply(self, look: Preset) -> None:
        app_model = self._app_model
        app_model.catalog.check(look.model, look.live)
        if look.model != app_model.preferences.build.model:
            app_model.set_build(replace(app_model.preferences.build, model=look.model))
        app_model.set_live(look.live)

    def _ask_to_save(self) -> None:
        name, given = QInputDialog.getText(self, self.tr("Save this look"), self.tr("Name"))
        if given:
            self.save(name)

    def _ask_to_export(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export this look"), f"look{SUFFIX}", self._filter
        )
        if name:
            path = Path(name.removesuffix(SUFFIX) + SUFFIX)
            look = self.current(path.name.removesuffix(SUFFIX))
            self._try(lambda: write_preset(path, look))

    def _ask_to_import(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Import a look"), filter=self._filter)
        if name:
            self._try(lambda: self.import_file(Path(name)))

    def _try(self, work: Callable[[], None]) -> None:
        try:
            work()
        except EngineError as error:
            self._app_model.report(error)
