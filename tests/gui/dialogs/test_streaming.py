"""The dialog for streamers: what it shows, and what its fields do."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace

import keyring
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from engine.errors import SinkError
from engine.events import Stats
from engine.microphone.client import MicrophoneState, MicrophoneStatus
from engine.obs.link import ObsState, ObsStatus
from gui.dialogs.streaming import microphone_page
from gui.dialogs.streaming.dialog import StreamingDialog
from gui.features.streaming.desk import StreamingDesk
from gui.state.app_model import AppModel
from tests.gui.fakes import FakeSession
from tests.gui.features.test_streaming import FakeMicrophone, FakeObs

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def microphone() -> FakeMicrophone:
    return FakeMicrophone()


@pytest.fixture
def obs() -> FakeObs:
    return FakeObs()


@pytest.fixture
def dialog(
    qtbot: QtBot,
    app_model: AppModel,
    microphone: FakeMicrophone,
    obs: FakeObs,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[StreamingDialog]:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(microphone_page, "list_microphones", list)
    monkeypatch.setattr(keyring, "get_password", lambda *_: None)
    monkeypatch.setattr(keyring, "set_password", lambda *_: None)
    desk = StreamingDesk(app_model, microphone, obs)
    dialog = StreamingDialog(app_model, desk)
    qtbot.addWidget(dialog)
    dialog.show()
    yield dialog
    desk.close()


def test_switching_the_microphone_on_is_remembered_and_done(
    dialog: StreamingDialog, app_model: AppModel, microphone: FakeMicrophone
) -> None:
    dialog.microphone.on.click()
    dialog.microphone.correction.setValue(120)
    assert app_model.preferences.microphone.on
    assert app_model.preferences.microphone.correction_ms == 120
    assert microphone.wishes[-1].delay == pytest.approx(0.12)


def test_the_delay_and_the_state_are_shown(
    qtbot: QtBot, dialog: StreamingDialog, session: FakeSession, microphone: FakeMicrophone
) -> None:
    assert dialog.microphone.state.text() == "Measured as soon as the stream is live"
    microphone.status = MicrophoneStatus(MicrophoneState.ON)
    session.listener(Stats(200, 200, 1, 1, 1, 30, 30, 0, 1))
    qtbot.waitUntil(lambda: dialog.microphone.state.text() == "233 ms · on")


def test_why_there_is_no_microphone_is_shown(
    qtbot: QtBot, dialog: StreamingDialog, microphone: FakeMicrophone
) -> None:
    error = SinkError("PipeWire is not running for this user.", "Start it.")
    microphone.status = MicrophoneStatus(MicrophoneState.UNAVAILABLE, error)
    qtbot.waitUntil(lambda: "PipeWire is not running" in dialog.microphone.state.text())


def test_elsewhere_the_page_says_where_the_number_goes(
    qtbot: QtBot, app_model: AppModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    desk = StreamingDesk(app_model, FakeMicrophone(), FakeObs())
    page = microphone_page.MicrophonePage(app_model, desk)
    qtbot.addWidget(page)
    page.show()
    texts = " ".join(label.text() for label in page.findChildren(QLabel))
    assert "sync offset" in texts
    assert not page.on.isVisible()


def test_the_microphones_of_obs_are_offered_once_it_is_connected(
    qtbot: QtBot, dialog: StreamingDialog, app_model: AppModel, obs: FakeObs
) -> None:
    assert not dialog.obs.add.isEnabled()
    obs.status = ObsStatus(ObsState.CONNECTED, ("Voice",))
    qtbot.waitUntil(lambda: dialog.obs.microphone.count() == 2)
    dialog.obs.microphone.setCurrentIndex(1)
    dialog.obs.microphone.activated.emit(1)
    assert app_model.preferences.obs.microphone == "Voice"
    dialog.tabs.setCurrentWidget(dialog.obs)
    QTest.mouseClick(dialog.obs.add, LEFT)
    assert len(obs.added) == 1


def test_a_broadcast_needs_an_address(
    qtbot: QtBot, dialog: StreamingDialog, app_model: AppModel
) -> None:
    dialog.tabs.setCurrentWidget(dialog.broadcast)
    dialog.broadcast.address.setText(" nonsense ")
    with qtbot.waitSignal(app_model.troubled):
        QTest.mouseClick(dialog.broadcast.button, LEFT)
    assert app_model.preferences.broadcast.address == "nonsense"
    qtbot.waitUntil(lambda: dialog.broadcast.button.text() == "Broadcast now")


def test_secrets_are_never_shown(dialog: StreamingDialog) -> None:
    for field in (dialog.obs.password, dialog.broadcast.key):
        assert field.echoMode() is field.EchoMode.Password


def test_a_microphone_that_is_away_stays_chosen(
    qtbot: QtBot, app_model: AppModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(microphone_page, "list_microphones", list)
    chosen = replace(app_model.preferences.microphone, source="headset")
    app_model.update(lambda p: replace(p, microphone=chosen))
    page = microphone_page.MicrophonePage(
        app_model, StreamingDesk(app_model, FakeMicrophone(), FakeObs())
    )
    qtbot.addWidget(page)
    qtbot.wait(100)
    assert page.source.currentData() == "headset"
