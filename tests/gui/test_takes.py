from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from engine.errors import SinkError
from engine.events import SessionState
from engine.frames import Size, StyledFrame
from engine.settings import Blend, LiveSettings
from engine.video.snapshot import read_settings
from gui.studio import Studio
from gui.takes import Takes
from tests.gui.fakes import FakeSession, picture


@pytest.fixture
def live(qtbot: QtBot, studio: Studio, takes: Takes, session: FakeSession) -> FakeSession:
    studio.go_live()
    session.go_live()
    qtbot.waitUntil(lambda: studio.situation.live)
    session.show(picture(Size(64, 64), (9, 8, 7)))
    studio.take_output()
    return session


def test_a_snapshot_tells_all_settings(
    qtbot: QtBot, live: FakeSession, studio: Studio, takes: Takes
) -> None:
    studio.set_live(LiveSettings("oil", Blend("ink", 0.25), strength=0.5, seed=42))
    with qtbot.waitSignal(takes.snapshot_saved) as saved:
        takes.snapshot()
    assert saved.args is not None
    settings = read_settings(Path(saved.args[0]))
    assert settings["style"] == "oil"
    assert settings["blend"] == "ink 0.25"
    assert settings["seed"] == "42"


def test_the_untouched_picture_is_never_kept(
    live: FakeSession, studio: Studio, takes: Takes, tmp_path: Path
) -> None:
    live.output = StyledFrame(picture(Size(64, 64), (1, 1, 1)), 1, 0.0, original=True)
    studio.take_output()
    takes.snapshot()
    assert takes.wait(3)
    assert not list((tmp_path / "takes").glob("*"))


def test_a_folder_that_cannot_be_used_is_said(
    qtbot: QtBot, live: FakeSession, studio: Studio, takes: Takes, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    studio.change(folder=str(blocked / "inside"))
    for take in (takes.snapshot, takes.toggle_recording):
        with qtbot.waitSignal(studio.troubled) as told:
            take()
        assert told.args is not None
        assert isinstance(told.args[0], SinkError)
    assert live.sinks == []


def test_recording_waits_for_the_stream(takes: Takes, session: FakeSession) -> None:
    takes.toggle_recording()
    assert session.sinks == []


def test_the_end_of_the_stream_ends_the_recording(
    qtbot: QtBot, live: FakeSession, studio: Studio, takes: Takes
) -> None:
    takes.toggle_recording()
    assert studio.situation.recording
    with qtbot.waitSignal(takes.recording_saved):
        live.enter(SessionState.OFF)
    assert not studio.situation.recording


def test_a_recording_that_fails_is_no_longer_shown_as_running(
    qtbot: QtBot, live: FakeSession, studio: Studio, takes: Takes
) -> None:
    takes.toggle_recording()
    with qtbot.assertNotEmitted(takes.recording_saved):
        live.fail_sink(live.sinks[0])
        qtbot.waitUntil(lambda: not studio.situation.recording)
