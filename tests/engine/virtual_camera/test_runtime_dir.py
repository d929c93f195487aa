"""Locks and the folder in which the two processes meet."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engine.errors import SinkError
from engine.virtual_camera.runtime_dir import Lock, runtime_dir


def test_a_lock_is_held_by_one_and_free_again_after_release(tmp_path: Path) -> None:
    first, second = Lock(tmp_path / "lock"), Lock(tmp_path / "lock")
    assert first.take()
    assert first.take()
    assert not second.take()
    first.release()
    assert second.take()
    second.release()


@pytest.mark.skipif(os.name == "nt", reason="rights are those of the profile on Windows")
def test_the_folder_is_closed_to_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert runtime_dir().stat().st_mode & 0o077 == 0


@pytest.mark.skipif(os.name == "nt", reason="rights are those of the profile on Windows")
def test_a_folder_open_to_others_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    runtime_dir().chmod(0o755)
    with pytest.raises(SinkError, match="not this user's alone"):
        runtime_dir()
