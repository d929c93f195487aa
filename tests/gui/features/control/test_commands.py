"""Every command does what the window's own widget does, and is seen there."""

import threading
from concurrent.futures import Future
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.control.commands import (
    PANIC,
    RELEASE,
    Action,
    Adjust,
    ApplyPreset,
    ChooseStyle,
    Command,
    Do,
    GoToCue,
    SetBlend,
    SetInput,
    SetMark,
)
from engine.errors import SettingError
from engine.frames import Size
from engine.settings import Behind, Blend, Composition, FitMode, LiveSettings, Styled
from engine.video.watermark import Corner
from gui.features.control.controller import RemoteControl
from gui.shell.main_window import MainWindow
from gui.state.app_model import AppModel
from gui.state.cues import Cue, CueList
from gui.state.presets import Preset, PresetStore
from tests.gui.fakes import FakePublisher, FakeSession, picture


class Asking:
    """Sends a command as any way in does, and waits for its outcome."""

    def __init__(self, control: RemoteControl, qtbot: QtBot) -> None:
        self._control, self._qtbot = control, qtbot

    def __call__(self, command: Command) -> None:
        done: Future[None] = self._control.inbox.submit(command)
        self._qtbot.waitUntil(done.done, timeout=30_000)
        done.result()


@pytest.fixture
def ask(control: RemoteControl, qtbot: QtBot) -> Asking:
    return Asking(control, qtbot)


def test_a_style_is_chosen_and_the_window_shows_it(
    ask: Asking, window: MainWindow, session: FakeSession
) -> None:
    ask(ChooseStyle("ink"))
    chosen = [card.text() for card in window.styles.wall.cards if card.isChecked()]
    assert chosen == ["Ink"]
    assert session.applied[-1].style == "ink"
    with pytest.raises(SettingError):
        ask(ChooseStyle("nowhere"))


def test_styles_are_stepped_through_and_around(ask: Asking, app_model: AppModel) -> None:
    seen = []
    for _ in range(4):
        ask(Do(Action.NEXT_STYLE))
        seen.append(app_model.preferences.live.style)
    assert seen == ["oil", "ink", "pencil", "comic"]
    ask(Do(Action.PREVIOUS_STYLE))
    assert app_model.preferences.live.style == "pencil"


def test_sliders_are_moved_within_their_ranges(
    ask: Asking, app_model: AppModel, window: MainWindow
) -> None:
    ask(Adjust(strength=0.5, steps=2))
    assert window.controls.sliders.strength.value() == pytest.approx(0.5)
    with pytest.raises(SettingError, match="Strength is 7"):
        ask(Adjust(strength=7.0))
    assert app_model.preferences.live == LiveSettings("comic", strength=0.5, steps=2)


def test_a_second_style_is_blended_in_and_taken_out(ask: Asking, app_model: AppModel) -> None:
    with pytest.raises(SettingError, match="no second style"):
        ask(SetBlend(weight=0.5))
    with pytest.raises(SettingError, match="no second style"):
        ask(SetBlend("comic", 0.5))
    ask(SetBlend("oil", 0.25))
    assert app_model.preferences.live.blend == Blend("oil", 0.25)
    ask(SetBlend(weight=0.75))
    assert app_model.preferences.live.blend == Blend("oil", 0.75)
    ask(SetBlend(""))
    assert app_model.preferences.live.blend is None


def test_the_stream_starts_and_stops_once(ask: Asking, session: FakeSession) -> None:
    for _ in range(2):
        ask(Do(Action.LIVE))
    assert len(session.jobs) == 1
    ask(Do(Action.STOP))
    ask(Do(Action.TOGGLE_LIVE))
    assert len(session.jobs) == 2


def test_a_panic_hides_before_the_window_comes_to_it(
    control: RemoteControl, app_model: AppModel, publisher: FakePublisher, qtbot: QtBot
) -> None:
    done = control.inbox.submit(PANIC)
    seen = [app_model.state.panic]
    assert publisher.panics == [True]
    qtbot.waitUntil(done.done)
    assert [*seen, app_model.state.panic] == [False, True]
    assert control.board.status.panic_reached


def test_a_panic_is_shown_and_can_be_released_by_a_click(
    ask: Asking, window: MainWindow, publisher: FakePublisher, control: RemoteControl, qtbot: QtBot
) -> None:
    ask(PANIC)
    assert window.status.buttons.panic.isChecked()
    QTest.mouseClick(window.status.buttons.panic, Qt.MouseButton.LeftButton)
    assert publisher.panics[-1:] == [False]
    for hidden in (True, False):
        ask(Do(Action.TOGGLE_PANIC))
        assert publisher.panics[-1:] == [hidden]
    qtbot.waitUntil(lambda: not control.board.status.panic)


def test_a_panic_does_not_wait_for_a_window_that_follows_a_release(
    ask: Asking, control: RemoteControl, app_model: AppModel, publisher: FakePublisher, qtbot: QtBot
) -> None:
    ask(PANIC)
    arrived: list[bool] = []
    sent: list[bool] = []

    def press_again() -> None:
        """While the window still draws what the release has changed."""
        if app_model.state.panic or arrived:
            return
        pressing = threading.Thread(target=lambda: control.inbox.submit(PANIC))
        pressing.start()
        pressing.join(5)
        arrived.append(not pressing.is_alive())
        sent.extend(publisher.panics[-2:])

    app_model.state_changed.connect(press_again)
    ask(RELEASE)
    assert arrived == [True]
    assert sent == [False, True]
    qtbot.waitUntil(lambda: app_model.state.panic)
    assert publisher.panics[-1]


def test_a_release_from_outside_shows_nobody_unstyled(
    ask: Asking, app_model: AppModel, session: FakeSession, qtbot: QtBot
) -> None:
    ask(Do(Action.LIVE))
    session.go_live()
    qtbot.waitUntil(lambda: app_model.state.live)
    app_model.show_original(True)
    app_model.set_composition(Composition(Styled.ROOM, Behind.BLURRED))
    ask(PANIC)
    ask(RELEASE)
    assert session.originals == [True, False]
    assert not app_model.state.original
    assert session.applied[-1].composition == Composition(behind=Behind.BLURRED)


def test_a_recording_needs_a_styled_picture(
    ask: Asking, app_model: AppModel, session: FakeSession, qtbot: QtBot
) -> None:
    for command in (Do(Action.RECORD), Do(Action.SNAPSHOT)):
        with pytest.raises(SettingError, match="no styled picture"):
            ask(command)
    ask(Do(Action.LIVE))
    session.go_live()
    qtbot.waitUntil(lambda: app_model.state.live)
    for _ in range(2):
        ask(Do(Action.RECORD))
    assert len(session.sinks) == 1
    ask(Do(Action.STOP_RECORDING))
    qtbot.waitUntil(lambda: not app_model.state.recording)


def test_a_snapshot_is_taken(
    ask: Asking, app_model: AppModel, session: FakeSession, qtbot: QtBot, control: RemoteControl
) -> None:
    session.show(picture(Size(64, 64), (1, 2, 3)))
    app_model.take_output()
    ask(Do(Action.SNAPSHOT))
    qtbot.waitUntil(lambda: bool(list(Path(app_model.preferences.folder).glob("*.png"))))


def test_mark_and_input_are_changed(ask: Asking, app_model: AppModel) -> None:
    ask(SetMark(corner=Corner.TOP_LEFT))
    ask(SetInput("synthetic", mirror=True, fit=FitMode.LETTERBOX))
    now = app_model.preferences
    assert (now.mark.corner, now.mark.shown) == (Corner.TOP_LEFT, True)
    assert (now.input.source, now.input.mirror) == ("synthetic", True)
    with pytest.raises(SettingError):
        ask(SetInput(rotate=45))


def test_auto_framing_is_changed_without_touching_the_input(
    ask: Asking, app_model: AppModel
) -> None:
    before = app_model.preferences.input
    ask(SetInput(auto_framing=True))
    assert app_model.preferences.auto_framing
    assert app_model.preferences.input == before
    ask(SetInput(mirror=True))
    assert app_model.preferences.auto_framing
    ask(SetInput(auto_framing=False))
    assert not app_model.preferences.auto_framing


def test_presets_are_applied_by_name(
    ask: Asking, app_model: AppModel, control: RemoteControl, tmp_path: Path
) -> None:
    PresetStore(tmp_path).save(Preset("Evening", live=LiveSettings("ink", strength=0.7)))
    ask(ApplyPreset("Evening"))
    assert app_model.preferences.live == LiveSettings("ink", strength=0.7)
    assert control.board.status.presets == ("Evening",)
    with pytest.raises(SettingError, match="no preset Morning"):
        ask(ApplyPreset("Morning"))


def test_cues_are_gone_to(ask: Asking, app_model: AppModel, control: RemoteControl) -> None:
    control._cues.edit(
        CueList((Cue("One", live=LiveSettings("ink")), Cue("Two", live=LiveSettings("oil"))))
    )
    ask(Do(Action.NEXT_CUE))
    ask(Do(Action.NEXT_CUE))
    assert app_model.preferences.live.style == "oil"
    assert control.board.status.cues.position == 2
    with pytest.raises(SettingError, match="no cue 3"):
        ask(Do(Action.NEXT_CUE))
    ask(GoToCue(1))
    assert app_model.preferences.live.style == "ink"
    with pytest.raises(SettingError):
        ask(Do(Action.PREVIOUS_CUE))


def test_the_board_follows_clicks_in_the_window(
    control: RemoteControl, app_model: AppModel, qtbot: QtBot
) -> None:
    app_model.choose_style("pencil")
    qtbot.waitUntil(lambda: control.board.status.live.style == "pencil")
    app_model.report(SettingError("This is wrong.", "Mend it."))
    qtbot.waitUntil(lambda: control.board.status.problem is not None)
