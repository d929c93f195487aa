"""Every key and what it does, once: for the window, the tray and the list of shortcuts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

PEEK_KEY = Qt.Key.Key_C
"""Held down, it shows the camera picture."""


@dataclass(frozen=True, slots=True)
class Shortcut:
    """name: for code and tests. words: for people. keys: in Qt's portable form."""

    name: str
    text: str
    keys: str


def shortcuts() -> tuple[Shortcut, ...]:
    """What can be done by key, in the order of the list of shortcuts."""
    translate = QCoreApplication.translate
    return (
        Shortcut("toggle", translate("actions", "Go live or stop"), "Ctrl+L"),
        Shortcut("panic", translate("actions", "Panic, or release"), "F9"),
        Shortcut("snapshot", translate("actions", "Save a snapshot"), "Ctrl+S"),
        Shortcut("record", translate("actions", "Record, or stop recording"), "Ctrl+R"),
        Shortcut("compare", translate("actions", "Compare with the camera picture"), "Ctrl+E"),
        Shortcut("full_screen", translate("actions", "Full screen"), "F11"),
        Shortcut("side", translate("actions", "Hide or show the side"), "F6"),
        Shortcut("search", translate("actions", "Search the styles"), "Ctrl+F"),
        Shortcut("settings", translate("actions", "Settings"), "Ctrl+,"),
        Shortcut("shortcuts", translate("actions", "Keyboard shortcuts"), "F1"),
        Shortcut("quit", translate("actions", "Quit"), "Ctrl+Q"),
    )


def add_actions(window: QWidget, handlers: dict[str, Callable[[], object]]) -> dict[str, QAction]:
    """Give the window an action for every verb that has a handler."""
    actions = {}
    for shortcut in shortcuts():
        action = QAction(shortcut.text, window)
        action.setShortcut(QKeySequence(shortcut.keys))
        action.triggered.connect(lambda _checked, do=handlers[shortcut.name]: do())
        window.addAction(action)
        actions[shortcut.name] = action
    return actions


def add_number_keys(window: QWidget, choose: Callable[[int], object], count: int) -> None:
    """The keys 1, 2, … choose; a text field that has the focus keeps its digits."""
    for index in range(count):
        action = QAction(window)
        action.setShortcut(QKeySequence(str(index + 1)))
        action.triggered.connect(lambda _checked, chosen=index: choose(chosen))
        window.addAction(action)
