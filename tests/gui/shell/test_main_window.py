from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QSlider, QWidget
from pytestqt.qtbot import QtBot

from engine.events import SessionState, SizesChosen
from engine.frames import Size
from engine.video.sinks.snapshot import read_settings
from engine.virtual_camera.protocol import OnAir
from gui.features.recording import RecordingController
from gui.shell.main_window import LayoutMode, MainWindow, first_size, layout_for
from gui.state.app_model import AppModel
from gui.theme.theme import roles
from tests.gui.fakes import FakePublisher, FakeSession, picture, stats

LEFT = Qt.MouseButton.LeftButton
GREY, GREEN = (90, 90, 90), (0, 200, 0)


@pytest.fixture
def live(qtbot: QtBot, window: MainWindow, app_model: AppModel, session: FakeSession) -> MainWindow:
    QTest.mouseClick(window.on_air.button, LEFT)
    session.go_live()
    qtbot.waitUntil(lambda: app_model.state.live)
    return window


def middle_of(widget: QWidget) -> tuple[int, int, int]:
    colour = widget.grab().toImage().pixelColor(widget.rect().center())
    return colour.red(), colour.green(), colour.blue()


def focusable(window: QWidget) -> list[QWidget]:
    kinds = (QAbstractButton, QComboBox, QLineEdit, QSlider)
    return [
        widget
        for widget in window.findChildren(QWidget)
        if isinstance(widget, kinds) and widget.isVisible() and widget.isEnabled()
    ]


def test_one_click_goes_live_and_one_stops(
    qtbot: QtBot, live: MainWindow, session: FakeSession
) -> None:
    assert live.on_air.button.text() == "Stop"
    QTest.mouseClick(live.on_air.button, LEFT)
    qtbot.waitUntil(lambda: live.on_air.button.text() == "Go live")
    assert session.state is SessionState.OFF


def test_the_button_shows_the_session_and_not_its_own_click(
    qtbot: QtBot, window: MainWindow, session: FakeSession
) -> None:
    session.enter(SessionState.LIVE)
    qtbot.waitUntil(lambda: window.on_air.button.text() == "Stop")


def test_every_state_is_told_in_words(
    qtbot: QtBot, window: MainWindow, app_model: AppModel, session: FakeSession
) -> None:
    words = {window.on_air.indicator.text()}
    app_model.state_changed.connect(lambda _: words.add(window.on_air.indicator.text()))
    for state in SessionState:
        session.enter(state)
    qtbot.waitUntil(lambda: len(words) == len(SessionState))


def test_the_styled_frame_is_drawn(qtbot: QtBot, live: MainWindow, session: FakeSession) -> None:
    session.show(picture(Size(64, 64), GREEN))
    view = live.preview.view
    qtbot.waitUntil(lambda: middle_of(view) == GREEN)
    assert not live.preview.notice.isVisible()


def test_holding_the_key_shows_the_input(
    qtbot: QtBot, live: MainWindow, session: FakeSession
) -> None:
    session.show(picture(Size(64, 64), GREY), picture(Size(64, 64), GREEN))
    view = live.preview.view
    qtbot.waitUntil(lambda: view.input_picture is not None)
    QTest.keyPress(live, Qt.Key.Key_C)
    seen = middle_of(view)
    QTest.keyRelease(live, Qt.Key.Key_C)
    after = middle_of(view)
    assert (seen, after) == (GREEN, GREY)


def test_number_keys_choose_styles_but_not_while_typing(
    qtbot: QtBot, window: MainWindow, app_model: AppModel
) -> None:
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_3)
    assert app_model.preferences.live.style == "ink"
    window.styles.focus_search()
    QTest.keyClick(window.styles.search, Qt.Key.Key_1)
    assert app_model.preferences.live.style == "ink"
    assert window.styles.search.text() == "1"


def test_the_panic_key_holds_the_placeholder_until_released(
    qtbot: QtBot, live: MainWindow, publisher: FakePublisher
) -> None:
    live.activateWindow()
    QTest.keyClick(live, Qt.Key.Key_F9)
    assert publisher.panics == [True]
    assert live.status.buttons.panic.text() == "Release"
    QTest.mouseClick(live.status.buttons.panic, LEFT)
    assert publisher.panics == [True, False]


def test_what_is_unusual_on_air_is_said_upon_the_picture(
    live: MainWindow, app_model: AppModel, publisher: FakePublisher
) -> None:
    badge = live.preview.badge
    assert not badge.isVisible()
    app_model.camera.refresh()
    app_model.show_original(True)
    assert not badge.isVisible(), "it is not on air yet"
    publisher.answer = replace(publisher.answer, on_air=OnAir.ORIGINAL)
    app_model.camera.refresh()
    assert "unstyled" in badge.text()
    app_model.panic(True)
    assert "placeholder" in badge.text()


def test_a_panic_that_the_publisher_does_not_confirm_is_said_not_to_have_reached_the_camera(
    live: MainWindow, app_model: AppModel, publisher: FakePublisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publisher, "panic", lambda _: None)
    app_model.panic(True)
    assert live.preview.badge.text() == "Panic has NOT reached the camera"
    for answer in (OnAir.STYLED, OnAir.ORIGINAL, OnAir.PLACEHOLDER, OnAir.UNKNOWN):
        publisher.answer = replace(publisher.answer, on_air=answer)
        app_model.camera.refresh()
        assert "NOT" in live.preview.badge.text()
    publisher.answer = replace(publisher.answer, on_air=OnAir.PANIC)
    app_model.camera.refresh()
    assert live.preview.badge.text() == "Panic: the placeholder is on air"


@pytest.mark.parametrize(
    ("on_air", "word"),
    [(OnAir.STYLED, "Live"), (OnAir.ORIGINAL, "Original"),
     (OnAir.PLACEHOLDER, "Hidden"), (OnAir.UNKNOWN, "Unknown")],
)  # fmt: skip
def test_the_lamp_says_what_the_publisher_sends(
    live: MainWindow, app_model: AppModel, publisher: FakePublisher, on_air: OnAir, word: str
) -> None:
    publisher.answer = replace(publisher.answer, on_air=on_air)
    app_model.camera.refresh()
    assert live.on_air.indicator.text() == word


def test_the_figures_are_shown_while_live_and_gone_after(
    qtbot: QtBot, live: MainWindow, session: FakeSession
) -> None:
    session.listener(stats(fps_out=1000 / 61, latency_p50_ms=71))
    qtbot.waitUntil(lambda: live.status.meter.figure.text() == "71 ms")
    assert live.status.advice.text().startswith("The model takes 61 ms per frame; 384 × 384")
    session.stop()
    qtbot.waitUntil(lambda: not live.status.meter.figure.isVisible())


def test_without_frames_there_are_no_figures(
    qtbot: QtBot, live: MainWindow, session: FakeSession
) -> None:
    session.listener(stats())
    qtbot.waitUntil(live.status.meter.figure.isVisible)
    session.enter(SessionState.RECOVERING)
    session.listener(stats(fps_in=0, fps_out=0, latency_p50_ms=0, latency_p95_ms=0))
    qtbot.waitUntil(lambda: not live.status.meter.figure.isVisible())


def test_words_are_readable_where_another_input_has_no_picture_yet(
    qtbot: QtBot, live: MainWindow, session: FakeSession
) -> None:
    session.show(picture(Size(64, 64), GREEN))
    qtbot.waitUntil(lambda: live.preview.view.has_output)
    session.enter(SessionState.STARTING)
    qtbot.waitUntil(live.preview.notice.isVisible)
    assert not live.preview.view.has_output
    assert roles().quiet in live.preview.notice.findChildren(QLabel)[1].styleSheet()


def test_the_audio_delay_is_copied_with_one_click(
    qtbot: QtBot, live: MainWindow, session: FakeSession, clipboard: Callable[[], str]
) -> None:
    session.listener(stats(latency_p50_ms=71.4, fps_out=20))
    qtbot.waitUntil(live.status.meter.copy.isVisible)
    QTest.mouseClick(live.status.meter.copy, LEFT)
    assert clipboard() == str(round(71.4 + 500 / 20 + 500 / 30))


@pytest.mark.parametrize(
    ("width", "height", "room"),
    [
        (1280, 800, LayoutMode.WIDE),
        (900, 600, LayoutMode.NARROW),
        (900, 1000, LayoutMode.FOLDED),
        (640, 480, LayoutMode.COMPACT),
    ],
)
def test_the_panes_take_the_room_there_is(
    qtbot: QtBot, window: MainWindow, width: int, height: int, room: LayoutMode
) -> None:
    assert layout_for(width, height) is room
    window.resize(width, height)
    qtbot.waitUntil(lambda: window.layout_mode is room)
    assert window.styles.isVisible() == (room is not LayoutMode.COMPACT)
    assert window.status.buttons.panic.isVisible()
    assert window.on_air.button.isVisible()


def test_the_side_is_hidden_by_key_and_that_is_remembered(
    qtbot: QtBot, window: MainWindow, app_model: AppModel
) -> None:
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_F6)
    assert not window.styles.isVisible()
    assert not app_model.preferences.layout.side_shown


def test_full_screen_shows_the_stream_alone(qtbot: QtBot, window: MainWindow) -> None:
    QTest.mouseDClick(window.preview.view, LEFT)
    qtbot.waitUntil(lambda: not window.status.isVisible())
    QTest.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(window.status.isVisible)


def test_every_control_has_a_name_for_the_screen_reader(window: MainWindow) -> None:
    nameless = [
        widget
        for widget in focusable(window)
        if not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert nameless == []


def test_every_control_can_be_reached_by_tab(qtbot: QtBot, live: MainWindow) -> None:
    live.activateWindow()
    reached = set()
    widget: QWidget | None = live.on_air.button
    for _ in range(200):
        assert widget is not None
        reached.add(widget)
        widget = widget.nextInFocusChain()
    wanted = {
        widget for widget in focusable(live) if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    assert wanted <= reached
    assert not [w for w in focusable(live) if not w.focusPolicy() & Qt.FocusPolicy.TabFocus]


def test_every_hit_area_is_large_enough(window: MainWindow) -> None:
    small = [
        (type(widget).__name__, widget.accessibleName(), widget.size())
        for widget in focusable(window)
        if isinstance(widget, QAbstractButton | QComboBox)
        and (widget.height() < 32 or widget.width() < 32)
    ]
    assert small == []


def test_a_snapshot_carries_what_made_it(
    qtbot: QtBot, live: MainWindow, session: FakeSession, app_model: AppModel, tmp_path: Path
) -> None:
    app_model.bridge.sizes_chosen.emit(SizesChosen(Size(64, 64), Size(640, 360), automatic=True))
    session.show(picture(Size(64, 64), GREEN))
    qtbot.waitUntil(lambda: app_model.last_output is not None)
    QTest.mouseClick(live.status.buttons.snapshot, LEFT)
    folder = tmp_path / "takes"
    qtbot.waitUntil(lambda: bool(list(folder.glob("*.png"))))
    saved = read_settings(next(folder.glob("*.png")))
    assert (saved["style"], saved["engine_size"]) == ("comic", "640x360")


def test_recording_feeds_one_more_sink_until_it_is_stopped(
    qtbot: QtBot, live: MainWindow, session: FakeSession
) -> None:
    record = live.status.buttons.record
    QTest.mouseClick(record, LEFT)
    assert len(session.sinks) == 1
    assert record.isChecked()
    QTest.mouseClick(record, LEFT)
    assert session.sinks == []
    qtbot.waitUntil(lambda: not record.isChecked())


def test_closing_tells_the_application_once(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.closed):
        window.close()


def test_where_a_file_was_saved_is_said_in_passing(
    window: MainWindow, recordings: RecordingController
) -> None:
    recordings.snapshot_saved.emit("/videos/Live2Diff Camera/one.png")
    assert window.preview.badge.text() == "Saved one.png in Live2Diff Camera"


@pytest.mark.parametrize("screen", [(1280, 720), (1366, 728), (1024, 600), (3840, 2100)])
def test_the_first_window_fits_any_screen_with_panic_in_sight(
    window: MainWindow, screen: tuple[int, int]
) -> None:
    available = QSize(*screen)
    window.resize(first_size(available))
    assert window.width() <= min(1280, available.width())
    assert window.height() < available.height()
    for pane in (window.on_air, window.status):
        assert window.rect().contains(pane.mapTo(window, pane.rect().bottomRight()))
