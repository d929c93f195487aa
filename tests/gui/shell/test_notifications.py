from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from engine.errors import (
    DeviceError,
    EngineError,
    MissingComponentsError,
    ModelError,
    SinkError,
    SourceError,
)
from engine.virtual_camera.protocol import PublisherState, PublisherStatus
from gui.dialogs.kinds import DialogKind
from gui.shell.notifications import NotificationController
from gui.state.app_model import AppModel
from gui.widgets.icon_button import IconButton
from gui.widgets.message_bar import MessageBar
from tests.gui.fakes import FakePublisher, FakeSession


class Desk:
    def __init__(self, app_model: AppModel, qtbot: QtBot) -> None:
        self.qtbot, self.bar = qtbot, MessageBar()
        self.opened: list[DialogKind] = []
        qtbot.addWidget(self.bar)
        self.notifications = NotificationController(app_model, self.bar, self.opened.append)

    def help(self) -> None:
        button = self.bar.findChild(QPushButton)
        assert button is not None
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def desk(app_model: AppModel, qtbot: QtBot) -> Desk:
    return Desk(app_model, qtbot)


def text_of(desk: Desk) -> str:
    return desk.bar.message.text if desk.bar.message else ""


def test_an_error_is_one_sentence_and_goes_when_it_is_over(desk: Desk, app_model: AppModel) -> None:
    app_model.report(SourceError("The camera is gone.", "Plug it in."))
    assert text_of(desk) == "The camera is gone."
    app_model.troubled.emit(None)
    assert text_of(desk) == ""
    assert desk.bar.isHidden()


def test_without_a_camera_the_demo_helps(
    desk: Desk, app_model: AppModel, session: FakeSession
) -> None:
    app_model.set_input(replace(app_model.preferences.input, source="camera:Brio"))
    app_model.report(SourceError("The camera is gone.", "Plug it in."))
    desk.help()
    assert session.jobs[-1].input.source == "demo"


def test_without_a_model_the_built_in_one_helps(
    desk: Desk, app_model: AppModel, session: FakeSession
) -> None:
    app_model.set_build(replace(app_model.preferences.build, model="words"))
    app_model.report(ModelError("Its file is missing.", "Download it."))
    desk.help()
    assert session.jobs[-1].build.model == "built-in"
    assert session.jobs[-1].live.style == "comic"


def test_a_model_that_is_not_here_can_be_fetched(desk: Desk, app_model: AppModel) -> None:
    app_model.set_build(replace(app_model.preferences.build, model="words"))
    app_model.report(MissingComponentsError("Not on this computer: it.", "Fetch it."))
    desk.help()
    assert desk.opened == [DialogKind.MODEL_DOWNLOAD]


def test_a_device_that_fails_is_chosen_automatically(
    desk: Desk, app_model: AppModel, session: FakeSession
) -> None:
    app_model.set_build(replace(app_model.preferences.build, device="cuda:7"))
    app_model.report(DeviceError("There is no cuda:7.", "Choose another."))
    desk.help()
    assert session.jobs[-1].build.device == "auto"


def test_a_full_disk_leads_to_the_settings(desk: Desk, app_model: AppModel) -> None:
    app_model.report(SinkError("The disk is full.", "Make room."))
    desk.help()
    assert desk.opened == [DialogKind.SETTINGS]


def test_anything_else_can_be_tried_again(
    desk: Desk, app_model: AppModel, session: FakeSession
) -> None:
    app_model.report(EngineError("It failed.", "Try."))
    desk.help()
    assert len(session.jobs) == 1


def test_a_missing_webcam_is_said_when_nothing_worse_is(
    desk: Desk, app_model: AppModel, publisher: FakePublisher
) -> None:
    error = SinkError("No device.", "Install it.")
    publisher.answer = PublisherStatus(PublisherState.UNAVAILABLE, error=error)
    app_model.camera.refresh()
    assert "no system webcam" in text_of(desk)
    app_model.report(SourceError("The camera is gone.", "Plug it in."))
    assert text_of(desk) == "The camera is gone."
    app_model.troubled.emit(None)
    desk.help()
    assert desk.opened == [DialogKind.WEBCAM]


def test_a_slow_model_can_be_left_for_the_built_in_one_without_going_live(
    desk: Desk, app_model: AppModel, session: FakeSession
) -> None:
    app_model.set_build(replace(app_model.preferences.build, model="words"))
    desk.notifications.show_cpu_fps(0.23)
    assert text_of(desk) == "Words runs on the CPU here, at about 0.23 frames/s."
    desk.help()
    assert app_model.preferences.build.model == "built-in"
    assert session.jobs == []


def put_away(desk: Desk) -> None:
    close = desk.bar.findChild(IconButton)
    assert close is not None
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)


def test_what_lasts_and_was_put_away_stays_away_until_it_changes(
    desk: Desk, app_model: AppModel
) -> None:
    desk.notifications.show_cpu_fps(0.23)
    put_away(desk)
    app_model.report(SourceError("The camera is gone.", "Plug it in."))
    app_model.troubled.emit(None)
    assert text_of(desk) == ""
    desk.notifications.show_cpu_fps(0.11)
    assert "0.11" in text_of(desk)


def test_trouble_that_comes_again_is_said_again(desk: Desk, app_model: AppModel) -> None:
    gone = SourceError("The camera is gone.", "Plug it in.")
    app_model.report(gone)
    put_away(desk)
    assert text_of(desk) == ""
    app_model.report(gone)
    assert text_of(desk) == "The camera is gone."
