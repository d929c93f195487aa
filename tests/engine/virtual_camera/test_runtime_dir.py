"""The folder in which the two processes meet, and who serves there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from filelock import Timeout

from engine.errors import SinkError
from engine.virtual_camera import runtime_dir as module
from engine.virtual_camera.runtime_dir import (
    ensure_private,
    publisher_lock,
    publisher_runs,
    remove_remnants,
    runtime_dir,
)
from engine.virtual_camera.transport.factory import listen

pytestmark = pytest.mark.skipif(os.name == "nt", reason="rights are those of the profile there")


def test_a_lock_is_held_by_one_and_free_again_after_release(tmp_path: Path) -> None:
    first, second = publisher_lock(tmp_path), publisher_lock(tmp_path)
    first.acquire()
    with pytest.raises(Timeout):
        second.acquire()
    first.release()
    second.acquire()
    second.release()


def test_the_folder_is_closed_to_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert runtime_dir().parent == tmp_path
    assert runtime_dir().stat().st_mode & 0o077 == 0


def test_a_folder_open_to_others_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    runtime_dir().chmod(0o755)
    with pytest.raises(SinkError, match="not this user's alone"):
        runtime_dir()


def test_a_session_folder_that_is_not_there_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "gone"))
    assert tmp_path not in runtime_dir().parents


@pytest.mark.skipif(os.name == "nt" or os.getuid() != 0, reason="only root can make it another's")
def test_a_session_folder_of_somebody_else_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.chown(tmp_path, 65534, 65534)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setattr(module, "cache_dir", lambda: tmp_path / "own")
    assert runtime_dir() != tmp_path / "live2diff-camera"


def test_a_file_in_the_folders_place_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(SinkError, match="cannot be used"):
        ensure_private(tmp_path / "taken")


def test_a_publisher_runs_where_one_listens(tmp_path: Path) -> None:
    assert not publisher_runs(tmp_path)
    listener = listen(tmp_path)
    assert publisher_runs(tmp_path)
    listener.close()
    assert not publisher_runs(tmp_path)


def test_a_socket_left_over_from_a_crash_is_no_publisher(tmp_path: Path) -> None:
    listener = listen(tmp_path)
    os.link(tmp_path / "camera.sock", tmp_path / "kept")
    listener.close()
    (tmp_path / "kept").rename(tmp_path / "camera.sock")
    assert not publisher_runs(tmp_path)
    listen(tmp_path).close()


def test_pictures_that_earlier_versions_left_are_removed(tmp_path: Path) -> None:
    (tmp_path / "frames-2").write_bytes(b"a face")
    (tmp_path / "publisher.log").write_text("kept")
    remove_remnants(tmp_path)
    remove_remnants(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["publisher.log"]
