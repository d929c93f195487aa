from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from engine.video.x11 import WindowInfo
from gui.panes.window_menu import WindowMenu, entries

SLIDES, NOTES = WindowInfo(7, "Slides"), WindowInfo(9, "Notes & plans")


def ask(qtbot: QtBot, menu: WindowMenu) -> list[str]:
    """The words on offer."""
    qtbot.addWidget(menu)
    with qtbot.waitSignal(menu.aboutToShow):
        menu.ask(QPoint(0, 0))
    return [action.text() for action in menu.actions()]


def test_windows_are_offered_by_title(qtbot: QtBot) -> None:
    menu = WindowMenu(lambda: (SLIDES, NOTES))
    assert ask(qtbot, menu) == ["Notes && plans", "Slides"]
    with qtbot.waitSignal(menu.chosen) as told:
        menu.actions()[1].trigger()
    assert told.args == ["window:Slides"]
    menu.close()


def test_two_windows_of_one_title_are_told_apart() -> None:
    same = WindowInfo(8, "Slides")
    assert entries((SLIDES, same)) == [("window:7", "Slides"), ("window:8", "Slides")]


def broken() -> tuple[WindowInfo, ...]:
    raise OSError("no display")


@pytest.mark.parametrize("lister", [tuple, broken], ids=["none", "failed"])
def test_where_there_is_no_window_that_is_said(
    qtbot: QtBot, lister: Callable[[], tuple[WindowInfo, ...]]
) -> None:
    menu = WindowMenu(lister)
    assert ask(qtbot, menu) == ["No window can be filmed here"]
    assert not menu.actions()[0].isEnabled()
    menu.close()
