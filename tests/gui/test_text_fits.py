"""Nothing is cut off, in no language and at no size."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.engine_link.camera_list import CameraList
from gui.features.recording import RecordingController
from gui.shell.main_window import MainWindow
from gui.state.app_model import AppModel
from gui.text.languages import LANGUAGES, Languages
from tests.gui.fakes import FakeSession, stats

KINDS = (QPushButton, QToolButton, QLabel, QComboBox)


@pytest.fixture
def speak(qapp: QApplication) -> Iterator[Callable[[str], str]]:
    languages = Languages(qapp)
    yield languages.use
    languages.use("en")


def place(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size())


def shown(window: QWidget) -> list[QWidget]:
    return [w for w in window.findChildren(QWidget) if isinstance(w, KINDS) and w.isVisible()]


def cut_off(widget: QWidget) -> bool:
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.height() < widget.heightForWidth(widget.width())
    has_words = bool(getattr(widget, "text", str)())
    return has_words and widget.width() < widget.sizeHint().width()


@pytest.mark.parametrize("code", list(LANGUAGES))
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (900, 600), (800, 1000), (640, 480)])
def test_words_fit_and_nothing_overlaps(
    qtbot: QtBot,
    speak: Callable[[str], str],
    app_model: AppModel,
    recordings: RecordingController,
    cameras: CameraList,
    session: FakeSession,
    code: str,
    width: int,
    height: int,
) -> None:
    speak(code)
    window = MainWindow(app_model, recordings, cameras)
    qtbot.addWidget(window)
    window.resize(width, height)
    window.show()
    app_model.go_live()
    session.go_live()
    session.listener(stats())
    qtbot.waitUntil(lambda: app_model.state.live)
    qtbot.wait(50)
    widgets = shown(window)
    assert [getattr(widget, "text", str)() for widget in widgets if cut_off(widget)] == []
    sizes = window.source.model_size
    assert not sizes.isVisible() or sizes.width() >= sizes.sizeHint().width()
    boxes = [(w, place(w, window)) for w in widgets if not isinstance(w.parentWidget(), KINDS)]
    overlapping = [
        (one.accessibleName(), other.accessibleName())
        for (one, here), (other, there) in combinations(boxes, 2)
        if here.intersects(there)
    ]
    assert overlapping == []
    assert (window.width(), window.height()) == (width, height)


def test_in_a_small_window_a_row_of_styles_and_of_settings_is_left_of_each(
    qtbot: QtBot, app_model: AppModel, recordings: RecordingController, cameras: CameraList
) -> None:
    app_model.update(
        lambda p: replace(p, layout=replace(app_model.preferences.layout, details_shown=True))
    )
    window = MainWindow(app_model, recordings, cameras)
    qtbot.addWidget(window)
    window.resize(900, 600)
    window.show()
    qtbot.waitExposed(window)
    card, slider = window.styles.wall.cards[0], window.controls.sliders.strength
    for widget in (card, slider):
        assert widget.visibleRegion().boundingRect().size() == widget.size()


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_opened_settings_fit_into_a_narrow_side(
    qtbot: QtBot,
    speak: Callable[[str], str],
    app_model: AppModel,
    recordings: RecordingController,
    cameras: CameraList,
    code: str,
) -> None:
    speak(code)
    app_model.update(
        lambda p: replace(p, layout=replace(app_model.preferences.layout, details_shown=True))
    )
    window = MainWindow(app_model, recordings, cameras)
    qtbot.addWidget(window)
    window.resize(900, 600)
    window.show()
    qtbot.waitExposed(window)
    rows = window.controls.findChild(QScrollArea)
    assert rows is not None
    inner = rows.widget()
    assert inner is not None
    assert inner.width() <= rows.viewport().width()
    assert inner.minimumSizeHint().width() <= rows.viewport().width()
