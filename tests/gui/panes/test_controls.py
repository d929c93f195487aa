from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QSlider, QWidget
from pytestqt.qtbot import QtBot

from engine.settings import LiveSettings
from gui.looks import Look, LookStore, write_look
from gui.panes.controls import ControlsPane, PromptRow, SeedRow
from gui.panes.looks import LooksMenu
from gui.studio import Studio
from gui.window import MainWindow
from tests.gui.fakes import FakeSession


@pytest.fixture
def pane(qtbot: QtBot, studio: Studio) -> ControlsPane:
    pane = ControlsPane(studio)
    qtbot.addWidget(pane)
    pane.show()
    return pane


def test_each_slider_changes_its_setting_at_once(pane: ControlsPane, session: FakeSession) -> None:
    lowest = {"strength": 0.2, "structure": 0.0, "smoothness": 0.0, "steadiness": 0.0, "steps": 1}
    for name, slider in pane.sliders.items():
        handle = slider.findChild(QSlider)
        assert handle is not None
        QTest.keyClick(handle, Qt.Key.Key_End)
        QTest.keyClick(handle, Qt.Key.Key_Home)
        assert getattr(session.applied[-1], name) == lowest[name]


def test_what_is_set_elsewhere_is_shown(pane: ControlsPane, studio: Studio) -> None:
    studio.set_live(LiveSettings(strength=0.35, steps=4))
    assert pane.sliders["strength"].value() == 0.35
    assert pane.sliders["steps"].value() == 4


def test_the_prompt_is_only_there_for_models_that_take_one(
    qtbot: QtBot, pane: ControlsPane, studio: Studio
) -> None:
    row = pane.findChild(PromptRow)
    assert row is not None
    assert not row.isVisible()
    studio.set_build(replace(studio.preferences.build, model="words"))
    assert row.isVisible()


def test_a_prompt_counts_when_the_typing_pauses(qtbot: QtBot) -> None:
    row = PromptRow()
    qtbot.addWidget(row)
    line = row.findChild(QLineEdit)
    assert line is not None
    told: list[str] = []
    row.edited.connect(told.append)
    QTest.keyClicks(line, "a fox")
    row.show_words("something else")
    qtbot.waitUntil(lambda: told == ["a fox"])
    assert line.text() == "a fox"


def test_the_dice_throws_and_the_lock_keeps(qtbot: QtBot, studio: Studio) -> None:
    row = SeedRow("Seed")
    qtbot.addWidget(row)
    with qtbot.waitSignal(row.edited):
        row.dice.click()
    with qtbot.waitSignal(row.locked) as locked:
        row.lock.click()
    assert locked.args == [True]


def test_the_seed_goes_back_to_the_usual_one(qtbot: QtBot) -> None:
    row = SeedRow("Seed")
    qtbot.addWidget(row)
    row.show_seed(7, locked=True)
    assert row.reset.isEnabled()
    with qtbot.waitSignal(row.edited) as edited:
        row.reset.click()
    assert edited.args == [LiveSettings().seed]
    row.show_seed(LiveSettings().seed, locked=True)
    assert not row.reset.isEnabled()


def test_more_is_opened_and_remembered(pane: ControlsPane, studio: Studio) -> None:
    assert not pane.sliders["steps"].isVisible()
    pane.more.click()
    assert pane.sliders["steps"].isVisible()
    assert studio.preferences.layout.details_shown


@pytest.fixture
def looks(qtbot: QtBot, studio: Studio, tmp_path: Path) -> LooksMenu:
    menu = LooksMenu(studio, LookStore(tmp_path / "looks"))
    qtbot.addWidget(menu)
    return menu


def test_a_saved_look_brings_everything_back(
    looks: LooksMenu, studio: Studio, session: FakeSession
) -> None:
    wanted = LiveSettings("ink", strength=0.6, structure=0.4, seed=11)
    studio.set_live(wanted)
    looks.save("Sunday")
    studio.set_live(LiveSettings())
    looks.fill()
    next(action for action in looks.menu().actions() if action.text() == "Sunday").trigger()
    assert session.applied[-1] == wanted


def test_a_shared_look_is_applied_and_kept(
    looks: LooksMenu, studio: Studio, tmp_path: Path
) -> None:
    path = tmp_path / "fox.look.json"
    write_look(path, Look("Fox", live=LiveSettings("oil", strength=0.3)))
    looks.take_over(path)
    assert studio.preferences.live.strength == 0.3
    looks.fill()
    assert "Fox" in [action.text() for action in looks.menu().actions()]


def test_a_look_whose_style_is_gone_is_said_and_changes_nothing(
    qtbot: QtBot, looks: LooksMenu, studio: Studio
) -> None:
    with qtbot.waitSignal(studio.troubled) as told:
        looks.apply(Look("Old", live=LiveSettings("vanished")))
    assert told.args is not None
    assert "vanished" in str(told.args[0])
    assert studio.preferences.live.style == "comic"


def test_opened_settings_get_the_room_that_they_need(qtbot: QtBot, window: MainWindow) -> None:
    QTest.mouseClick(window.controls.more, Qt.MouseButton.LeftButton)
    first, last = (window.controls.sliders[name] for name in ("strength", "steps"))
    qtbot.waitUntil(lambda: all(_whole(slider) for slider in (first, last)))


def _whole(widget: QWidget) -> bool:
    return widget.visibleRegion().boundingRect().size() == widget.size()
