"""The tray offers what the window offers, and the dialogs are one of each kind."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import replace

import pytest
import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from engine.doctor.checks import failed, passed
from engine.events import SessionState
from engine.frames import Size
from engine.virtual_camera.protocol import PublisherState
from gui.dialogs.kinds import DialogKind
from gui.engine_link.camera_driver import CameraDriver
from gui.engine_link.camera_list import CameraList
from gui.engine_link.compute_devices import HardwareModel, HardwareQueries
from gui.engine_link.doctor import DoctorTask
from gui.features.control.controller import RemoteControl
from gui.features.cue_player import CuePlayer
from gui.features.elsewhere import Elsewhere
from gui.features.speed_check import SpeedCheck
from gui.features.streaming.desk import StreamingDesk
from gui.log_setup import LastLines
from gui.shell.dialog_manager import DialogDependencies, DialogManager, _report
from gui.shell.main_window import MainWindow
from gui.shell.tray import Tray
from gui.state.app_model import AppModel
from gui.state.app_state import AppState, StartButton
from tests.gui.fakes import FakePublisher, FakeSession

CHECKS = (passed("Disk", "90 GiB free"), failed("Webcam", "none found", "Connect one."))


@pytest.fixture
def asked() -> list[str]:
    """What the tray was used for."""
    return []


@pytest.fixture
def tray(app_model: AppModel, asked: list[str]) -> Iterator[Tray]:
    tray = Tray(app_model, lambda: asked.append("show"), lambda: asked.append("quit"))
    yield tray
    tray.close()


@pytest.fixture
def doctor(qtbot: QtBot) -> Iterator[DoctorTask]:
    doctor = DoctorTask(lambda: CHECKS)
    yield doctor
    assert doctor.wait(3)


@pytest.fixture
def dialogs(
    app_model: AppModel,
    cameras: CameraList,
    doctor: DoctorTask,
    control: RemoteControl,
    cues: CuePlayer,
    driver: CameraDriver,
) -> Iterator[DialogManager]:
    hardware = HardwareModel(HardwareQueries(tuple, lambda _: (), lambda *_: None))
    speed = SpeedCheck(FakeSession)
    dialogs = DialogManager(
        DialogDependencies(
            app_model=app_model,
            cameras=cameras,
            speed_check=speed,
            doctor=doctor,
            driver=driver,
            hardware=hardware,
            desk=StreamingDesk(app_model),
            log=LastLines(),
            control=control,
            cues=cues,
            elsewhere=Elsewhere(app_model),
        )
    )
    yield dialogs
    dialogs.close_all()
    assert speed.close(3)


def close(qtbot: QtBot, dialog: QDialog) -> None:
    dialog.reject()
    qtbot.waitUntil(lambda: not shiboken6.isValid(dialog))


def entries(tray: Tray) -> dict[str, object]:
    return {action.text(): action for action in tray.menu.actions() if action.text()}


def test_the_menu_has_every_way_out(tray: Tray) -> None:
    assert list(entries(tray)) == ["Go live", "Panic", "Style", "Show the window", "Quit"]


@pytest.mark.parametrize(("text", "deed"), [("Show the window", "show"), ("Quit", "quit")])
def test_the_window_is_shown_or_ended_from_the_tray(
    tray: Tray, asked: list[str], text: str, deed: str
) -> None:
    next(action for action in tray.menu.actions() if action.text() == text).trigger()
    assert asked == [deed]


def test_a_style_is_chosen_from_the_tray(tray: Tray, app_model: AppModel) -> None:
    for action in tray._styles.actions():
        action.trigger()
        assert app_model.preferences.live.style == action.data()
        assert [each.isChecked() for each in tray._styles.actions()].count(True) == 1


def test_nothing_can_be_started_while_the_stream_stops(
    qtbot: QtBot, tray: Tray, session: FakeSession
) -> None:
    session.enter(SessionState.STOPPING)
    qtbot.waitUntil(lambda: tray.toggle.text() == "Stopping…")
    assert not tray.toggle.isEnabled()
    session.enter(SessionState.OFF)
    qtbot.waitUntil(tray.toggle.isEnabled)


@pytest.mark.parametrize("state", SessionState)
def test_every_state_offers_something(state: SessionState) -> None:
    offers = {SessionState.OFF: StartButton.GO_LIVE, SessionState.STOPPING: StartButton.WAIT}
    assert AppState(session=state).button is offers.get(state, StartButton.STOP)
    assert AppState(session=state).running is (state is not SessionState.OFF)
    assert AppState(session=state).live is (state is SessionState.LIVE)


@pytest.mark.parametrize("kind", DialogKind)
def test_every_dialog_opens_once_and_again_after_it_was_closed(
    qtbot: QtBot, window: MainWindow, dialogs: DialogManager, kind: DialogKind
) -> None:
    first = dialogs.open(kind, window)
    assert dialogs.open(kind, window) is first
    first.reject()
    assert dialogs.open(kind, window) is not first


@pytest.mark.parametrize("kind", DialogKind)
def test_no_dialog_blocks_the_window(
    window: MainWindow, dialogs: DialogManager, kind: DialogKind
) -> None:
    """It is open, and the call has returned."""
    dialog = dialogs.open(kind, window)
    assert dialog.isVisible()
    assert dialog.windowTitle()


def test_all_dialogs_are_closed_together(window: MainWindow, dialogs: DialogManager) -> None:
    opened: list[QDialog] = [
        dialogs.open(kind, window) for kind in (DialogKind.ABOUT, DialogKind.SHORTCUTS)
    ]
    dialogs.close_all()
    assert not any(dialog.isVisible() for dialog in opened)


@pytest.mark.parametrize("kind", DialogKind)
def test_nothing_of_a_closed_dialog_is_left_to_the_collector(
    qtbot: QtBot, window: MainWindow, dialogs: DialogManager, kind: DialogKind
) -> None:
    """It may run on any thread, and a widget that is deleted on another than its own crashes."""
    gc.collect()
    close(qtbot, dialogs.open(kind, window))
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        gc.collect()
        collected = [one for one in gc.garbage if isinstance(one, QObject)]
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
    assert [one for one in collected if shiboken6.isValid(one)] == []


def test_the_doctor_says_what_it_found_a_line_each(qtbot: QtBot, doctor: DoctorTask) -> None:
    with qtbot.waitSignal(doctor.done) as told:
        doctor.start()
    assert told.args == [CHECKS]
    assert doctor.checks == CHECKS
    assert doctor.text == "ok: Disk: 90 GiB free\nFAILED: Webcam: none found"


def test_a_report_says_how_the_program_is_set_up_and_not_which_file_is_played(
    app_model: AppModel, doctor: DoctorTask
) -> None:
    before = app_model.preferences.input
    app_model.set_input(replace(before, source="camera:Brio of Jane"))
    text = _report(app_model, doctor, LastLines())
    assert "session off, model built-in, engine size automatic" in text
    assert "source camera," in text
    assert "Jane" not in text
    app_model.set_engine_size(Size(640, 360))
    assert "engine size 640x360" in _report(app_model, doctor, LastLines())


@pytest.mark.parametrize("state", PublisherState)
def test_the_webcam_dialog_knows_every_state(
    window: MainWindow,
    dialogs: DialogManager,
    app_model: AppModel,
    publisher: FakePublisher,
    state: PublisherState,
) -> None:
    dialog = dialogs.open(DialogKind.WEBCAM, window)
    publisher.answer = replace(publisher.answer, state=state)
    app_model.camera.refresh()
    missing = state is PublisherState.UNAVAILABLE
    assert dialog._indicator.text()  # type: ignore[attr-defined]
    assert dialog.failed_checks.isHidden() is not missing  # type: ignore[attr-defined]
    assert dialog._guide.isHidden() is missing  # type: ignore[attr-defined]
