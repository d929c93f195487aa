"""The one owner of a video file that is being written: its name, its lock, and its end."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from itertools import count
from pathlib import Path

from engine.files.locking import try_lock
from engine.files.names import file_name, free_path

MARK = "unfinished"
_NAME = re.compile(rf"(?P<stem>.*)\.{MARK}(-\d+)?$", re.DOTALL)
_BUFFER_BYTES = 64
"""Bytes. The first boxes of an MP4 do not say yet who made it; they are written together with
what follows, so that no file of ours exists that cannot be recognised as ours."""


def stem_of_unfinished(path: Path) -> str | None:
    """The stem of the target that an unfinished file was made for; None for any other name."""
    match = _NAME.match(path.stem)
    return match["stem"] if match else None


class UnfinishedFile:
    """An unfinished file next to its target: "clip.unfinished.mp4" for "clip.mp4".

    Muxers write to it as to any binary file. It is the user's alone to read, and locked, so that
    nobody takes it for a leftover. After the first write that fails nothing more reaches the disk,
    and `finish` fails as well: half an index must never replace a good one.
    One thread uses it.
    """

    def __init__(self, target: Path) -> None:
        self._target = target.resolve() if target.is_symlink() else target
        self._before = _identity(self._target)
        self._handle: int | None = None
        self._path: Path | None = None
        self._buffer = bytearray()
        self._ended = False
        self._error: OSError | None = None

    @property
    def path(self) -> Path | None:
        """Where the file is now; None as long as nothing has been written."""
        return self._path

    @property
    def failed(self) -> bool:
        """Whether a write has failed."""
        return self._error is not None

    def check(self) -> None:
        """Raises OSError where no file can be made in the target's folder."""
        self._create()
        self._close()
        self._remove()

    def write(self, data: bytes) -> int:
        """Write all of it at the current position; nothing after an end. Raises OSError, once."""
        if self._ended:
            return len(data)
        if self._handle is None:
            self._buffer += data
            if len(self._buffer) > _BUFFER_BYTES:
                self._release()
        else:
            self._write_all(data)
        return len(data)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Move to a position; gives it. Raises OSError."""
        return offset if self._ended else os.lseek(self._release(), offset, whence)

    def tell(self) -> int:
        """The current position."""
        return len(self._buffer) if self._handle is None else os.lseek(self._handle, 0, os.SEEK_CUR)

    def finish(self) -> Path:
        """Put the file on the disk and under its target's name; gives where it is.

        What stood there when the file was begun is replaced; what somebody else has put there
        since is not: then the file takes another name. Raises OSError, and the file stays
        under its unfinished name.
        """
        if self._error is not None:
            raise self._error
        os.fsync(self._release())
        assert self._path is not None
        target = self._target
        if _identity(target) not in (self._before, None):
            target = free_path(target.parent, target.stem, target.suffix)
        if os.name == "nt":
            self._close()  # an open file cannot be renamed there
        self._path.replace(target)
        self._path = target
        self._close()
        _sync_folder(target.parent)
        return target

    def keep(self) -> Path | None:
        """Write no more and leave the file as it is; gives its path, None where there is none."""
        self._ended = True
        if self._handle is not None:
            with suppress(OSError):  # the disk has just failed; there is nothing better to do
                os.fsync(self._handle)
        self._close()
        return self._path

    def discard(self) -> None:
        """Remove the file. Harmless at any time."""
        self._ended = True
        self._close()
        self._remove()

    def _create(self) -> int:
        target = self._target
        for number in count(1):
            mark = MARK if number == 1 else f"{MARK}-{number}"
            path = target.with_name(file_name(target.stem, f".{mark}{target.suffix}"))
            try:
                handle = os.open(path, _CREATE, 0o600)
            except FileExistsError:
                continue
            try_lock(handle)  # where there are no locks nobody can take it for a leftover either
            self._handle, self._path = handle, path
            return handle
        raise AssertionError("counting does not end")

    def _release(self) -> int:
        """The open file, made now where it does not exist yet."""
        if self._handle is not None:
            return self._handle
        handle = self._create()
        self._write_all(bytes(self._buffer))
        return handle

    def _write_all(self, data: bytes) -> None:
        """All or nothing: where the disk fills up in the middle, no torn end is left."""
        assert self._handle is not None
        start, size = self.tell(), os.fstat(self._handle).st_size
        view = memoryview(data)
        try:
            while view:
                view = view[os.write(self._handle, view) :]
        except OSError as error:
            self._ended, self._error = True, error
            if start == size:
                os.ftruncate(self._handle, size)
            raise

    def _remove(self) -> None:
        path, self._path = self._path, None
        if path is not None:
            path.unlink(missing_ok=True)

    def _close(self) -> None:
        handle, self._handle = self._handle, None
        if handle is not None:
            os.close(handle)


_CREATE = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0)


def _identity(path: Path) -> tuple[int, int, int] | None:
    """What tells one file from another under the same name; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_mtime_ns


def _sync_folder(folder: Path) -> None:
    """Put a new name on the disk, where the system lets a folder be synchronised."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    with suppress(OSError):  # some network file systems cannot
        os.fsync(handle)
    os.close(handle)
