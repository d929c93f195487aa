"""The menu of presets: save, apply, export, import, delete."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMenu
from pytestqt.qtbot import QtBot

from engine.errors import EngineError
from engine.model_store.catalog import Catalog
from engine.settings import LiveSettings
from gui.panes.presets_menu import PresetsMenu
from gui.state.app_model import AppModel
from gui.state.presets import SUFFIX, Preset, PresetStore, read_preset, write_preset

SOFT = LiveSettings("oil", strength=0.5, steps=2)


@pytest.fixture
def presets(tmp_path: Path) -> PresetStore:
    return PresetStore(tmp_path)


@pytest.fixture
def menu(qtbot: QtBot, app_model: AppModel, tmp_path: Path) -> PresetsMenu:
    menu = PresetsMenu(app_model, PresetStore(tmp_path / "settings"))
    qtbot.addWidget(menu)
    return menu


@pytest.fixture
def errors(app_model: AppModel) -> list[EngineError | None]:
    found: list[EngineError | None] = []
    app_model.troubled.connect(found.append)
    return found


def trigger(menu: PresetsMenu, text: str) -> None:
    """Open the menu and choose this entry."""
    menu.fill()
    next(action for action in menu.menu().actions() if action.text() == text).trigger()


def texts(menu: PresetsMenu) -> list[str]:
    menu.fill()
    return [action.text() for action in menu.menu().actions() if action.text()]


def test_without_presets_there_is_nothing_to_delete(menu: PresetsMenu) -> None:
    assert texts(menu) == ["Save as preset…", "Export as preset…", "Import a preset…"]


def test_a_saved_preset_is_listed_and_applied(menu: PresetsMenu, app_model: AppModel) -> None:
    app_model.set_live(SOFT)
    menu.save("Soft")
    app_model.set_live(LiveSettings())
    trigger(menu, "Soft")
    assert app_model.preferences.live == SOFT


def test_a_preset_is_saved_under_the_name_that_is_typed(
    menu: PresetsMenu, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("Evening", True))
    trigger(menu, "Save as preset…")
    assert texts(menu)[0] == "Evening"


def test_giving_up_the_name_saves_nothing(
    menu: PresetsMenu, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("Evening", False))
    trigger(menu, "Save as preset…")
    assert "Evening" not in texts(menu)


def test_a_preset_without_a_name_is_refused(
    menu: PresetsMenu, errors: list[EngineError | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("  ", True))
    trigger(menu, "Save as preset…")
    assert [str(error) for error in errors] == ["A preset needs a name. Enter one."]


@pytest.mark.parametrize("typed", ["mine", f"mine{SUFFIX}"])
def test_an_exported_preset_has_its_ending_once(
    menu: PresetsMenu, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_, **__: (str(tmp_path / typed), "")
    )
    trigger(menu, "Export as preset…")
    assert read_preset(tmp_path / f"mine{SUFFIX}") == menu.current("mine")


def test_a_folder_that_cannot_be_written_to_is_reported(
    menu: PresetsMenu,
    errors: list[EngineError | None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "file").touch()
    path = str(tmp_path / "file" / "mine")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (path, ""))
    trigger(menu, "Export as preset…")
    assert [error.template for error in errors if error] == [
        "The preset could not be saved: {reason}."
    ]


def test_a_shared_preset_is_kept_and_applied(
    menu: PresetsMenu, app_model: AppModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"shared{SUFFIX}"
    write_preset(path, Preset("Shared", live=SOFT))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (str(path), ""))
    trigger(menu, "Import a preset…")
    assert app_model.preferences.live == SOFT
    assert texts(menu)[0] == "Shared"


def test_a_file_that_is_no_preset_is_reported(
    menu: PresetsMenu,
    errors: list[EngineError | None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "odd.json").write_text("[]")
    chosen = str(tmp_path / "odd.json")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (chosen, ""))
    trigger(menu, "Import a preset…")
    assert [error.message for error in errors if error] == ["'odd.json' is not a preset."]


@pytest.mark.parametrize("dialog", ["getSaveFileName", "getOpenFileName"])
def test_giving_up_the_choice_of_a_file_does_nothing(
    menu: PresetsMenu,
    errors: list[EngineError | None],
    monkeypatch: pytest.MonkeyPatch,
    dialog: str,
) -> None:
    monkeypatch.setattr(QFileDialog, dialog, lambda *_, **__: ("", ""))
    trigger(menu, "Export as preset…" if dialog == "getSaveFileName" else "Import a preset…")
    assert errors == []


def test_a_preset_of_another_model_changes_the_model(
    menu: PresetsMenu, app_model: AppModel
) -> None:
    menu.apply(Preset("Words", "words", LiveSettings("free", prompt="a cat")))
    assert app_model.preferences.build.model == "words"
    assert app_model.preferences.live.prompt == "a cat"


def test_a_deleted_preset_is_gone(menu: PresetsMenu) -> None:
    menu.save("Soft")
    menu.fill()
    delete = next(a for a in menu.menu().actions() if a.text() == "Delete a preset")
    submenu = delete.menu()
    assert isinstance(submenu, QMenu)
    submenu.actions()[0].trigger()
    assert "Soft" not in texts(menu)


def test_presets_are_listed_by_name_whatever_their_case(presets: PresetStore) -> None:
    for name in ("b", "A", "c"):
        presets.save(Preset(name))
    assert [preset.name for preset in presets.all()] == ["A", "b", "c"]


def test_a_preset_of_an_older_version_is_listed_and_replaced_when_saved(
    presets: PresetStore, tmp_path: Path
) -> None:
    write_preset(tmp_path / "looks" / "Old.look.json", Preset("Old", live=SOFT))
    (old,) = presets.all()
    presets.save(replace(old, live=LiveSettings()))
    assert [preset.live for preset in presets.all()] == [LiveSettings()]
    assert list((tmp_path / "looks").iterdir()) == []


@pytest.fixture
def catalog(catalog: Catalog) -> Catalog:
    """The built-in model once had a poster style."""
    built_in, *others = catalog.models
    return replace(catalog, models=(replace(built_in, retired={"poster": "ink"}), *others))


def test_a_preset_of_a_removed_style_is_applied_with_the_nearest_one(
    menu: PresetsMenu, app_model: AppModel, errors: list[EngineError | None]
) -> None:
    menu.apply(Preset("Old", live=replace(SOFT, style="poster")))
    assert app_model.preferences.live == replace(SOFT, style="ink")
    (told,) = errors
    assert told is not None
    assert told.message == "The style poster has been removed; ink is used instead."
