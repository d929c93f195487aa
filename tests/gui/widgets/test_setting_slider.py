from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QSlider, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from gui.widgets.setting_slider import Scale, SettingSlider

T = TypeVar("T", bound=QWidget)


def make(qtbot: QtBot) -> SettingSlider:
    slider = SettingSlider("Strength", Scale(0.2, 1.0, 0.6), "It does this.")
    qtbot.addWidget(slider)
    return slider


def part(slider: SettingSlider, kind: type[T]) -> T:
    found = slider.findChild(kind)
    assert found is not None
    return found


def test_a_users_move_is_announced_and_shown(qtbot: QtBot) -> None:
    slider = make(qtbot)
    with qtbot.waitSignal(slider.edited) as edited:
        QTest.keyClick(part(slider, QSlider), Qt.Key.Key_End)
    assert edited.args == [1.0]
    assert "1.00" in [label.text() for label in slider.findChildren(QLabel)]


def test_showing_a_value_is_silent(qtbot: QtBot) -> None:
    slider = make(qtbot)
    with qtbot.assertNotEmitted(slider.edited):
        slider.set_value(0.35)
    assert slider.value() == 0.35


def test_reset_goes_back_to_the_usual_value(qtbot: QtBot) -> None:
    slider = make(qtbot)
    slider.set_value(0.9)
    reset = part(slider, QToolButton)
    with qtbot.waitSignal(slider.edited) as edited:
        QTest.mouseClick(reset, Qt.MouseButton.LeftButton)
    assert edited.args == [0.6]
    assert not reset.isEnabled()


def test_a_whole_number_is_shown_without_decimals(qtbot: QtBot) -> None:
    slider = SettingSlider("Steps", Scale(1, 8, 1, decimals=0), "")
    qtbot.addWidget(slider)
    slider.set_value(3)
    assert "3" in [label.text() for label in slider.findChildren(QLabel)]
