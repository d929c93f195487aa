from collections.abc import Iterator
from pathlib import Path

import pytest

from gui.features.control.controller import RemoteControl
from gui.features.cue_player import CuePlayer
from gui.features.recording import RecordingController
from gui.state.app_model import AppModel
from gui.state.cues import CueStore


@pytest.fixture
def cues(app_model: AppModel, tmp_path: Path) -> CuePlayer:
    return CuePlayer(app_model, CueStore(tmp_path))


@pytest.fixture
def control(
    app_model: AppModel,
    recordings: RecordingController,
    cues: CuePlayer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[RemoteControl]:
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    control = RemoteControl(app_model, recordings, cues, tmp_path)
    control.start()
    yield control
    assert control.close(5)
