import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.settings import Blend
from gui.panes.styles import StylesPane
from gui.state.app_model import AppModel
from tests.gui.fakes import FakeSession


@pytest.fixture
def pane(qtbot: QtBot, app_model: AppModel) -> StylesPane:
    pane = StylesPane(app_model)
    qtbot.addWidget(pane)
    pane.resize(340, 400)
    pane.show()
    return pane


def shown(pane: StylesPane) -> list[str]:
    return [card.name for card in pane.wall.cards if card.isVisible()]


def test_searching_shows_what_matches(pane: StylesPane) -> None:
    QTest.keyClicks(pane.search, "in")
    assert shown(pane) == ["ink"]
    QTest.keyClicks(pane.search, "zzz")
    assert shown(pane) == []


def test_only_favourites_on_wish(pane: StylesPane, app_model: AppModel) -> None:
    app_model.set_favourite("oil", True)
    pane.favourites_only.click()
    assert shown(pane) == ["oil"]


def test_two_styles_are_blended_with_one_slider(
    pane: StylesPane, app_model: AppModel, session: FakeSession
) -> None:
    second = pane.blend.second
    index = second.findData("ink")
    second.setCurrentIndex(index)
    second.activated.emit(index)
    assert session.applied[-1].blend == Blend("ink", 0.5)
    assert pane.blend.amount.isVisible()
    pane.blend.amount.edited.emit(0.8)
    assert app_model.preferences.live.blend is not None


def test_the_chosen_style_cannot_be_blended_with_itself(
    pane: StylesPane, app_model: AppModel
) -> None:
    app_model.choose_style("ink")
    assert pane.blend.second.findData("ink") == -1
    assert pane.blend.second.findData("comic") >= 0


def test_one_button_asks_for_my_own_picture_and_goes_back(qtbot: QtBot, pane: StylesPane) -> None:
    for wanted in (True, False):
        with qtbot.waitSignal(pane.own_pictures_toggled) as asked:
            QTest.mouseClick(pane.own_pictures, Qt.MouseButton.LeftButton)
        assert asked.args == [wanted]
        pane.show_pictures({}, wanted=wanted)


def test_a_wish_for_pictures_that_came_to_nothing_lets_the_button_go(pane: StylesPane) -> None:
    QTest.mouseClick(pane.own_pictures, Qt.MouseButton.LeftButton)
    pane.show_pictures({}, wanted=False)
    assert not pane.own_pictures.isChecked()
