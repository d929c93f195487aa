import json
import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import c2pa
import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from engine.errors import SinkError
from engine.events import SessionState
from engine.frames import Size, StyledFrame
from engine.settings import Blend, LiveSettings
from engine.video.sinks.snapshot import read_settings
from gui.features.recording import RecordingController
from gui.state.app_model import AppModel
from tests.engine.video.sinks.test_recovery import leftover
from tests.gui.fakes import FakeSession, picture


@pytest.fixture
def live(
    qtbot: QtBot, app_model: AppModel, recordings: RecordingController, session: FakeSession
) -> FakeSession:
    app_model.go_live()
    session.go_live()
    qtbot.waitUntil(lambda: app_model.state.live)
    session.show(picture(Size(64, 64), (9, 8, 7)))
    app_model.take_output()
    return session


def test_a_snapshot_tells_all_settings(
    qtbot: QtBot, live: FakeSession, app_model: AppModel, recordings: RecordingController
) -> None:
    app_model.set_live(LiveSettings("oil", Blend("ink", 0.25), strength=0.5, seed=42))
    with qtbot.waitSignal(recordings.snapshot_saved) as saved:
        recordings.snapshot()
    assert saved.args is not None
    settings = read_settings(Path(saved.args[0]))
    assert settings["style"] == "oil"
    assert settings["blend"] == "ink 0.25"
    assert settings["seed"] == "42"


def test_the_untouched_picture_is_never_kept(
    live: FakeSession, app_model: AppModel, recordings: RecordingController, tmp_path: Path
) -> None:
    live.output = StyledFrame(picture(Size(64, 64), (1, 1, 1)), 1, 0.0, original=True)
    app_model.take_output()
    recordings.snapshot()
    assert recordings.wait(3)
    assert not list((tmp_path / "takes").glob("*"))


def test_a_folder_that_cannot_be_used_is_said(
    qtbot: QtBot,
    live: FakeSession,
    app_model: AppModel,
    recordings: RecordingController,
    tmp_path: Path,
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    app_model.update(lambda p: replace(p, folder=str(blocked / "inside")))
    for take in (recordings.snapshot, recordings.toggle_recording):
        with qtbot.waitSignal(app_model.troubled) as told:
            take()
        assert told.args is not None
        assert isinstance(told.args[0], SinkError)
    assert live.sinks == []


def test_recording_waits_for_the_stream(
    recordings: RecordingController, session: FakeSession
) -> None:
    recordings.toggle_recording()
    assert session.sinks == []


def test_the_end_of_the_stream_ends_the_recording(
    qtbot: QtBot, live: FakeSession, app_model: AppModel, recordings: RecordingController
) -> None:
    recordings.toggle_recording()
    assert app_model.state.recording
    size = Size(64, 64)
    live.sinks[0].open(size, 30.0)
    live.sinks[0].send(StyledFrame(picture(size, (9, 8, 7)), 0, 0.0))
    with qtbot.waitSignal(recordings.recording_saved) as saved:
        live.enter(SessionState.OFF)
    assert saved.args is not None
    assert Path(saved.args[0]).is_file()
    assert not app_model.state.recording


def actions_of(path: str) -> list[dict[str, Any]]:
    with c2pa.Reader(path) as reader:
        (manifest,) = json.loads(reader.json())["manifests"].values()
    (found,) = [each for each in manifest["assertions"] if "actions" in each["label"]]
    actions: list[dict[str, Any]] = found["data"]["actions"]
    return actions


def test_the_credentials_say_what_was_changed_while_recording(
    qtbot: QtBot, live: FakeSession, app_model: AppModel, recordings: RecordingController
) -> None:
    app_model.set_live(LiveSettings("comic", strength=1.0))
    recordings.toggle_recording()
    size, sink = Size(64, 64), live.sinks[0]
    sink.open(size, 30.0)
    app_model.set_live(LiveSettings("oil", strength=1.0))  # no picture yet: this is the beginning
    for second in range(5):
        if second == 3:
            app_model.set_live(LiveSettings("ink", strength=0.5))
        sink.send(StyledFrame(picture(size, (9, 8, 7)), second, second, marked=second > 1))
    with qtbot.waitSignal(recordings.recording_saved) as saved:
        live.enter(SessionState.OFF)
    assert saved.args is not None
    created, edited, watermarked = actions_of(saved.args[0])
    assert created["parameters"]["style"] == "oil"
    assert edited["action"] == "c2pa.edited"
    said = edited["parameters"]
    assert (said["from_second"], said["style"], said["strength"]) == ("2.0", "ink", "0.5")
    assert watermarked["action"] == "c2pa.watermarked.bound"


@pytest.mark.parametrize("marked", [True, False])
def test_a_mark_is_claimed_only_for_pictures_that_bear_it(
    qtbot: QtBot,
    live: FakeSession,
    app_model: AppModel,
    recordings: RecordingController,
    marked: bool,
) -> None:
    assert app_model.preferences.mark.invisible
    live.output = StyledFrame(picture(Size(64, 64), (9, 8, 7)), 1, 0.0, marked=marked)
    app_model.take_output()
    with qtbot.waitSignal(recordings.snapshot_saved) as saved:
        recordings.snapshot()
    assert saved.args is not None
    found = [each["action"] for each in actions_of(saved.args[0])]
    assert ("c2pa.watermarked.bound" in found) is marked


def test_a_recording_of_nothing_but_the_original_leaves_nothing_and_says_nothing(
    qtbot: QtBot,
    live: FakeSession,
    app_model: AppModel,
    recordings: RecordingController,
    tmp_path: Path,
) -> None:
    recordings.toggle_recording()
    size = Size(64, 64)
    live.sinks[0].open(size, 30.0)
    live.sinks[0].send(StyledFrame(picture(size, (1, 1, 1)), 0, 0.0, original=True))
    said: list[object] = []
    recordings.recording_saved.connect(said.append)
    app_model.troubled.connect(said.append)
    recordings.toggle_recording()
    qtbot.waitUntil(lambda: not app_model.state.recording)
    assert recordings.wait(3)
    QCoreApplication.processEvents()
    assert said == []
    assert not list((tmp_path / "takes").glob("*"))


def test_a_recording_that_fails_is_no_longer_shown_as_running(
    qtbot: QtBot, live: FakeSession, app_model: AppModel, recordings: RecordingController
) -> None:
    recordings.toggle_recording()
    with qtbot.assertNotEmitted(recordings.recording_saved):
        live.fail_sink(live.sinks[0])
        qtbot.waitUntil(lambda: not app_model.state.recording)


def test_the_folder_that_is_made_is_the_owners_alone(
    qtbot: QtBot, live: FakeSession, recordings: RecordingController, tmp_path: Path
) -> None:
    with qtbot.waitSignal(recordings.snapshot_saved):
        recordings.snapshot()
    assert stat.S_IMODE((tmp_path / "takes").stat().st_mode) == 0o700


def test_what_a_killed_program_left_is_recovered_and_said(
    qtbot: QtBot, app_model: AppModel, recordings: RecordingController, tmp_path: Path
) -> None:
    leftover(tmp_path)
    app_model.update(lambda p: replace(p, folder=str(tmp_path)))
    with qtbot.waitSignal(recordings.recording_saved) as saved:
        recordings.recover()
    assert saved.args == [str(tmp_path / "clip (recovered).mp4")]
