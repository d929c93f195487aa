"""A lock on an open file, released by the system when its process ends in whatever way."""

from __future__ import annotations

import os
import sys

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_BEYOND_ANY_FILE = 1 << 62
"""Where Windows locks: its locks forbid reading, so none may lie on the contents."""


def try_lock(handle: int) -> bool:
    """Lock the open file for this handle alone; never waits. False where another handle, of this
    process or another one, holds the lock, and where the file system has no locks.
    """
    try:
        if sys.platform == "win32":
            position = os.lseek(handle, 0, os.SEEK_CUR)
            os.lseek(handle, _BEYOND_ANY_FILE, os.SEEK_SET)
            try:
                msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            finally:
                os.lseek(handle, position, os.SEEK_SET)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
