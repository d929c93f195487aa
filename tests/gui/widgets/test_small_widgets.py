"""Rows, badges and bars: what they show, and what they report when the user changes them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QPixmap, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QSlider, QSpinBox, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from engine.model_store.styles import StyleEntry
from engine.settings import MAX_SEED, Blend
from gui.widgets.blend_row import BlendRow
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.latency_graph import LatencyGraph, LatencySample
from gui.widgets.message_bar import Message, MessageBar
from gui.widgets.overlay import Notice, OverlayBadge
from gui.widgets.prompt_row import PromptRow
from gui.widgets.seed_row import LARGEST_SEED, SeedRow
from gui.widgets.setting_slider import Scale, SettingSlider
from gui.widgets.status_indicator import IndicatorShape, StatusIndicator
from gui.widgets.style_card import StyleCard

LEFT = Qt.MouseButton.LeftButton
STYLES = tuple(StyleEntry(name, name.title(), "m") for name in ("comic", "oil", "ink"))


def shown(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitExposed(widget)


@pytest.fixture
def prompt(qtbot: QtBot) -> PromptRow:
    row = PromptRow()
    shown(qtbot, row)
    return row


@pytest.fixture
def seed(qtbot: QtBot) -> SeedRow:
    row = SeedRow("Seed", 0, lambda: 77)
    shown(qtbot, row)
    return row


@pytest.fixture
def blend(qtbot: QtBot) -> BlendRow:
    row = BlendRow()
    shown(qtbot, row)
    row.show_blend(STYLES, "comic", None)
    return row


@pytest.fixture
def bar(qtbot: QtBot) -> MessageBar:
    bar = MessageBar()
    qtbot.addWidget(bar)
    return bar


@pytest.fixture
def card(qtbot: QtBot) -> StyleCard:
    card = StyleCard("oil", "Oil", "Thick strokes")
    card.resize(120, 120)
    shown(qtbot, card)
    return card


def line_of(row: QWidget) -> QLineEdit:
    (line,) = row.findChildren(QLineEdit)
    return line


@pytest.mark.parametrize("shape", IndicatorShape)
def test_every_shape_is_drawn_unlike_the_others(qtbot: QtBot, shape: IndicatorShape) -> None:
    pictures = []
    for other in IndicatorShape:
        indicator = StatusIndicator()
        shown(qtbot, indicator)
        indicator.show_state(other, "Live")
        pictures.append(indicator.grab().toImage())
    alike = [
        picture for picture in pictures if picture == pictures[list(IndicatorShape).index(shape)]
    ]
    assert len(alike) == 1


def test_an_indicator_is_read_aloud_as_its_text(qtbot: QtBot) -> None:
    indicator = StatusIndicator()
    qtbot.addWidget(indicator)
    indicator.show_state(IndicatorShape.DISC, "Live")
    assert (indicator.text(), indicator.accessibleName()) == ("Live", "Live")


def test_a_prompt_takes_effect_when_the_typing_pauses(qtbot: QtBot, prompt: PromptRow) -> None:
    with qtbot.waitSignal(prompt.edited) as told:
        QTest.keyClicks(line_of(prompt), " a cat ")
    assert told.args == ["a cat"]


def test_return_does_not_wait_for_a_pause(qtbot: QtBot, prompt: PromptRow) -> None:
    told: list[str] = []
    prompt.edited.connect(told.append)
    QTest.keyClicks(line_of(prompt), "a cat")
    QTest.keyClick(line_of(prompt), Qt.Key.Key_Return)
    assert told == ["a cat"]
    assert not prompt._pause.isActive()


def test_what_is_being_typed_is_not_overwritten(prompt: PromptRow) -> None:
    QTest.keyClicks(line_of(prompt), "a")
    prompt.show_text("from a preset")
    assert line_of(prompt).text() == "a"


def test_a_prompt_is_reset_to_nothing(prompt: PromptRow) -> None:
    told: list[str] = []
    prompt.edited.connect(told.append)
    prompt.show_text("a cat")
    QTest.mouseClick(prompt._reset, LEFT)
    assert told == [""]


def test_the_dice_draw_a_seed_and_the_reset_brings_the_usual_one(seed: SeedRow) -> None:
    told: list[int] = []
    seed.edited.connect(told.append)
    QTest.mouseClick(seed.dice, LEFT)
    seed.show_seed(77, locked=False)
    QTest.mouseClick(seed.reset, LEFT)
    assert told == [77, 0]


def test_the_usual_seed_needs_no_reset(seed: SeedRow) -> None:
    seed.show_seed(0, locked=False)
    assert not seed.reset.isEnabled()


def test_showing_a_seed_is_silent(seed: SeedRow) -> None:
    told: list[object] = []
    seed.edited.connect(told.append)
    seed.locked.connect(told.append)
    seed.show_seed(5, locked=True)
    assert told == []
    assert seed.lock.isChecked()


def test_a_seed_of_the_command_line_may_be_larger_than_the_field_holds(seed: SeedRow) -> None:
    seed.show_seed(MAX_SEED, locked=True)
    (number,) = seed.findChildren(QSpinBox)
    assert number.value() == LARGEST_SEED


def test_the_lock_is_reported(seed: SeedRow) -> None:
    told: list[bool] = []
    seed.locked.connect(told.append)
    QTest.mouseClick(seed.lock, LEFT)
    QTest.mouseClick(seed.lock, LEFT)
    assert told == [True, False]


def test_a_style_is_never_blended_with_itself(blend: BlendRow) -> None:
    names = [blend.second.itemData(i) for i in range(blend.second.count())]
    assert names == ["", "oil", "ink"]


def test_a_blend_is_reported_with_its_amount(blend: BlendRow) -> None:
    told: list[Blend | None] = []
    blend.edited.connect(told.append)
    for index in (1, 0):
        blend.second.setCurrentIndex(index)
        blend.second.activated.emit(index)
    assert told == [Blend("oil", 0.5), None]


def test_the_amount_is_shown_only_for_a_blend(blend: BlendRow) -> None:
    assert not blend.amount.isVisible()
    blend.show_blend(STYLES, "comic", Blend("ink", 0.25))
    assert blend.amount.isVisible()
    assert (blend.second.currentData(), blend.amount.value()) == ("ink", 0.25)


def test_a_blend_with_a_style_that_is_gone_shows_none(blend: BlendRow) -> None:
    blend.show_blend(STYLES, "comic", Blend("vanished", 0.25))
    assert blend.second.currentIndex() == 0


def test_the_newest_message_is_shown_and_help_runs_once(bar: MessageBar) -> None:
    helped: list[str] = []
    bar.show_message(Message("Old"))
    bar.show_message(Message("New", help=("Mend it", lambda: helped.append("mended"))))
    assert bar.message is not None
    assert bar.message.text == "New"
    QTest.mouseClick(bar._button, LEFT)
    assert helped == ["mended"]
    assert bar.message is None


def test_a_dismissed_message_is_named(bar: MessageBar) -> None:
    dismissed: list[str] = []
    bar.dismissed.connect(dismissed.append)
    bar.show_message(Message("It is slow."))
    QTest.mouseClick(bar._close, LEFT)
    assert dismissed == ["It is slow."]
    assert bar.isHidden()


@pytest.mark.parametrize("closable", [True, False])
def test_only_a_message_that_may_be_dismissed_has_a_cross(bar: MessageBar, closable: bool) -> None:
    bar.show_message(Message("It is slow.", closable=closable))
    assert bar._close.isHidden() is not closable


@pytest.mark.parametrize(("done", "total", "share"), [(0, 8, 0.0), (2, 8, 0.25), (8, 8, 1.0)])
def test_a_ring_fills_with_the_work(qtbot: QtBot, done: int, total: int, share: float) -> None:
    notice = Notice()
    shown(qtbot, notice)
    notice.show_progress(done, total)
    assert notice.share == share


def test_work_of_unknown_length_has_no_ring(qtbot: QtBot) -> None:
    notice = Notice()
    shown(qtbot, notice)
    notice.show_progress(1, 2)
    notice.show_progress(3, 0)
    assert notice.share is None


def test_a_notice_is_read_aloud_whole(qtbot: QtBot) -> None:
    notice = Notice()
    qtbot.addWidget(notice)
    notice.show_text("Starting", "The model is loaded.")
    assert notice.accessibleName() == "Starting The model is loaded."
    notice.show_text("Off")
    assert notice.accessibleName() == "Off"


def test_a_badge_without_a_text_is_hidden(qtbot: QtBot) -> None:
    badge = OverlayBadge()
    qtbot.addWidget(badge)
    badge.show_text("Original", alarming=True)
    alarming = badge.styleSheet()
    badge.show_text("Saved")
    assert badge.styleSheet() != alarming
    badge.show_text("")
    assert badge.isHidden()


def wheel(widget: QWidget) -> QWheelEvent:
    """One notch upward."""
    middle = QPointF(widget.rect().center())
    return QWheelEvent(
        middle,
        widget.mapToGlobal(middle),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )


@pytest.mark.parametrize("focused", [True, False])
def test_scrolling_past_a_slider_changes_nothing(qtbot: QtBot, focused: bool) -> None:
    row = SettingSlider("Strength", Scale(0.0, 1.0, 0.5), "How strong")
    shown(qtbot, row)
    row.activateWindow()
    (slider,) = row.findChildren(QSlider)
    if focused:
        slider.setFocus()
        qtbot.waitUntil(slider.hasFocus)
    event = wheel(slider)
    slider.wheelEvent(event)
    assert (row.value() > 0.5) is focused
    assert event.isAccepted() is focused


@pytest.mark.parametrize("scale", [Scale(0.2, 1.0, 1.0), Scale(1, 8, 1, decimals=0)])
def test_every_position_of_a_slider_has_its_value(scale: Scale) -> None:
    values = [scale.value_at(step) for step in range(scale.steps + 1)]
    assert (values[0], values[-1]) == (scale.low, scale.high)
    assert [scale.step_of(value) for value in values] == list(range(scale.steps + 1))


def test_a_favourite_is_made_by_the_context_menu_and_by_key(card: StyleCard) -> None:
    told: list[bool] = []
    card.starred.connect(told.append)
    reason = QContextMenuEvent.Reason.Mouse
    card.contextMenuEvent(QContextMenuEvent(reason, QPoint(10, 10), QPoint(10, 10)))
    QTest.keyClick(card, Qt.Key.Key_F)
    assert told == [True, False]


def test_a_click_on_the_star_does_not_choose_the_style(card: StyleCard) -> None:
    told: list[bool] = []
    card.starred.connect(told.append)
    QTest.mouseClick(card, LEFT, pos=card._star_rect().center().toPoint())
    assert told == [True]
    assert not card.isChecked()
    QTest.mouseClick(card, LEFT, pos=QPoint(20, 60))
    assert card.isChecked()


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_a_style_is_chosen_by_the_space_bar_alone(card: StyleCard, key: Qt.Key) -> None:
    QTest.keyClick(card, key)
    assert card.isChecked() is (key == Qt.Key.Key_Space)


def test_a_picture_a_key_and_a_star_are_drawn(card: StyleCard) -> None:
    pictures = [card.grab().toImage()]
    filled = QPixmap(64, 64)
    filled.fill(Qt.GlobalColor.red)
    card.set_picture(filled)
    pictures.append(card.grab().toImage())
    card.set_key("3")
    pictures.append(card.grab().toImage())
    card.set_favourite(True)
    pictures.append(card.grab().toImage())
    assert all(a != b for a, b in pairwise(pictures))


def test_hovering_over_the_delay_tells_its_parts(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _at, text, _widget: told.append(text))
    graph = LatencyGraph()
    shown(qtbot, graph)
    QTest.mouseMove(graph, QPoint(5, 5))
    graph.add(LatencySample(1.0, 8, 55, 8, p95_ms=84))
    QTest.mouseMove(graph, QPoint(20, 10))
    qtbot.waitUntil(lambda: bool(told))
    assert told[-1] == "71 ms: capture 8, model 55, output 8 · 95 %: 84 ms"


@pytest.mark.parametrize(("width", "columns"), [(100, 1), (250, 2), (420, 4)])
def test_cards_fill_as_many_columns_as_fit(qtbot: QtBot, width: int, columns: int) -> None:
    area = QWidget()
    qtbot.addWidget(area)
    layout = FlowLayout(area)
    cards = [StyleCard(str(number), "x", "", min_width=90) for number in range(5)]
    for card in cards:
        layout.addWidget(card)
    area.resize(width, 600)
    area.show()
    qtbot.waitExposed(area)
    assert len({card.x() for card in cards}) == columns
    assert layout.heightForWidth(width) >= cards[-1].geometry().bottom()


def test_an_empty_wall_has_no_height(qtbot: QtBot) -> None:
    area = QWidget()
    qtbot.addWidget(area)
    layout = FlowLayout(area)
    assert (layout.heightForWidth(300), layout.count()) == (0, 0)
    assert layout.itemAt(0) is None
    assert layout.takeAt(0) is None
