"""Where the application and the publisher meet: a folder of the user's own, and locks in it."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from engine.errors import SinkError
from engine.paths import APP_ID, user_runtime_dir

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


def runtime_dir() -> Path:
    """The folder for shared memory and locks, made with no rights for others.

    On Linux it lies in memory, so that frames never reach a disk. Raises SinkError where
    somebody else has taken the name.
    """
    folder = _linux_folder() if sys.platform == "linux" else _user_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if sys.platform != "win32":
        _refuse_a_foreign(folder)
    return folder


def publisher_lock(folder: Path) -> Path:
    """Held by the publisher for as long as it runs."""
    return folder / "publisher.lock"


def application_lock(folder: Path) -> Path:
    """Held by the application that uses the camera."""
    return folder / "application.lock"


class Lock:
    """A lock on a file, let go by the system when its process ends in whatever way."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def take(self) -> bool:
        """Take it if it is free; never waits."""
        if self._handle is not None:
            return True
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(handle)
        except OSError:
            os.close(handle)
            return False
        self._handle = handle
        return True

    def release(self) -> None:
        """Let go; harmless when not held."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _linux_folder() -> Path:
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    return Path(runtime, APP_ID) if runtime else Path(f"/dev/shm/{APP_ID}-{os.getuid()}")  # noqa: S108


def _user_folder() -> Path:
    return user_runtime_dir()


def _refuse_a_foreign(folder: Path) -> None:
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise SinkError(
            "The folder {folder} is not this user's alone.",
            "Remove it, or make it your own with: chmod 700 {folder}",
            folder=folder,
        )
