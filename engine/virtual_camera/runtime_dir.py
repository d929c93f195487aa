"""Where the application and the publisher meet: a folder of the user's own."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path

from filelock import FileLock

from engine.errors import SinkError
from engine.paths import APP_ID, cache_dir, user_runtime_dir
from engine.virtual_camera.transport.factory import connect

_FORMER_FRAMES = "frames-2"


def runtime_dir() -> Path:
    """The folder for the socket, the lock and the log, made with no rights for others.

    No picture ever lies in it. Raises SinkError where it cannot be had, or is not the user's alone.
    """
    folder = _linux_folder() if sys.platform == "linux" else user_runtime_dir()
    ensure_private(folder)
    return folder


def ensure_private(folder: Path) -> None:
    """Make the folder if it is missing. Raises SinkError, as `runtime_dir` does."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.lstat()
    except OSError as error:
        raise SinkError(
            "The folder {folder} cannot be used: {reason}.",
            "Free some space, or remove what is in the way; the camera then comes back by itself.",
            folder=folder,
            reason=error.strerror or error,
        ) from error
    if sys.platform != "win32" and not _private(found):
        raise SinkError(
            "The folder {folder} is not this user's alone.",
            "Remove it, or make it your own with: chmod 700 {folder}",
            folder=folder,
        )


def publisher_lock(folder: Path) -> FileLock:
    """Locked by the publisher while it runs; released by the system however it ends."""
    return FileLock(folder / "publisher.lock", blocking=False, mode=0o600)


def publisher_runs(folder: Path) -> bool:
    """Whether a publisher serves applications in this folder."""
    channel = connect(folder)
    if channel is None:
        return False
    channel.close()
    return True


def remove_remnants(folder: Path) -> None:
    """Remove the pictures that earlier versions shared through a file, and left there."""
    folders = [folder]
    if sys.platform == "linux":
        folders.append(Path(f"/dev/shm/{APP_ID}-{os.getuid()}"))  # noqa: S108 - theirs, not ours
    for path in (place / _FORMER_FRAMES for place in folders):
        with suppress(OSError):
            found = path.lstat()
            if stat.S_ISREG(found.st_mode) and (sys.platform == "win32" or _mine(found)):
                path.unlink()


def publisher_log(folder: Path) -> Path:
    """What the publisher does and why."""
    return folder / "publisher.log"


def publisher_errors(folder: Path) -> Path:
    """What the publisher's interpreter said at its last start, if anything."""
    return folder / "publisher-errors.log"


def _linux_folder() -> Path:
    """In the session's own folder; else in the user's cache, whose name nobody else can take."""
    for session in (os.environ.get("XDG_RUNTIME_DIR"), f"/run/user/{os.getuid()}"):
        with suppress(OSError):
            if session and Path(session).is_absolute() and _own(Path(session).stat()):
                return Path(session, APP_ID)
    return cache_dir() / "run"


def _own(found: os.stat_result) -> bool:
    return stat.S_ISDIR(found.st_mode) and _mine(found)


def _mine(found: os.stat_result) -> bool:
    return found.st_uid == os.getuid()


def _private(found: os.stat_result) -> bool:
    return _own(found) and not found.st_mode & 0o077
