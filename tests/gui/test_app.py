import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from operator import attrgetter
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.frames import Size
from gui.app import AppDependencies, Application, display_available
from gui.dialogs.first_run.dialog import FirstRunDialog
from gui.dialogs.kinds import DialogKind
from gui.engine_link.compute_devices import HardwareQueries
from gui.log_setup import LastLines
from gui.state.preferences import (
    CameraFormat,
    Placeholder,
    PlaceholderKind,
    Preferences,
    PreferenceStore,
    ThemeChoice,
)
from gui.theme.theme import LIGHT, apply_theme, roles
from tests.gui.fakes import FakePublisher, FakeSession

LEFT = Qt.MouseButton.LeftButton
Make = Callable[..., Application]
PUBLISHED = "live2diff-sd15"
WITHIN_S = 3.0
RATES = {PUBLISHED: 0.23}
"""As on a computer without a graphics card."""


@pytest.fixture
def make(
    qapp: QApplication, qtbot: QtBot, publisher: FakePublisher, tmp_path: Path
) -> Iterator[Make]:
    """Applications on doubles, with these preferences; closed afterwards."""
    made: list[Application] = []

    def build(preferences: Preferences | None = None) -> Application:
        accepted = Preferences(responsible_use_accepted=True, first_run_done=True)
        PreferenceStore(tmp_path / "preferences.json").save(preferences or accepted)
        dependencies = AppDependencies(
            tmp_path,
            publisher,
            FakeSession,
            lambda _pixels, _frames: FakeSession,
            preload=lambda: None,
            hardware=HardwareQueries(
                tuple, lambda _build: (), lambda build, _steps: RATES.get(build.model)
            ),
        )
        app = Application(qapp, dependencies, LastLines())
        made.append(app)
        app.start()
        qtbot.waitUntil(lambda: publisher.started)
        return app

    yield build
    for app in made:
        app.close()
        app.window.deleteLater()
    apply_theme(qapp, Qt.ColorScheme.Dark)


def test_importing_the_window_leaves_torch_out() -> None:
    code = "import sys, gui.app; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
def test_a_display_is_looked_for_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert not display_available()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert display_available()


def test_the_camera_is_started_after_the_first_paint_with_a_placeholder(
    qtbot: QtBot, make: Make, publisher: FakePublisher
) -> None:
    make()
    qtbot.waitUntil(lambda: bool(publisher.placeholders))
    assert publisher.placeholders[0].shape == (720, 1280, 3)


def test_the_first_start_shows_the_dialog_on_responsible_use(
    qtbot: QtBot, make: Make, publisher: FakePublisher
) -> None:
    app = make(Preferences())
    dialog = app.interface.open_dialog(DialogKind.FIRST_RUN)
    assert isinstance(dialog, FirstRunDialog)
    assert dialog.must_accept
    dialog.reject()
    qtbot.waitUntil(lambda: publisher.closed)


def test_once_accepted_it_is_not_asked_again(qtbot: QtBot, make: Make) -> None:
    app = make(replace(Preferences(), responsible_use_accepted=True))
    dialog = app.interface.open_dialog(DialogKind.FIRST_RUN)
    assert isinstance(dialog, FirstRunDialog)
    assert not dialog.must_accept
    QTest.mouseClick(dialog.skip, LEFT)
    assert app.app_model.preferences.first_run_done
    assert app.window.isVisible()


HANGING = """
import os, signal, time
from pathlib import Path
from PySide6.QtCore import QTimer
from engine.session.session import Session
from gui import app
from tests.gui.fakes import FakePublisher

def interrupt():
    print(time.time(), flush=True)
    os.kill(os.getpid(), signal.SIGINT)

def interrupted(application, usual=app.quit_on_interrupt):
    usual(application)
    QTimer.singleShot(300, application.app_model.go_live)
    QTimer.singleShot(800, interrupt)

def hang(build, live, progress):
    time.sleep(60)

app.quit_on_interrupt = interrupted
app.config_dir = lambda: Path("{folder}")
app.PublisherClient = FakePublisher
dependencies = app.AppDependencies
app.AppDependencies = lambda folder, publisher: dependencies(
    folder, publisher, lambda listener: Session(listener, build_translator=hang)
)
raise SystemExit(app.run(["window"]))
"""


def test_ctrl_c_ends_a_program_whose_model_hangs(tmp_path: Path) -> None:
    accepted = Preferences(responsible_use_accepted=True, first_run_done=True)
    PreferenceStore(tmp_path / "preferences.json").save(accepted)
    code = HANGING.replace("{folder}", str(tmp_path))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert time.time() - float(done.stdout) < WITHIN_S
    assert "terminate" not in done.stderr


def test_another_language_makes_a_new_window_and_the_stream_goes_on(
    qtbot: QtBot, make: Make
) -> None:
    app = make()
    app.app_model.go_live()
    app.app_model.update(lambda p: replace(p, language="de"))
    qtbot.waitUntil(lambda: app.window.on_air.button.text() == "Stopp")
    assert app.app_model.state.running
    app.app_model.update(lambda p: replace(p, language="en"))
    qtbot.waitUntil(lambda: app.window.on_air.button.text() == "Stop")


def test_in_another_language_nothing_of_the_former_window_is_left(qtbot: QtBot, make: Make) -> None:
    app = make()
    former, gone = app.window, []
    former.destroyed.connect(lambda: gone.append(True))
    app.app_model.update(lambda p: replace(p, language="de"))
    qtbot.waitUntil(lambda: bool(gone))
    for signal in (app.cameras.changed, app.recordings.snapshot_saved):
        signal.emit("/videos/one.png")
    app.previews.waiting.emit()
    assert app.window.preview.badge.isVisible()
    words = [action.text() for action in app.interface.tray.menu.actions()]
    assert "Fenster zeigen" in words
    app.app_model.update(lambda p: replace(p, language="en"))
    qtbot.waitUntil(lambda: app.window.on_air.button.text() == "Go live")


def test_my_own_pictures_need_one_of_me_first(qtbot: QtBot, make: Make) -> None:
    app = make()
    app.app_model.go_live()
    qtbot.waitUntil(lambda: app.app_model.state.running)
    QTest.mouseClick(app.window.styles.own_pictures, LEFT)
    assert "no picture of you" in app.window.preview.badge.text()
    assert not app.window.styles.own_pictures.isChecked()


def test_another_theme_is_applied_at_once(make: Make) -> None:
    app = make()
    app.app_model.update(lambda p: replace(p, theme=ThemeChoice.LIGHT))
    assert roles() is LIGHT


def test_another_placeholder_is_sent_at_once(
    qtbot: QtBot, make: Make, publisher: FakePublisher
) -> None:
    app = make()
    qtbot.waitUntil(lambda: len(publisher.placeholders) == 1)
    app.app_model.update(lambda p: replace(p, placeholder=Placeholder(text="Gone fishing")))
    qtbot.waitUntil(lambda: len(publisher.placeholders) == 2)
    usual, fishing = publisher.placeholders
    assert not np.array_equal(usual, fishing)


def test_a_missing_placeholder_picture_is_reported(qtbot: QtBot, make: Make) -> None:
    app = make()
    with qtbot.waitSignal(app.app_model.troubled) as reported:
        app.app_model.update(
            lambda p: replace(
                p, placeholder=Placeholder(PlaceholderKind.PICTURE, path="/nowhere.png")
            )
        )
    assert reported.args is not None
    assert "nowhere.png" in str(reported.args[0])
    assert app.window.message_bar.isVisible()


def test_a_model_that_has_to_run_on_the_cpu_is_reported_with_its_speed(
    qtbot: QtBot, make: Make
) -> None:
    app = make()
    bar = app.window.message_bar
    build = app.app_model.preferences.build
    app.app_model.set_build(replace(build, model=PUBLISHED))
    qtbot.waitUntil(lambda: bar.message is not None and "0.23 frames/s" in bar.message.text)
    app.app_model.set_build(build)
    qtbot.waitUntil(lambda: bar.message is None)


def test_a_dialog_is_opened_once(make: Make) -> None:
    app = make()
    open_dialog = app.interface.open_dialog
    assert open_dialog(DialogKind.SETTINGS) is open_dialog(DialogKind.SETTINGS)


def test_closing_the_window_ends_session_and_camera(make: Make, publisher: FakePublisher) -> None:
    app = make()
    app.app_model.go_live()
    app.window.close()
    assert publisher.closed
    assert app.app_model.bridge.close(0)


@pytest.mark.parametrize(
    "broken", ["app_model.save", "app_model.bridge.close", "previews.close", "dialogs.close_all"]
)
def test_a_step_of_the_end_that_fails_keeps_no_other_from_being_done(
    make: Make, publisher: FakePublisher, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    app = make()
    owner, name = broken.rsplit(".", 1)

    def fail(*_: object) -> None:
        raise RuntimeError("unforeseen")

    with monkeypatch.context() as patched:
        patched.setattr(attrgetter(owner)(app), name, fail)
        assert not app.close()
    assert publisher.closed
    app.app_model.bridge.close(5)
    app.previews.close(5)


def test_the_webcam_is_set_up_as_chosen_and_again_at_each_change(
    make: Make, publisher: FakePublisher
) -> None:
    app = make()
    assert publisher.formats == [(Size(1280, 720), 30.0)]
    app.app_model.update(lambda p: replace(p, camera=CameraFormat(Size(640, 480), 15.0)))
    assert publisher.formats[-1] == (Size(640, 480), 15.0)
