from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot

from engine.doctor.checks import failed
from engine.errors import SinkError
from engine.virtual_camera.devices.driver_set_up import DriverPlan, Step, StepKind
from engine.virtual_camera.protocol import CameraKind, PublisherState, PublisherStatus
from gui.dialogs.about import AboutDialog, library_licences
from gui.dialogs.log import LogDialog
from gui.dialogs.shortcuts import ShortcutsDialog
from gui.dialogs.webcam import WebcamDialog
from gui.engine_link.camera_driver import CameraDriver, DriverActions
from gui.engine_link.doctor import DoctorTask
from gui.state.app_model import AppModel
from tests.gui.fakes import FakePublisher

LEFT = Qt.MouseButton.LeftButton
FAILED = failed("Camera driver", "is not loaded", "sudo modprobe x")


def texts_of(dialog: QDialog) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel))


def test_the_report_is_copied_with_one_click(qtbot: QtBot, clipboard: Callable[[], str]) -> None:
    dialog = LogDialog("a line", lambda: "the report")
    qtbot.addWidget(dialog)
    QTest.mouseClick(dialog.copy, LEFT)
    assert clipboard() == "the report"


def test_every_library_is_named_with_its_licence() -> None:
    found = dict(library_licences())
    assert any(name.startswith("numpy") for name in found)
    assert all(found.values())


def test_the_lists_can_be_shown(qtbot: QtBot) -> None:
    for kind in (AboutDialog, ShortcutsDialog):
        dialog = kind()
        qtbot.addWidget(dialog)
        dialog.show()
    assert "F9" in texts_of(dialog)


def test_what_the_webcam_lacks_is_shown_with_its_remedy(
    qtbot: QtBot, app_model: AppModel, publisher: FakePublisher, driver: CameraDriver
) -> None:
    error = SinkError("There is no device.", "See below.")
    publisher.answer = PublisherStatus(PublisherState.UNAVAILABLE, error=error)
    app_model.camera.refresh()
    doctor = DoctorTask(lambda: [FAILED])
    dialog = WebcamDialog(app_model.camera, doctor, driver)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: "sudo modprobe x" in texts_of(dialog))
    assert "There is no device." in texts_of(dialog)
    assert doctor.wait(3)


def test_the_dialog_grows_for_what_is_found_later(
    qtbot: QtBot, app_model: AppModel, publisher: FakePublisher, driver: CameraDriver
) -> None:
    error = SinkError("There is no device.", "See below.")
    publisher.answer = PublisherStatus(PublisherState.UNAVAILABLE, error=error)
    app_model.camera.refresh()
    doctor = DoctorTask(lambda: [FAILED] * 6)
    dialog = WebcamDialog(app_model.camera, doctor, driver)
    qtbot.addWidget(dialog)
    dialog.show()
    before = dialog.height()
    qtbot.waitUntil(lambda: dialog.height() > before)
    shown = [label for label in dialog.findChildren(QLabel) if label.isVisible()]
    assert [label for label in shown if label.height() < label.heightForWidth(label.width())] == []
    assert doctor.wait(3)


def test_the_webcam_dialog_follows_the_camera(
    qtbot: QtBot, app_model: AppModel, publisher: FakePublisher, driver: CameraDriver
) -> None:
    doctor = DoctorTask(list)
    dialog = WebcamDialog(app_model.camera, doctor, driver)
    qtbot.addWidget(dialog)
    publisher.answer = PublisherStatus(PublisherState.SENDING, watched=True)
    app_model.camera.refresh()
    assert "Another program is using" in texts_of(dialog)
    assert doctor.wait(3)


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        ({CameraKind.PIPEWIRE, CameraKind.V4L2}, "Every program finds it"),
        ({CameraKind.PIPEWIRE}, "without any driver"),
        ({CameraKind.V4L2}, "PipeWire, which is not running"),
    ],
)
def test_the_webcam_dialog_says_which_programs_find_which_camera(
    qtbot: QtBot,
    app_model: AppModel,
    publisher: FakePublisher,
    driver: CameraDriver,
    kinds: set[CameraKind],
    said: str,
) -> None:
    publisher.answer = PublisherStatus(PublisherState.SENDING, kinds=frozenset(kinds))
    app_model.camera.refresh()
    doctor = DoctorTask(list)
    dialog = WebcamDialog(app_model.camera, doctor, driver)
    qtbot.addWidget(dialog)
    dialog.show()
    shown = [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]
    assert said in " ".join(shown)
    assert doctor.wait(3)


def test_the_webcam_dialog_offers_the_driver(qtbot: QtBot, app_model: AppModel) -> None:
    plan = DriverPlan((Step(StepKind.LOAD, "v4l2loopback"),), can_ask=True)
    driver, doctor = CameraDriver(DriverActions(lambda: plan)), DoctorTask(list)
    dialog = WebcamDialog(app_model.camera, doctor, driver)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: "load the driver v4l2loopback" in texts_of(dialog))
    assert driver.wait(3)
    assert doctor.wait(3)
