import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.frames import Size
from gui.widgets.video_view import ScaledPicture, VideoView
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


@pytest.mark.parametrize("size", [QSize(160, 90), QSize(320, 180), QSize(120, 68), QSize(40, 22)])
@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_it_has_the_displays_size_and_the_pictures_colour(
    qtbot: QtBot, size: QSize, ratio: float
) -> None:
    image = ScaledPicture().image(picture(WIDE, (200, 30, 60)), size, ratio)
    assert image.size() == size * ratio
    assert image.devicePixelRatio() == ratio
    assert image.pixelColor(image.width() // 2, image.height() - 1) == QColor(200, 30, 60)


def test_a_picture_is_scaled_once_for_each_size(qtbot: QtBot) -> None:
    scaled, pixels = ScaledPicture(), picture(WIDE, (1, 2, 3))

    def memory(image: QImage) -> int:
        return int(np.asarray(image.constBits()).__array_interface__["data"][0])

    first = memory(scaled.image(pixels, QSize(80, 45), 1.0))
    assert memory(scaled.image(pixels, QSize(80, 45), 1.0)) == first
    other = scaled.image(picture(WIDE, (9, 9, 9)), QSize(80, 45), 1.0)
    assert other.pixelColor(3, 3) == QColor(9, 9, 9)
    assert scaled.image(pixels, QSize(60, 30), 1.0).size() == QSize(60, 30)
