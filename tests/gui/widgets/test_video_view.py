from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QSignalSpy, QTest
from pytestqt.qtbot import QtBot

from engine.frames import Size
from gui.widgets.picture.choice import DrawingChoice, Trial
from gui.widgets.picture.drawn_by_gpu import GpuPicture
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


@pytest.mark.qt_log_ignore("QRhi", extend=True)
def test_a_failing_card_leaves_the_picture_to_the_processor(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawing = DrawingChoice({}, Trial(tmp_path / "trial.txt"))
    monkeypatch.setattr(drawing, "refusal", str)  # the trial goes well
    view = VideoView(drawing=drawing)
    qtbot.addWidget(view)
    view.resize(320, 320)
    painted = QSignalSpy(view.painted)
    view.show_output(picture(WIDE, RED))
    view.show()
    qtbot.waitUntil(lambda: painted.count() == 1)
    assert not view.findChildren(GpuPicture)
    assert colour_at(view, 160, 160) == QColor(*RED)
    assert view.isVisible()
    again = VideoView(drawing=drawing)
    qtbot.addWidget(again)
    assert not again.findChildren(GpuPicture)
