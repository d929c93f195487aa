"""Switches of the whole process: memory, and what libraries print."""

from __future__ import annotations

import ctypes
import importlib
import logging
import os
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


TELEMETRY_OFF = {
    "DO_NOT_TRACK": "1",
    "DISABLE_TELEMETRY": "1",  # diffusers
    "HF_HUB_DISABLE_TELEMETRY": "1",
}
"""Read by the libraries when they are imported. OpenVINO's is kept out by its own loader."""


def forbid_telemetry() -> None:
    """Have libraries report nothing about this computer or its use, whatever its user has set."""
    os.environ.update(TELEMETRY_OFF)


def quiet_model_libraries() -> None:
    """Import diffusers and transformers, and let them print errors only, without progress bars.

    They warn about settings of published files that have no effect.
    """
    for library in ("diffusers", "transformers"):
        messages = importlib.import_module(f"{library}.utils.logging")
        messages.set_verbosity_error()
        messages.disable_progress_bar()
