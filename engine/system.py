"""Switches of the whole process: memory, and what libraries print."""

from __future__ import annotations

import ctypes
import importlib
import logging
import sys

logger = logging.getLogger(__name__)


def release_free_memory() -> None:
    """Have glibc return freed memory to the system; elsewhere the allocator does so by itself.

    A model is hundreds of megabytes in many pieces: kept, they add up over starts and stops.
    """
    if sys.platform != "linux":
        return
    try:
        ctypes.CDLL("libc.so.6").malloc_trim(0)
    except (OSError, AttributeError):
        logger.debug("this C library has no malloc_trim")


def quiet_model_libraries() -> None:
    """Import diffusers and transformers, and let them print errors only, without progress bars.

    They warn about settings of published files that have no effect.
    """
    for library in ("diffusers", "transformers"):
        messages = importlib.import_module(f"{library}.utils.logging")
        messages.set_verbosity_error()
        messages.disable_progress_bar()
