from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.events import Event, SessionState
from engine.video.sources.camera_list import CameraInfo
from gui.dialogs.first_run import FirstRunDialog
from gui.engine_link.camera_list import CameraList
from gui.engine_link.camera_preview import SIZE
from gui.features.speed_check import SpeedCheck
from gui.state.app_model import AppModel
from tests.gui.fakes import FakeSession

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def dialog(qtbot: QtBot, app_model: AppModel, cameras: CameraList) -> Iterator[FirstRunDialog]:
    dialog = FirstRunDialog(app_model, cameras, SpeedCheck(FakeSession))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()
    yield dialog
    dialog.camera.leave()
    assert dialog.camera.camera_preview.wait(20)


def test_the_steps_lead_from_camera_to_style_to_program(
    dialog: FirstRunDialog, app_model: AppModel
) -> None:
    QTest.mouseClick(dialog.next, LEFT)
    assert dialog.pages.currentWidget() is dialog.style_page
    QTest.mouseClick(dialog.back, LEFT)
    assert dialog.pages.currentWidget() is dialog.camera
    for _ in range(3):
        QTest.mouseClick(dialog.next, LEFT)
    assert not dialog.isVisible()
    assert app_model.preferences.first_run_done


def test_the_chosen_camera_is_shown_and_remembered(
    qtbot: QtBot, dialog: FirstRunDialog, app_model: AppModel
) -> None:
    qtbot.waitUntil(lambda: not dialog.camera.view.picture_rect().isEmpty())
    assert app_model.preferences.input.source == "demo"


def test_all_that_the_camera_sees_is_shown(qtbot: QtBot, dialog: FirstRunDialog) -> None:
    with qtbot.waitSignal(dialog.camera.camera_preview.seen) as seen:
        pass
    assert seen.args is not None
    left, middle = seen.args[0][:, 0], seen.args[0][:, SIZE.width // 2]
    assert left.max() == 0  # the demo is square, the page is not
    assert middle[0].max() > 0


def test_the_camera_is_let_go_of_on_the_next_step(dialog: FirstRunDialog) -> None:
    QTest.mouseClick(dialog.next, LEFT)
    assert dialog.camera.camera_preview.wait(20)


def test_a_camera_is_offered_before_the_demo(qtbot: QtBot, app_model: AppModel) -> None:
    cameras = CameraList(lambda: [CameraInfo(0, "Brio", "")])
    with qtbot.waitSignal(cameras.changed):
        cameras.refresh()
    assert cameras.stop(3)
    dialog = FirstRunDialog(app_model, cameras, SpeedCheck(FakeSession))
    qtbot.addWidget(dialog)
    assert dialog.camera.picker.currentText() == "Brio"
    dialog.reject()
    assert dialog.camera.camera_preview.wait(20)


def test_the_measured_speed_is_told_and_the_size_stays_automatic(
    dialog: FirstRunDialog, app_model: AppModel
) -> None:
    dialog.style_page.speed_check.measured.emit(18)
    assert "18 frames/s" in dialog.style_page.speed.text()
    assert app_model.preferences.automatic_size


def test_clicking_a_style_chooses_it(dialog: FirstRunDialog, app_model: AppModel) -> None:
    QTest.mouseClick(dialog.next, LEFT)
    QTest.mouseClick(dialog.style_page.wall.cards[2], LEFT)
    assert app_model.preferences.live.style == "ink"


def test_responsible_use_cannot_be_skipped(
    qtbot: QtBot, app_model: AppModel, cameras: CameraList
) -> None:
    app_model.update(lambda p: replace(p, responsible_use_accepted=False))
    dialog = FirstRunDialog(app_model, cameras, SpeedCheck(FakeSession))
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.skip.isVisible()
    QTest.mouseClick(dialog.next, LEFT)
    assert app_model.preferences.responsible_use_accepted
    assert dialog.skip.isVisible()
    dialog.reject()
    assert dialog.camera.camera_preview.wait(20)


def test_who_hurries_on_is_measured_behind_the_last_page(
    qtbot: QtBot, app_model: AppModel, cameras: CameraList
) -> None:
    made: list[FakeSession] = []

    def session(listener: Callable[[Event], None]) -> FakeSession:
        made.append(FakeSession(listener))
        return made[-1]

    dialog = FirstRunDialog(app_model, cameras, SpeedCheck(session))
    qtbot.addWidget(dialog)
    for _ in range(2):
        dialog.next.click()
    states = [made[0].state]
    dialog.next.click()
    states.append(made[0].state)
    assert states == [SessionState.STARTING, SessionState.OFF]
    assert dialog.camera.camera_preview.wait(20)
