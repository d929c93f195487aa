from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.frames import Size
from gui.widgets.video_view import VideoView
from tests.gui.fakes import picture

RED, GREEN = (200, 0, 0), (0, 200, 0)
WIDE = Size(160, 90)


def make(qtbot: QtBot) -> VideoView:
    view = VideoView()
    qtbot.addWidget(view)
    view.resize(320, 320)
    view.show()
    view.show_output(picture(WIDE, RED))
    view.show_input(picture(WIDE, GREEN))
    return view


def colour_at(view: VideoView, x: int, y: int) -> QColor:
    return view.grab().toImage().pixelColor(x, y)


def test_the_picture_keeps_its_shape(qtbot: QtBot) -> None:
    view = make(qtbot)
    rect = view.picture_rect()
    assert (rect.width(), rect.height()) == (320, 180)
    assert colour_at(view, 160, 20) != QColor(*RED)
    assert colour_at(view, 160, 160) == QColor(*RED)


def test_without_comparing_only_the_output_is_seen(qtbot: QtBot) -> None:
    view = make(qtbot)
    assert colour_at(view, 20, 160) == QColor(*RED)


def test_left_of_the_line_is_the_input(qtbot: QtBot) -> None:
    view = make(qtbot)
    view.set_comparing(True)
    assert colour_at(view, 20, 160) == QColor(*GREEN)
    assert colour_at(view, 300, 160) == QColor(*RED)


def test_the_line_follows_the_mouse_and_stays_within_the_picture(qtbot: QtBot) -> None:
    view = make(qtbot)
    view.set_comparing(True)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(160, 160))
    QTest.mouseMove(view, QPoint(80, 160))
    view.set_split(7)
    assert view.split == 1.0


def test_the_arrow_keys_move_the_line(qtbot: QtBot) -> None:
    view = make(qtbot)
    view.set_comparing(True)
    with qtbot.waitSignal(view.split_moved) as moved:
        QTest.keyClick(view, Qt.Key.Key_Left)
    assert moved.args == [0.48]


def test_the_input_alone_is_shown_on_wish(qtbot: QtBot) -> None:
    view = make(qtbot)
    view.set_input_only(True)
    assert colour_at(view, 300, 160) == QColor(*GREEN)


def test_a_double_click_asks_for_the_full_screen(qtbot: QtBot) -> None:
    view = make(qtbot)
    with qtbot.waitSignal(view.double_clicked):
        QTest.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
