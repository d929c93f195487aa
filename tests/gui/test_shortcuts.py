"""Every key is declared once, does what it says, and is in the list of shortcuts."""

from __future__ import annotations

from collections import Counter
from functools import partial

import pytest
from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from engine.events import SessionState
from gui.dialogs.kinds import DialogKind
from gui.shell.main_window import MainWindow
from gui.shortcuts import Action, Shortcut, add_actions, add_number_keys, shortcuts
from gui.state.app_model import AppModel
from tests.gui.fakes import FakePublisher, FakeSession

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def plain(qtbot: QtBot) -> QWidget:
    """A window of nothing but keys."""
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    return window


def _combinations(keys: QKeySequence) -> list[QKeyCombination]:
    return [keys[index] for index in range(keys.count())]  # type: ignore[index]


def press(window: QWidget, shortcut: Shortcut) -> None:
    """The shortcut's keys, as a user presses them."""
    (combination,) = _combinations(QKeySequence(shortcut.keys))
    QTest.keyClick(window, combination.key(), combination.keyboardModifiers())


def test_every_action_has_one_shortcut(qapp: QApplication) -> None:
    assert Counter(shortcut.action for shortcut in shortcuts()) == Counter(Action)


def test_no_two_actions_share_their_keys_or_their_name(qapp: QApplication) -> None:
    listed = shortcuts()
    assert len({shortcut.keys for shortcut in listed}) == len(listed)
    assert len({shortcut.text for shortcut in listed}) == len(listed)


@pytest.mark.parametrize("action", Action)
def test_a_key_does_what_its_action_says(plain: QWidget, action: Action) -> None:
    done: list[Action] = []
    add_actions(plain, {each: partial(done.append, each) for each in Action})
    press(plain, next(each for each in shortcuts() if each.action is action))
    assert done == [action]


def test_number_keys_choose_by_their_place(plain: QWidget) -> None:
    chosen: list[int] = []
    add_number_keys(plain, chosen.append, 3)
    for key in (Qt.Key.Key_1, Qt.Key.Key_3, Qt.Key.Key_4):
        QTest.keyClick(plain, key)
    assert chosen == [0, 2]


def test_going_live_and_stopping_is_one_key(
    qtbot: QtBot, window: MainWindow, session: FakeSession
) -> None:
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_L, CTRL)
    qtbot.waitUntil(lambda: session.state is SessionState.STARTING)
    QTest.keyClick(window, Qt.Key.Key_L, CTRL)
    qtbot.waitUntil(lambda: session.state is SessionState.OFF)


def test_panic_needs_no_stream(window: MainWindow, publisher: FakePublisher) -> None:
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_F9)
    QTest.keyClick(window, Qt.Key.Key_F9)
    assert publisher.panics == [True, False]


@pytest.mark.parametrize(
    ("key", "modifier", "kind"),
    [
        (Qt.Key.Key_Comma, CTRL, DialogKind.SETTINGS),
        (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier, DialogKind.SHORTCUTS),
    ],
)
def test_dialogs_are_opened_by_key(
    window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier, kind: DialogKind
) -> None:
    asked: list[DialogKind] = []
    window.dialog_requested.connect(asked.append)
    window.activateWindow()
    QTest.keyClick(window, key, modifier)
    assert asked == [kind]


def test_every_dialog_but_the_download_is_in_the_menu(window: MainWindow) -> None:
    asked: list[DialogKind] = []
    window.dialog_requested.connect(asked.append)
    kept = {window._actions[action] for action in (Action.SIDE_PANEL, Action.FULL_SCREEN)}
    for entry in window.menu_button.menu().actions():
        if entry not in kept and entry is not window._actions[Action.QUIT]:
            entry.trigger()
    assert set(asked) == set(DialogKind) - {DialogKind.MODEL_DOWNLOAD}


def test_the_search_field_takes_the_focus_by_key(qtbot: QtBot, window: MainWindow) -> None:
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_F, CTRL)
    qtbot.waitUntil(window.styles.search.hasFocus)


def test_comparing_is_switched_by_key(window: MainWindow) -> None:
    window.activateWindow()
    for compared in (True, False):
        QTest.keyClick(window, Qt.Key.Key_E, CTRL)
        assert window.preview.compare.isChecked() is compared


def test_a_key_that_is_held_with_another_does_not_peek(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    peeks: list[bool] = []
    monkeypatch.setattr(window.preview, "peek", peeks.append)
    QTest.keyPress(window, Qt.Key.Key_C, CTRL)
    assert peeks == []
    QTest.keyPress(window, Qt.Key.Key_C)
    QTest.keyRelease(window, Qt.Key.Key_C)
    assert peeks == [True, False]


def test_the_full_screen_key_leads_there_and_back(qtbot: QtBot, window: MainWindow) -> None:
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: not window.status.isVisible())
    QTest.keyClick(window, Qt.Key.Key_F11)
    qtbot.waitUntil(window.status.isVisible)


def test_the_window_is_closed_by_key(qtbot: QtBot, window: MainWindow) -> None:
    window.activateWindow()
    with qtbot.waitSignal(window.closed):
        QTest.keyClick(window, Qt.Key.Key_Q, CTRL)


def test_a_number_beyond_the_styles_chooses_none(window: MainWindow, app_model: AppModel) -> None:
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_9)
    assert app_model.preferences.live.style == "comic"
