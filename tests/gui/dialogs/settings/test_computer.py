"""Choosing the computer that does the work, by real clicks and keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.errors import ElsewhereError, EngineError, SettingError
from engine.frames import Size
from engine.model_store.catalog import Catalog, ModelEntry
from engine.model_store.styles import StyleEntry
from engine.remote.address import EngineAddress
from engine.remote.engines import Engines
from engine.remote.pinned_http import Door
from gui.dialogs.settings.computer_picker import ANOTHER, HERE, ComputerPicker
from gui.dialogs.settings.pair_engine import PairEngineDialog
from gui.features.elsewhere import Elsewhere
from gui.shell.notifications import NotificationController
from gui.state.app_model import AppModel
from gui.widgets.message_bar import MessageBar
from tests.gui.fakes import FakeSession

ADDRESS, CODE, PIN = "https://studio:8733", "ABCD-EFGH", "ab" * 32


class FakeEngines:
    """Engines that know one code."""

    def __init__(self) -> None:
        self.paired: dict[EngineAddress, Door] = {}
        self.gone = False
        self.no_store = False

    def pair(self, address: EngineAddress, code: str) -> Door:
        if code != CODE:
            raise SettingError("Not this code.", "Look again.")
        return Door(address, PIN, "token")

    def remember(self, door: Door) -> EngineError | None:
        self.paired[door.address] = door
        return SettingError("No key store.", "Set one up.") if self.no_store else None

    def remembered(self, address: EngineAddress) -> Door:
        return self.paired[address]

    def fetch(self, _door: Door) -> Catalog:
        if self.gone:
            raise ElsewhereError("Nobody answers.", "Start it.")
        model = ModelEntry("large", "Large", "", False, "epsilon", Size(512, 512), 4, 0.6)
        return Catalog((model,), (StyleEntry("glow", "Glow", "large"),))


@pytest.fixture
def engines() -> FakeEngines:
    return FakeEngines()


@pytest.fixture
def elsewhere(app_model: AppModel, engines: FakeEngines) -> Iterator[Elsewhere]:
    elsewhere = Elsewhere(
        app_model, Engines(engines.pair, engines.remember, engines.remembered, engines.fetch)
    )
    yield elsewhere
    assert elsewhere.wait(3)


@pytest.fixture
def picker(qtbot: QtBot, app_model: AppModel, elsewhere: Elsewhere) -> ComputerPicker:
    picker = ComputerPicker(app_model, elsewhere)
    qtbot.addWidget(picker)
    picker.show()
    return picker


def choose(picker: ComputerPicker, value: str) -> None:
    box = picker.picker
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Home)
    for _ in range(box.findData(value)):
        QTest.keyClick(box, Qt.Key.Key_Down)


def open_dialog(qtbot: QtBot, elsewhere: Elsewhere) -> PairEngineDialog:
    dialog = PairEngineDialog(elsewhere)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_pairing_shows_the_pinned_certificate_and_moves_the_work(
    qtbot: QtBot, app_model: AppModel, elsewhere: Elsewhere
) -> None:
    dialog = open_dialog(qtbot, elsewhere)
    assert not dialog.pair.isEnabled()
    QTest.keyClicks(dialog.address, "studio:8733")
    QTest.keyClicks(dialog.code, CODE)
    QTest.mouseClick(dialog.pair, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: app_model.preferences.build.engine == ADDRESS)
    assert "Paired" in dialog.state.text()
    assert PIN.upper() in dialog.certificate.text().replace(":\N{ZERO WIDTH SPACE}", "")
    assert [style.name for style in app_model.styles] == ["glow"]
    QTest.mouseClick(dialog.close_button, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()


@pytest.mark.parametrize(
    ("address", "code", "said"),
    [("studio", "ZZZZ", "Not this code. Look again."), ("ftp://x:1", CODE, "not the address")],
)
def test_what_is_wrong_is_said_and_can_be_mended(
    qtbot: QtBot, app_model: AppModel, elsewhere: Elsewhere, address: str, code: str, said: str
) -> None:
    dialog = open_dialog(qtbot, elsewhere)
    dialog.address.setText(address)
    dialog.code.setText(code)
    QTest.mouseClick(dialog.pair, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: said in dialog.state.text())
    assert dialog.pair.isEnabled()
    assert app_model.preferences.build.engine == ""


def test_a_pairing_that_cannot_be_kept_is_said(
    qtbot: QtBot, app_model: AppModel, elsewhere: Elsewhere, engines: FakeEngines
) -> None:
    engines.no_store = True
    told: list[EngineError | None] = []
    app_model.troubled.connect(told.append)
    elsewhere.pair("studio", CODE)
    qtbot.waitUntil(lambda: bool(told))
    assert str(told[-1]) == "No key store. Set one up."
    assert app_model.preferences.build.engine == ADDRESS


def test_the_picker_shows_the_computer_that_does_the_work(
    qtbot: QtBot, app_model: AppModel, elsewhere: Elsewhere, picker: ComputerPicker
) -> None:
    assert [picker.picker.itemData(i) for i in range(picker.picker.count())] == [HERE, ANOTHER]
    elsewhere.pair("studio", CODE)
    qtbot.waitUntil(lambda: picker.picker.currentData() == ADDRESS)
    choose(picker, HERE)
    assert app_model.preferences.build.engine == ""
    choose(picker, ADDRESS)
    qtbot.waitUntil(lambda: app_model.preferences.build.engine == ADDRESS)
    assert picker.state.isHidden()


def test_a_computer_that_does_not_answer_changes_nothing(
    qtbot: QtBot,
    app_model: AppModel,
    elsewhere: Elsewhere,
    engines: FakeEngines,
    picker: ComputerPicker,
) -> None:
    elsewhere.pair("studio", CODE)
    qtbot.waitUntil(lambda: picker.picker.currentData() == ADDRESS)
    choose(picker, HERE)
    engines.gone = True
    choose(picker, ADDRESS)
    qtbot.waitUntil(lambda: picker.state.text() == "Nobody answers. Start it.")
    assert (app_model.preferences.build.engine, picker.picker.currentData()) == ("", HERE)


def test_another_computer_opens_the_dialog(qtbot: QtBot, picker: ComputerPicker) -> None:
    choose(picker, ANOTHER)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), PairEngineDialog))
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    dialog.close()
    assert picker.picker.currentData() == HERE


def test_where_the_engine_is_gone_this_computer_is_offered(
    qtbot: QtBot, app_model: AppModel, elsewhere: Elsewhere, session: FakeSession
) -> None:
    bar = MessageBar()
    qtbot.addWidget(bar)
    controller = NotificationController(app_model, bar, lambda _: None)
    elsewhere.pair("studio", CODE)
    qtbot.waitUntil(lambda: app_model.preferences.build.engine == ADDRESS)
    app_model.report(ElsewhereError("It has stopped answering.", "Wait."))
    assert bar._button.text() == "Compute on this computer"
    bar._button.click()
    assert app_model.preferences.build.engine == ""
    assert app_model.state.running or session.jobs
    assert controller is not None
