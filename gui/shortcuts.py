"""Every keyboard shortcut, declared once: for the window and the list of shortcuts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

PEEK_KEY = Qt.Key.Key_C
"""Shows the camera picture while it is held down."""


class Action(Enum):
    """What can be done by key."""

    TOGGLE_LIVE = "toggle live"
    TOGGLE_PANIC = "toggle panic"
    SNAPSHOT = "snapshot"
    TOGGLE_RECORDING = "toggle recording"
    COMPARE = "compare"
    FULL_SCREEN = "full screen"
    SIDE_PANEL = "side panel"
    SEARCH = "search"
    SETTINGS = "settings"
    SHORTCUTS = "shortcuts"
    QUIT = "quit"


@dataclass(frozen=True, slots=True)
class Shortcut:
    """An action, its name for people, and its keys in Qt's portable notation."""

    action: Action
    text: str
    keys: str


def shortcuts() -> tuple[Shortcut, ...]:
    """Every action that has keys, in the order of the list of shortcuts."""
    translate = QCoreApplication.translate
    return (
        Shortcut(Action.TOGGLE_LIVE, translate("actions", "Go live or stop"), "Ctrl+L"),
        Shortcut(Action.TOGGLE_PANIC, translate("actions", "Panic or release"), "F9"),
        Shortcut(Action.SNAPSHOT, translate("actions", "Save a snapshot"), "Ctrl+S"),
        Shortcut(
            Action.TOGGLE_RECORDING, translate("actions", "Start or stop recording"), "Ctrl+R"
        ),
        Shortcut(Action.COMPARE, translate("actions", "Compare with the camera picture"), "Ctrl+E"),
        Shortcut(Action.FULL_SCREEN, translate("actions", "Full screen"), "F11"),
        Shortcut(Action.SIDE_PANEL, translate("actions", "Show or hide the side panel"), "F6"),
        Shortcut(Action.SEARCH, translate("actions", "Search the styles"), "Ctrl+F"),
        Shortcut(Action.SETTINGS, translate("actions", "Settings"), "Ctrl+,"),
        Shortcut(Action.SHORTCUTS, translate("actions", "Keyboard shortcuts"), "F1"),
        Shortcut(Action.QUIT, translate("actions", "Quit"), "Ctrl+Q"),
    )


def add_actions(
    window: QWidget, handlers: Mapping[Action, Callable[[], object]]
) -> dict[Action, QAction]:
    """Give the window a Qt action for each of its own; every one has a handler."""
    actions = {}
    for shortcut in shortcuts():
        action = QAction(shortcut.text, window)
        action.setShortcut(QKeySequence(shortcut.keys))
        action.triggered.connect(lambda _checked, do=handlers[shortcut.action]: do())
        window.addAction(action)
        actions[shortcut.action] = action
    return actions


def add_number_keys(window: QWidget, choose: Callable[[int], object], count: int) -> None:
    """Let the keys 1, 2, … choose; a text field with the focus still receives its digits."""
    for index in range(count):
        action = QAction(window)
        action.setShortcut(QKeySequence(str(index + 1)))
        action.triggered.connect(lambda _checked, chosen=index: choose(chosen))
        window.addAction(action)
