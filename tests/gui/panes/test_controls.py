from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QSlider, QWidget
from pytestqt.qtbot import QtBot

from engine.model_store.catalog import Catalog
from engine.settings import LiveSettings
from gui.panes.controls import ControlsPane
from gui.panes.presets_menu import PresetsMenu
from gui.shell.main_window import MainWindow
from gui.state.app_model import AppModel
from gui.state.preferences import Preferences, PreferenceStore
from gui.state.presets import Preset, PresetStore, write_preset
from gui.widgets.prompt_row import PromptRow
from gui.widgets.seed_row import SeedRow
from tests.gui.fakes import FakeSession


@pytest.fixture
def pane(qtbot: QtBot, app_model: AppModel) -> ControlsPane:
    pane = ControlsPane(app_model)
    qtbot.addWidget(pane)
    pane.show()
    return pane


def test_each_slider_changes_its_setting_at_once(pane: ControlsPane, session: FakeSession) -> None:
    lowest = {
        "strength": 0.2,
        "structure": 0.0,
        "noise_consistency": 0.0,
        "flicker_reduction": 0.0,
        "steps": 1,
    }
    for name, value in lowest.items():
        handle = getattr(pane.sliders, name).findChild(QSlider)
        assert handle is not None
        QTest.keyClick(handle, Qt.Key.Key_End)
        QTest.keyClick(handle, Qt.Key.Key_Home)
        assert getattr(session.applied[-1], name) == value


@pytest.mark.parametrize("gains", [True, False])
def test_steps_are_offered_where_they_make_a_difference(
    qtbot: QtBot, store: PreferenceStore, catalog: Catalog, app_model: AppModel, gains: bool
) -> None:
    models = tuple(replace(model, gains_by_steps=gains) for model in catalog.models)
    store.save(replace(Preferences(), live=LiveSettings("comic", steps=3)))
    other = AppModel(app_model.bridge, app_model.camera, store, replace(catalog, models=models))
    pane = ControlsPane(other)
    qtbot.addWidget(pane)
    assert pane.sliders.steps.isHidden() is not gains
    assert other.preferences.live.steps == (3 if gains else 1)


def test_what_is_set_elsewhere_is_shown(pane: ControlsPane, app_model: AppModel) -> None:
    app_model.set_live(LiveSettings(strength=0.35, steps=4))
    assert pane.sliders.strength.value() == 0.35
    assert pane.sliders.steps.value() == 4


def test_the_prompt_is_only_there_for_models_that_take_one(
    qtbot: QtBot, pane: ControlsPane, app_model: AppModel
) -> None:
    row = pane.findChild(PromptRow)
    assert row is not None
    assert not row.isVisible()
    app_model.set_build(replace(app_model.preferences.build, model="words"))
    assert row.isVisible()


def test_a_prompt_counts_when_the_typing_pauses(qtbot: QtBot) -> None:
    row = PromptRow()
    qtbot.addWidget(row)
    line = row.findChild(QLineEdit)
    assert line is not None
    told: list[str] = []
    row.edited.connect(told.append)
    QTest.keyClicks(line, "a fox")
    row.show_text("something else")
    qtbot.waitUntil(lambda: told == ["a fox"])
    assert line.text() == "a fox"


def test_the_dice_draws_a_new_seed_and_the_lock_keeps_it(qtbot: QtBot) -> None:
    row = SeedRow("Seed", 0, lambda: 42)
    qtbot.addWidget(row)
    with qtbot.waitSignal(row.edited) as edited:
        row.dice.click()
    assert edited.args == [42]
    with qtbot.waitSignal(row.locked) as locked:
        row.lock.click()
    assert locked.args == [True]


def test_the_seed_goes_back_to_the_default(qtbot: QtBot) -> None:
    row = SeedRow("Seed", 5, lambda: 42)
    qtbot.addWidget(row)
    row.show_seed(7, locked=True)
    assert row.reset.isEnabled()
    with qtbot.waitSignal(row.edited) as edited:
        row.reset.click()
    assert edited.args == [5]
    row.show_seed(5, locked=True)
    assert not row.reset.isEnabled()


def test_more_is_opened_and_remembered(pane: ControlsPane, app_model: AppModel) -> None:
    assert not pane.sliders.steps.isVisible()
    pane.more.click()
    assert pane.sliders.steps.isVisible()
    assert app_model.preferences.layout.details_shown


@pytest.fixture
def presets(qtbot: QtBot, app_model: AppModel, tmp_path: Path) -> PresetsMenu:
    menu = PresetsMenu(app_model, PresetStore(tmp_path))
    qtbot.addWidget(menu)
    return menu


def test_a_saved_preset_brings_everything_back(
    presets: PresetsMenu, app_model: AppModel, session: FakeSession
) -> None:
    wanted = LiveSettings("ink", strength=0.6, structure=0.4, seed=11)
    app_model.set_live(wanted)
    presets.save("Sunday")
    app_model.set_live(LiveSettings())
    presets.fill()
    next(action for action in presets.menu().actions() if action.text() == "Sunday").trigger()
    assert session.applied[-1] == wanted


def test_a_shared_preset_is_applied_and_kept(
    presets: PresetsMenu, app_model: AppModel, tmp_path: Path
) -> None:
    path = tmp_path / "fox.look.json"
    write_preset(path, Preset("Fox", live=LiveSettings("oil", strength=0.3)))
    presets.import_file(path)
    assert app_model.preferences.live.strength == 0.3
    presets.fill()
    assert "Fox" in [action.text() for action in presets.menu().actions()]


def import_preset(presets: PresetsMenu, tmp_path: Path, strength: float) -> None:
    path = tmp_path / "fox.preset.json"
    write_preset(path, Preset("Fox", live=LiveSettings("oil", strength=strength)))
    presets.import_file(path)


def test_a_shared_preset_that_lowers_the_strength_says_so(
    qtbot: QtBot, presets: PresetsMenu, app_model: AppModel, tmp_path: Path
) -> None:
    app_model.set_live(LiveSettings(strength=0.8))
    with qtbot.waitSignal(app_model.troubled) as told:
        import_preset(presets, tmp_path, 0.2)
    assert told.args is not None
    assert "Fox has lowered the strength from 0.80 to 0.20" in str(told.args[0])
    assert app_model.preferences.live.strength == 0.2


def test_a_shared_preset_that_keeps_the_strength_says_nothing(
    qtbot: QtBot, presets: PresetsMenu, app_model: AppModel, tmp_path: Path
) -> None:
    app_model.set_live(LiveSettings(strength=0.8))
    with qtbot.assertNotEmitted(app_model.troubled):
        import_preset(presets, tmp_path, 0.8)


def test_a_preset_whose_style_is_gone_is_said_and_changes_nothing(
    qtbot: QtBot, presets: PresetsMenu, app_model: AppModel
) -> None:
    with qtbot.waitSignal(app_model.troubled) as told:
        presets.apply(Preset("Old", live=LiveSettings("vanished")))
    assert told.args is not None
    assert "vanished" in str(told.args[0])
    assert app_model.preferences.live.style == "comic"


def test_opened_settings_get_the_room_that_they_need(qtbot: QtBot, window: MainWindow) -> None:
    QTest.mouseClick(window.controls.more, Qt.MouseButton.LeftButton)
    first, last = window.controls.sliders.strength, window.controls.sliders.steps
    qtbot.waitUntil(lambda: all(_whole(slider) for slider in (first, last)))


def _whole(widget: QWidget) -> bool:
    return widget.visibleRegion().boundingRect().size() == widget.size()
