"""OpenVINO: whether it is installed (not every system has it), and where it computes."""

from __future__ import annotations

import importlib
import sys
from importlib.util import find_spec
from types import ModuleType
from typing import cast

_TELEMETRY = "openvino_telemetry"


def load_openvino() -> ModuleType:
    """The library. Raises ImportError where it is not installed.

    By default it reports over the network to its maker that it was imported. It also works without
    the module that does so, which is hidden from it: this program contacts nobody unasked.
    """
    sys.modules.setdefault(_TELEMETRY, cast("ModuleType", None))
    return importlib.import_module("openvino")


def units_present() -> tuple[str, ...]:
    """The devices that OpenVINO finds here, by its own names, such as "CPU" and "GPU"."""
    if find_spec("openvino") is None:
        return ()
    # with a second graphics chip, GPU becomes GPU.0 and GPU.1
    names = load_openvino().Core().available_devices
    return tuple(dict.fromkeys(name.partition(".")[0] for name in names))
