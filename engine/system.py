"""Gives memory that was freed back to the system."""

from __future__ import annotations

import ctypes
import logging
import sys

logger = logging.getLogger(__name__)


def release_free_memory() -> None:
    """Let glibc return what it keeps for later; elsewhere the allocator does so by itself.

    A model is hundreds of megabytes in many pieces: kept, they add up over starts and stops.
    """
    if sys.platform != "linux":
        return
    try:
        ctypes.CDLL("libc.so.6").malloc_trim(0)
    except (OSError, AttributeError):
        logger.debug("this C library has no malloc_trim")
