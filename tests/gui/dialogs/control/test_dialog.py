"""The panes of the remote control; nothing is on before it is chosen."""

import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import mido
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.control.commands import Action
from engine.control.settings import ControlSettings, MidiBinding, MidiSettings, WebSettings
from gui.dialogs.control.dialog import RemoteControlDialog
from gui.features.control.controller import RemoteControl
from gui.features.recording import RecordingController
from gui.state.app_model import AppModel
from gui.state.preferences import PreferenceStore
from gui.text.languages import LANGUAGES, Languages
from tests.gui.test_text_fits import cut_off, shown

LEFT = Qt.MouseButton.LeftButton


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def dialog(
    qtbot: QtBot, app_model: AppModel, control: RemoteControl, monkeypatch: pytest.MonkeyPatch
) -> RemoteControlDialog:
    monkeypatch.setattr("engine.control.web.interface.network_address", lambda: "127.0.0.2")
    monkeypatch.setattr("engine.control.web.addresses.network_address", lambda: "127.0.0.2")
    web = WebSettings(port=free_port())
    app_model.update(lambda p: replace(p, control=ControlSettings(web=web)))
    return opened(qtbot, app_model, control)


def opened(qtbot: QtBot, app_model: AppModel, control: RemoteControl) -> RemoteControlDialog:
    dialog = RemoteControlDialog(app_model, control)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    return dialog


def switch_on(dialog: RemoteControlDialog, control: RemoteControl, qtbot: QtBot) -> None:
    dialog.access.on.click()
    qtbot.waitUntil(
        lambda: control.web.outcome is not None and bool(control.web.outcome.here), timeout=30_000
    )


def test_everything_is_off_at_first(dialog: RemoteControlDialog, control: RemoteControl) -> None:
    pages = (dialog.access, dialog.osc, dialog.midi, dialog.keys)
    assert [page.on.isChecked() for page in pages] == [False] * 4
    assert [surface.surface for surface in control._surfaces] == [None] * 4
    assert not dialog.access.pairing.begin.isEnabled()


def test_in_a_bundle_its_own_command_is_named(
    dialog: RemoteControlDialog,
    control: RemoteControl,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/opt/live2diff-camera")
    switch_on(dialog, control, qtbot)
    assert dialog.access.address.text().endswith("In a terminal: live2diff-camera remote status")


def test_the_network_is_answered_after_a_choice_in_so_many_words(
    dialog: RemoteControlDialog, control: RemoteControl, app_model: AppModel, qtbot: QtBot
) -> None:
    switch_on(dialog, control, qtbot)
    dialog.access.network.click()
    assert dialog.access.question.isVisible()
    assert not app_model.preferences.control.web.network
    assert not dialog.access.network.isChecked()
    QTest.mouseClick(dialog.access.question.no, LEFT)
    assert not dialog.access.question.isVisible()
    dialog.access.network.click()
    QTest.mouseClick(dialog.access.question.yes, LEFT)
    qtbot.waitUntil(lambda: control.web.outcome.network.startswith("https://127.0.0.2"))
    assert dialog.access.network.isChecked()
    dialog.access.network.click()
    assert not app_model.preferences.control.web.network


def test_a_code_is_shown_until_a_device_has_used_it(
    dialog: RemoteControlDialog, control: RemoteControl, qtbot: QtBot
) -> None:
    switch_on(dialog, control, qtbot)
    pairing = dialog.access.pairing
    QTest.mouseClick(pairing.begin, LEFT)
    code = control.pairing.code
    assert code is not None
    assert pairing.code.text() == code
    assert control.pairing.redeem(code)
    control.tokens.add("Phone")
    qtbot.waitUntil(lambda: not pairing.code.isVisible())
    devices = dialog.access.devices
    qtbot.waitUntil(lambda: devices.list.count() == 1)
    assert devices.list.item(0).text().startswith("Phone, paired ")
    devices.list.setCurrentRow(0)
    QTest.mouseClick(devices.remove, LEFT)
    assert control.tokens.devices == ()
    qtbot.waitUntil(lambda: not devices.isVisible())


def test_a_code_that_is_closed_is_void(
    dialog: RemoteControlDialog, control: RemoteControl, qtbot: QtBot
) -> None:
    switch_on(dialog, control, qtbot)
    QTest.mouseClick(dialog.access.pairing.begin, LEFT)
    dialog.close()
    assert control.pairing.code is None


def test_a_port_that_is_taken_is_said_and_another_one_works(
    dialog: RemoteControlDialog, control: RemoteControl, app_model: AppModel, qtbot: QtBot
) -> None:
    with socket.create_server(("127.0.0.1", app_model.preferences.control.web.port)):
        dialog.access.on.click()
        qtbot.waitUntil(dialog.access.trouble.isVisible)
        assert "Another program uses the port" in dialog.access.trouble.text()
        dialog.access.port.setValue(free_port())
        qtbot.waitUntil(lambda: control.web.outcome is not None)
    assert not dialog.access.trouble.isVisible()


def test_osc_warns_of_another_computer_and_refuses_what_is_no_address(
    dialog: RemoteControlDialog, app_model: AppModel
) -> None:
    page = dialog.osc
    dialog.tabs.setCurrentWidget(page)
    assert not page.warning.isVisible()
    for text, kept in (("192.168.1.20", "192.168.1.20"), ("somewhere", "192.168.1.20")):
        page.peer.setText(text)
        page.peer.editingFinished.emit()
        assert app_model.preferences.control.osc.peer == kept
        assert page.warning.isVisible()
    assert "somewhere is not an address" in page.trouble.text()


class Port:
    def close(self) -> None:
        """There is nothing to close."""


@pytest.fixture
def knobs(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[Any], None]]:
    """What receives the messages of a device that is played here."""
    found: list[Callable[[Any], None]] = []

    def open_input(_name: str, callback: Callable[[Any], None]) -> Port:
        found.append(callback)
        return Port()

    monkeypatch.setattr("mido.get_input_names", lambda: ["nanoKONTROL"])
    monkeypatch.setattr("mido.open_input", open_input)
    return found


def test_a_knob_is_learned_used_and_forgotten(
    knobs: list[Callable[[Any], None]],
    dialog: RemoteControlDialog,
    app_model: AppModel,
    control: RemoteControl,
    qtbot: QtBot,
) -> None:
    page = dialog.midi
    dialog.tabs.setCurrentWidget(page)
    qtbot.waitUntil(lambda: page.device.count() == 2)
    assert not page.learn.isEnabled()
    page.on.click()
    qtbot.waitUntil(lambda: bool(knobs) and page.learn.isEnabled())
    page.target.setCurrentIndex(page.target.findData("strength"))
    page.learn.click()
    knobs[-1](mido.Message("control_change", control=7, value=3))
    bound = (MidiBinding(0, False, 7, "strength"),)
    qtbot.waitUntil(lambda: app_model.preferences.control.midi.bindings == bound)
    assert page.list.item(0).text() == "Strength  ·  Controller 7, channel 1"
    assert not page.learn.isChecked()
    qtbot.waitUntil(lambda: len(knobs) == 2)
    knobs[-1](mido.Message("control_change", control=7, value=0))
    qtbot.waitUntil(lambda: app_model.preferences.live.strength == 0.2)
    page.list.setCurrentRow(0)
    page.remove.click()
    assert app_model.preferences.control.midi == MidiSettings(on=True)


def test_a_knob_that_is_moved_after_the_page_was_left_is_not_bound(
    knobs: list[Callable[[Any], None]],
    dialog: RemoteControlDialog,
    app_model: AppModel,
    qtbot: QtBot,
) -> None:
    dialog.tabs.setCurrentWidget(dialog.midi)
    dialog.midi.on.click()
    qtbot.waitUntil(lambda: bool(knobs) and dialog.midi.learn.isEnabled())
    dialog.midi.learn.click()
    dialog.tabs.setCurrentWidget(dialog.osc)
    knobs[-1](mido.Message("control_change", control=7, value=3))
    qtbot.wait(50)
    assert app_model.preferences.control.midi.bindings == ()


def test_a_key_is_chosen_cleared_and_refused_where_people_type_with_it(
    dialog: RemoteControlDialog, app_model: AppModel
) -> None:
    page = dialog.keys
    dialog.tabs.setCurrentWidget(page)

    def keys() -> dict[Action, str]:
        return {key.action: key.keys for key in app_model.preferences.control.hotkeys.keys}

    edit = page.edits[Action.SNAPSHOT]
    edit.setKeySequence(QKeySequence("Ctrl+Shift+S"))
    edit.editingFinished.emit()
    assert keys()[Action.SNAPSHOT] == "Ctrl+Shift+S"
    edit.setKeySequence(QKeySequence("S"))
    edit.editingFinished.emit()
    assert keys()[Action.SNAPSHOT] == "Ctrl+Shift+S"
    assert "needed for typing" in page.trouble.text()
    page._clear(Action.SNAPSHOT)
    assert Action.SNAPSHOT not in keys()


@pytest.fixture
def speak(qapp: QApplication) -> Iterator[Callable[[str], str]]:
    languages = Languages(qapp)
    yield languages.use
    languages.use("en")


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_words_fit_on_every_page(
    qtbot: QtBot,
    app_model: AppModel,
    control: RemoteControl,
    speak: Callable[[str], str],
    code: str,
) -> None:
    speak(code)
    dialog = opened(qtbot, app_model, control)
    for index in range(dialog.tabs.count()):
        dialog.tabs.setCurrentIndex(index)
        qtbot.wait(20)
        assert [getattr(w, "text", str)() for w in shown(dialog) if cut_off(w)] == []


def test_what_was_on_is_on_again_after_a_restart(
    app_model: AppModel,
    recordings: RecordingController,
    control: RemoteControl,
    store: PreferenceStore,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    web = WebSettings(on=True, port=free_port())
    app_model.update(lambda p: replace(p, control=ControlSettings(web=web)))
    qtbot.waitUntil(lambda: control.web.outcome is not None)
    assert control.close(5)
    app_model.save()
    assert store.load().control.web == web
