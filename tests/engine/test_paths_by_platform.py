"""Every folder of the user's lies where the platform keeps such things."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from platformdirs.macos import MacOS
from platformdirs.unix import Unix
from platformdirs.windows import Windows

from engine import paths
from engine.paths import APP_ID, cache_dir, config_dir, data_dir, log_dir, recordings_dir

FOLDERS: list[Callable[[], Path]] = [config_dir, data_dir, cache_dir, log_dir, recordings_dir]


@pytest.fixture(params=[Unix, MacOS, Windows])
def platform(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> type:
    for name in ("CONFIG_HOME", "DATA_HOME", "CACHE_HOME", "STATE_HOME", "RUNTIME_DIR"):
        monkeypatch.delenv(f"XDG_{name}", raising=False)
    monkeypatch.setattr("platformdirs.windows.get_win_folder", lambda name: f"/win/{name}")
    monkeypatch.setattr(paths, "_DIRS", request.param(APP_ID, appauthor=False))
    kind: type = request.param
    return kind


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.__name__)
def test_every_folder_is_the_users_and_the_programs_own(
    platform: type, folder: Callable[[], Path]
) -> None:
    path = folder()
    assert path.is_absolute()
    assert APP_ID in path.parts or path.name == paths.APP_NAME


def test_recordings_lie_among_the_videos(platform: type) -> None:
    assert recordings_dir().name == paths.APP_NAME
    assert recordings_dir().parent.name in {"Videos", "Movies", "CSIDL_MYVIDEO"}


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [(MacOS, "Library/Application Support"), (Unix, ".config"), (Windows, "CSIDL_LOCAL_APPDATA")],
)
def test_preferences_lie_where_the_platform_keeps_them(
    kind: type, wanted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setattr("platformdirs.windows.get_win_folder", lambda name: f"/win/{name}")
    monkeypatch.setattr(paths, "_DIRS", kind(APP_ID, appauthor=False))
    assert f"/{wanted}/" in config_dir().as_posix() + "/"


def test_what_can_be_made_again_does_not_lie_with_what_cannot(platform: type) -> None:
    assert cache_dir() != data_dir()
    assert cache_dir() not in data_dir().parents
