"""All accelerators, in one table; add new ones here."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from engine.accelerators import (
    AUTO,
    COMPILE,
    EAGER,
    OPENVINO,
    OPENVINO_GPU,
    TENSORRT,
    XFORMERS,
    AcceleratorInfo,
    accelerator_info,
)
from engine.errors import DeviceError
from engine.model.acceleration.base import Accelerator, Eager
from engine.model.acceleration.openvino.accelerator import OpenVino
from engine.model.acceleration.tensorrt import TensorRT
from engine.model.acceleration.torch_compile import TorchCompile
from engine.model.acceleration.xformers import Xformers
from engine.model.hardware.devices import choose_device, choose_dtype
from engine.settings import BUILT_IN, BuildSettings

ACCELERATORS: tuple[Accelerator, ...] = (
    Eager(accelerator_info(EAGER)),
    OpenVino(accelerator_info(OPENVINO), "CPU"),
    OpenVino(accelerator_info(OPENVINO_GPU), "GPU"),
    Xformers(accelerator_info(XFORMERS)),
    TorchCompile(accelerator_info(COMPILE)),
    TensorRT(accelerator_info(TENSORRT)),
)
"""In the order in which they are offered; the first is always available."""


def accelerators_for(device: torch.device, model: str = BUILT_IN) -> tuple[Accelerator, ...]:
    """The accelerators that a model can have on a device, PyTorch's own kernels first."""
    return tuple(each for each in ACCELERATORS if each.available(device, model))


def list_accelerators(device: torch.device, model: str = BUILT_IN) -> tuple[str, ...]:
    """Their names."""
    return tuple(each.name for each in accelerators_for(device, model))


def describe_accelerators(device: str, model: str) -> list[AcceleratorInfo]:
    """Descriptions for users. Raises DeviceError for an unknown device."""
    return [each.info for each in accelerators_for(choose_device(device), model)]


def check_choice(build: BuildSettings) -> None:
    """Raise DeviceError where this computer lacks the device, or the device what is asked of it."""
    device = choose_device(build.device)
    choose_dtype(device, build.precision)
    choose_accelerator(build.accelerator, accelerators_for(device, build.model))


def choose_accelerator(name: str, offered: Sequence[Accelerator]) -> Accelerator:
    """The one with this name; for "auto" the quickest, which live is put to the test once more.

    One that this project has not run on its hardware is never chosen automatically. Raises
    DeviceError for a name that is not offered.
    """
    if name == AUTO:
        return next((each for each in offered if each.name == OPENVINO), offered[0])
    named = [each for each in offered if each.name == name]
    if not named:
        raise DeviceError(
            "The accelerator {name!r} is not available for this model on this device.",
            "Choose one of: {accelerators}.",
            name=name,
            accelerators=", ".join((AUTO, *(each.name for each in offered))),
        )
    return named[0]


def is_ready_at_once(name: str) -> bool:
    """Whether it is ready for the first frame of a stream, as "auto" requires. Raises KeyError."""
    return name == AUTO or {each.name: each.info.ready_at_once for each in ACCELERATORS}[name]
