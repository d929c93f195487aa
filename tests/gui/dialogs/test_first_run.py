from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.events import Event, SessionState
from engine.settings import InputSettings
from engine.video.sources.camera_list import CameraInfo
from gui.dialogs.first_run.dialog import FirstRunDialog
from gui.engine_link.camera_driver import CameraDriver
from gui.engine_link.camera_list import CameraList
from gui.engine_link.camera_preview import SIZE, CameraPreview
from gui.features.speed_check import SpeedCheck
from gui.state.app_model import AppModel
from tests.gui.fakes import FakeSession

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def brio(qtbot: QtBot) -> CameraList:
    """A list with one camera."""
    cameras = CameraList(lambda: [CameraInfo(0, "Brio", "")])
    with qtbot.waitSignal(cameras.changed):
        cameras.refresh()
    assert cameras.stop(3)
    return cameras


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every source that a preview has asked for."""
    sources: list[str] = []

    def show(self: CameraPreview, settings: InputSettings) -> None:
        sources.append(settings.source)

    monkeypatch.setattr(CameraPreview, "show", show)
    return sources


@pytest.fixture
def dialog(
    qtbot: QtBot, app_model: AppModel, cameras: CameraList, driver: CameraDriver
) -> Iterator[FirstRunDialog]:
    dialog = FirstRunDialog(app_model, cameras, SpeedCheck(FakeSession), driver)
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
    for _ in range(2):
        QTest.mouseClick(dialog.next, LEFT)
    assert dialog.pages.currentWidget() is dialog.webcam
    for _ in range(2):
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


@pytest.fixture
def with_camera(
    qtbot: QtBot, app_model: AppModel, brio: CameraList, opened: list[str], driver: CameraDriver
) -> FirstRunDialog:
    dialog = FirstRunDialog(app_model, brio, SpeedCheck(FakeSession), driver)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_a_camera_is_offered_before_the_demo(with_camera: FirstRunDialog) -> None:
    assert with_camera.camera.picker.currentText() == "Brio"
    with_camera.reject()


def test_the_camera_stays_off_until_it_is_allowed(
    with_camera: FirstRunDialog, opened: list[str]
) -> None:
    page = with_camera.camera
    assert page.question.isVisible()
    assert opened == []
    QTest.mouseClick(page.question.turn_on, LEFT)
    assert opened == ["camera:Brio"]
    assert page.view.isVisible()
    assert not page.question.isVisible()
    with_camera.reject()


def test_who_goes_on_without_the_camera_never_has_it_turned_on(
    with_camera: FirstRunDialog, opened: list[str], app_model: AppModel
) -> None:
    for _ in range(4):
        QTest.mouseClick(with_camera.next, LEFT)
    assert opened == []
    assert app_model.preferences.input.source == "camera:Brio"


def test_the_demo_is_shown_without_asking(with_camera: FirstRunDialog, opened: list[str]) -> None:
    picker = with_camera.camera.picker
    picker.setCurrentIndex(1)
    picker.activated.emit(1)
    assert opened == ["demo"]
    assert not with_camera.camera.question.isVisible()
    picker.setCurrentIndex(0)
    picker.activated.emit(0)
    assert opened == ["demo"]
    assert with_camera.camera.question.isVisible()
    with_camera.reject()


def test_a_camera_that_is_plugged_in_meanwhile_is_asked_about(
    qtbot: QtBot, app_model: AppModel, opened: list[str], driver: CameraDriver
) -> None:
    found: list[CameraInfo] = []
    cameras = CameraList(lambda: list(found))
    dialog = FirstRunDialog(app_model, cameras, SpeedCheck(FakeSession), driver)
    qtbot.addWidget(dialog)
    dialog.show()
    found.append(CameraInfo(0, "Brio", ""))
    with qtbot.waitSignal(cameras.changed):
        cameras.refresh()
    assert dialog.camera.question.isVisible()
    assert opened == ["demo"]
    assert cameras.stop(3)
    dialog.reject()


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
    qtbot: QtBot, app_model: AppModel, cameras: CameraList, driver: CameraDriver
) -> None:
    app_model.update(lambda p: replace(p, responsible_use_accepted=False))
    dialog = FirstRunDialog(app_model, cameras, SpeedCheck(FakeSession), driver)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.skip.isVisible()
    QTest.mouseClick(dialog.next, LEFT)
    assert app_model.preferences.responsible_use_accepted
    assert dialog.skip.isVisible()
    dialog.reject()
    assert dialog.camera.camera_preview.wait(20)


def test_who_hurries_on_is_measured_behind_the_last_page(
    qtbot: QtBot, app_model: AppModel, cameras: CameraList, driver: CameraDriver
) -> None:
    made: list[FakeSession] = []

    def session(listener: Callable[[Event], None]) -> FakeSession:
        made.append(FakeSession(listener))
        return made[-1]

    dialog = FirstRunDialog(app_model, cameras, SpeedCheck(session), driver)
    qtbot.addWidget(dialog)
    for _ in range(3):
        dialog.next.click()
    states = [made[0].state]
    dialog.next.click()
    states.append(made[0].state)
    assert states == [SessionState.STARTING, SessionState.OFF]
    assert dialog.camera.camera_preview.wait(20)
