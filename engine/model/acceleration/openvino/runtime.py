"""OpenVINO, an extra: whether it is here, and what it can compute with."""

from __future__ import annotations

import importlib
import sys
from importlib.util import find_spec
from types import ModuleType
from typing import cast

from engine.accelerators import OPENVINO, OPENVINO_GPU

UNITS = {OPENVINO: "CPU", OPENVINO_GPU: "GPU"}
"""OpenVINO's names of what computes, by accelerator."""

_TELLS_ITS_MAKER = "openvino_telemetry"


def load_openvino() -> ModuleType:
    """The library. Raises ImportError where it is not installed.

    By itself it tells its maker over the network that it was imported. Without the part that does
    so, it does not; this program talks to nobody unasked.
    """
    sys.modules.setdefault(_TELLS_ITS_MAKER, cast("ModuleType", None))
    return importlib.import_module("openvino")


def accelerators_present() -> tuple[str, ...]:
    """The accelerators that OpenVINO offers on this computer."""
    if find_spec("openvino") is None:
        return ()
    # a second graphics chip makes of GPU a GPU.0 and a GPU.1
    found = {name.partition(".")[0] for name in load_openvino().Core().available_devices}
    return tuple(accelerator for accelerator, unit in UNITS.items() if unit in found)
