"""A lock belongs to one handle, and ends with it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.files.locking import try_lock

TRY = "import os, sys; from engine.files.locking import try_lock; "
TRY += "sys.exit(not try_lock(os.open(sys.argv[1], os.O_RDWR)))"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "lock"
    path.write_bytes(b"contents")
    return path


@pytest.fixture
def handle(file: Path) -> Iterator[int]:
    handle = os.open(file, os.O_RDWR)
    yield handle
    os.close(handle)


def locked_elsewhere(file: Path) -> bool:
    """Whether another process can lock the file now."""
    return subprocess.run([sys.executable, "-c", TRY, str(file)], check=False).returncode == 0


def test_a_second_handle_does_not_get_the_lock(file: Path, handle: int) -> None:
    assert try_lock(handle)
    other = os.open(file, os.O_RDWR)
    assert not try_lock(other)
    os.close(other)


def test_a_handle_may_lock_again_what_is_its_own(handle: int) -> None:
    assert try_lock(handle)
    assert try_lock(handle)


def test_another_process_is_kept_out_until_the_handle_is_closed(file: Path) -> None:
    handle = os.open(file, os.O_RDWR)
    assert try_lock(handle)
    assert not locked_elsewhere(file)
    os.close(handle)
    assert locked_elsewhere(file)


def test_the_contents_can_be_read_while_it_is_locked(file: Path, handle: int) -> None:
    assert try_lock(handle)
    assert file.read_bytes() == b"contents"


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX locks by flock")
def test_a_file_system_without_locks_counts_as_locked(
    handle: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no locks available")

    monkeypatch.setattr("engine.files.locking.fcntl.flock", refuse)
    assert not try_lock(handle)
