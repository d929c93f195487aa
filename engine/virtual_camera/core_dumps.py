"""Keeps pictures of people out of core dumps."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress

_PR_SET_DUMPABLE = 4


def forbid_core_dumps() -> bool:
    """Leave no image of this process's memory when it crashes, and let no other process of the
    same user read it. Whether the system has done so in full.
    """
    if sys.platform == "win32":
        return False
    import resource  # noqa: PLC0415 - not on Windows

    with suppress(OSError, ValueError):
        _, most = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (0, most))
    if sys.platform != "linux":
        return False
    return bool(ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) == 0)
