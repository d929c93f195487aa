from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.events import SessionState
from gui.features.appearance import Appearance
from gui.state.app_model import AppModel
from gui.state.preferences import ThemeChoice
from gui.text.wording import state_name
from gui.theme.theme import LIGHT, apply_theme, roles


@pytest.fixture
def appearance(qapp: QApplication, app_model: AppModel) -> Iterator[Appearance]:
    appearance = Appearance(qapp, app_model)
    yield appearance
    app_model.update(lambda p: replace(p, theme=ThemeChoice.DARK))
    appearance.deleteLater()
    apply_theme(qapp, Qt.ColorScheme.Dark)


def test_a_chosen_theme_is_applied_at_once(appearance: Appearance, app_model: AppModel) -> None:
    app_model.update(lambda p: replace(p, theme=ThemeChoice.LIGHT))
    assert roles() is LIGHT


def test_a_chosen_language_is_announced_once_it_is_spoken(
    qtbot: QtBot, appearance: Appearance, app_model: AppModel
) -> None:
    with qtbot.waitSignal(appearance.language_changed):
        app_model.update(lambda p: replace(p, language="de"))
    assert state_name(SessionState.OFF) == "Aus"
    with qtbot.waitSignal(appearance.language_changed):
        app_model.update(lambda p: replace(p, language="en"))
    assert state_name(SessionState.OFF) == "Off"


def test_other_preferences_change_no_language(
    qtbot: QtBot, appearance: Appearance, app_model: AppModel
) -> None:
    with qtbot.assertNotEmitted(appearance.language_changed):
        app_model.update(lambda p: replace(p, seed_locked=False))
        QApplication.processEvents()
