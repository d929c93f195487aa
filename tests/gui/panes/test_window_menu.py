from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from engine.errors import SourceError
from engine.video.sources.x11 import WindowInfo
from gui.panes.window_menu import WindowMenu, entries

SLIDES, NOTES = WindowInfo(7, "Slides"), WindowInfo(9, "Notes & plans")


@pytest.fixture(autouse=True)
def x11_desktop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)


def ask(qtbot: QtBot, menu: WindowMenu) -> list[str]:
    """The words on offer."""
    qtbot.addWidget(menu)
    with qtbot.waitSignal(menu.aboutToShow):
        menu.list_and_popup(QPoint(0, 0))
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
    assert ask(qtbot, menu) == ["No other window is open"]
    assert not menu.actions()[0].isEnabled()
    menu.close()


def refusing() -> tuple[WindowInfo, ...]:
    raise SourceError("A single window can be filmed on Linux alone.", "Film the screen.")


def test_where_no_window_can_be_filmed_it_says_why_and_what_can(qtbot: QtBot) -> None:
    menu = WindowMenu(refusing)
    why = ["A single window can be filmed on Linux alone.", "Film the screen."]
    assert ask(qtbot, menu) == why
    assert not any(action.isEnabled() for action in menu.actions())
    menu.close()


def test_under_wayland_it_says_which_windows_are_missing(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    menu = WindowMenu(lambda: (SLIDES,))
    assert ask(qtbot, menu)[0] == "Slides"
    assert "Wayland" in menu.actions()[-1].text()
    menu.close()
