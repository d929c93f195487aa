from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.model_store.catalog import Catalog
from engine.model_store.styles import Recognisable, StyleEntry
from gui.widgets.style_wall import StyleWall


def make(qtbot: QtBot, catalog: Catalog) -> StyleWall:
    wall = StyleWall()
    qtbot.addWidget(wall)
    wall.resize(300, 300)
    wall.show_styles(catalog.styles_of("built-in"))
    wall.show()
    return wall


def test_a_click_chooses_and_showing_the_choice_is_silent(qtbot: QtBot, catalog: Catalog) -> None:
    wall = make(qtbot, catalog)
    with qtbot.waitSignal(wall.chosen) as chosen:
        QTest.mouseClick(wall.cards[1], Qt.MouseButton.LeftButton)
    assert chosen.args == ["oil"]
    with qtbot.assertNotEmitted(wall.chosen):
        wall.choose("ink")
    assert [card.name for card in wall.cards if card.isChecked()] == ["ink"]


@pytest.mark.parametrize(
    ("recognisable", "words"),
    [
        (Recognisable.YES, "A face stays recognisable in this style."),
        (Recognisable.PARTLY, "at low strength"),
        (Recognisable.UNKNOWN, "has not been measured"),
    ],
)
def test_a_card_says_whether_a_face_stays_recognisable(
    qtbot: QtBot, recognisable: Recognisable, words: str
) -> None:
    wall = StyleWall()
    qtbot.addWidget(wall)
    style = StyleEntry("x", "X", "built-in", description="Bold.", recognisable=recognisable)
    wall.show_styles([style])
    [card] = wall.cards
    assert card.toolTip() == card.accessibleDescription()
    assert card.toolTip().startswith("Bold.\n")
    assert words in card.toolTip()


def test_the_f_key_turns_the_star_on(qtbot: QtBot, catalog: Catalog) -> None:
    wall = make(qtbot, catalog)
    with qtbot.waitSignal(wall.starred) as starred:
        QTest.keyClick(wall.cards[2], Qt.Key.Key_F)
    assert starred.args == ["ink", True]


def test_filtering_hides_what_does_not_fit(qtbot: QtBot, catalog: Catalog) -> None:
    wall = make(qtbot, catalog)
    assert wall.filter("IN", None) == 1
    assert wall.filter("", ["oil"]) == 1
    assert [card.name for card in wall.cards if card.isVisible()] == ["oil"]


def test_cards_fill_the_width_and_keep_one_size(qtbot: QtBot, catalog: Catalog) -> None:
    wall = make(qtbot, catalog)
    first, second, third, fourth = wall.cards
    assert first.size() == fourth.size()
    assert third.geometry().right() >= 290
    assert third.width() > third.sizeHint().width()
    assert fourth.y() > second.y()


def test_a_new_order_keeps_the_cards(qtbot: QtBot, catalog: Catalog) -> None:
    wall = make(qtbot, catalog)
    before = {card.name: card for card in wall.cards}
    wall.show_styles(tuple(reversed(catalog.styles_of("built-in"))))
    assert [card.name for card in wall.cards] == ["pencil", "ink", "oil", "comic"]
    assert wall.cards[0] is before["pencil"]


def test_a_picture_may_come_before_its_card(qtbot: QtBot, catalog: Catalog) -> None:
    wall = StyleWall()
    qtbot.addWidget(wall)
    red = QPixmap(40, 40)
    red.fill(Qt.GlobalColor.red)
    wall.show_pictures({"comic": red})
    wall.show_styles(catalog.styles_of("built-in"))
    wall.resize(300, 300)
    assert wall.cards[0].grab().toImage().pixelColor(46, 46).red() == 255


def test_without_it_a_style_shows_its_own_again(
    qtbot: QtBot, catalog: Catalog, tmp_path: Path
) -> None:
    red, green = QPixmap(40, 40), QPixmap(40, 40)
    red.fill(Qt.GlobalColor.red)
    green.fill(Qt.GlobalColor.green)
    own = tmp_path / "own.png"
    assert green.save(str(own))
    wall = StyleWall()
    qtbot.addWidget(wall)
    wall.show_styles([replace(catalog.style("built-in", "comic"), thumbnail=own)])
    wall.resize(300, 300)
    for pictures, colour in (({"comic": red}, Qt.GlobalColor.red), ({}, Qt.GlobalColor.green)):
        wall.show_pictures(pictures)
        assert wall.cards[0].grab().toImage().pixelColor(46, 46) == colour
