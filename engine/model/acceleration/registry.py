"""Which accelerators there are for a model on a device."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from engine.accelerators import (
    AUTO,
    COMPILE,
    EAGER,
    INT8,
    TENSORRT,
    XFORMERS,
    AcceleratorInfo,
)
from engine.errors import DeviceError
from engine.model.acceleration.openvino import runtime as openvino_runtime
from engine.model.hardware.devices import choose_device, multiplies_bytes
from engine.settings import BUILT_IN


def list_accelerators(device: torch.device, model: str = BUILT_IN) -> tuple[str, ...]:
    """The ways a model can be worked out on a device, PyTorch's own kernels first."""
    if model == BUILT_IN and device.type == "cpu":
        bytes_too = (INT8,) if multiplies_bytes() else ()
        return EAGER, *bytes_too, *openvino_runtime.accelerators_present()
    if model == BUILT_IN:
        return (EAGER,)
    return (EAGER, XFORMERS, COMPILE, TENSORRT) if device.type == "cuda" else (EAGER,)


def describe_accelerators(device: str, model: str) -> list[AcceleratorInfo]:
    """The same with what is to be told of each. Raises DeviceError for an unknown device."""
    return [AcceleratorInfo(name) for name in list_accelerators(choose_device(device), model)]


def check_accelerator(name: str, offered: Sequence[str]) -> None:
    """Raise DeviceError unless the name is "auto" or among those offered."""
    if name not in (AUTO, *offered):
        raise DeviceError(
            "There is no accelerator {name!r} for this model on this device.",
            "There is {accelerators}.",
            name=name,
            accelerators=", ".join((AUTO, *offered)),
        )
