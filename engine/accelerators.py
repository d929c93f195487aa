"""What a model can be computed on, and by which accelerator, as plain data: imports no torch.

`engine.model.acceleration.registry` has the code behind each accelerator.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import TranslatableValue

AUTO = "auto"
"""Whichever accelerator is the fastest on this computer."""

EAGER, XFORMERS, COMPILE, TENSORRT, OPENVINO, OPENVINO_GPU = (
    "eager",
    "xformers",
    "compile",
    "tensorrt",
    "openvino",
    "openvino-gpu",
)
"""The names that settings and the command line use."""


@dataclass(frozen=True, slots=True)
class DeviceInfo:
    """A device. name: as torch calls it. free_bytes: None where the system does not report it."""

    name: str
    title: str
    free_bytes: int | None


@dataclass(frozen=True, slots=True)
class AcceleratorInfo:
    """An accelerator as people see it.

    verified: this project has run it on the hardware that it is made for. ready_at_once: it
    computes the first frame of a stream already; otherwise it is compiled in the background for
    minutes, while PyTorch's own kernels do the work.
    """

    name: str
    title: TranslatableValue
    verified: bool = True
    ready_at_once: bool = True


ACCELERATORS = (
    AcceleratorInfo(EAGER, TranslatableValue("PyTorch (default)")),
    AcceleratorInfo(OPENVINO, TranslatableValue("OpenVINO on the CPU")),
    AcceleratorInfo(OPENVINO_GPU, TranslatableValue("OpenVINO on Intel graphics"), verified=False),
    AcceleratorInfo(XFORMERS, TranslatableValue("xformers"), verified=False),
    AcceleratorInfo(
        COMPILE,
        TranslatableValue("torch.compile with CUDA graphs"),
        verified=False,
        ready_at_once=False,
    ),
    AcceleratorInfo(TENSORRT, TranslatableValue("TensorRT"), verified=False, ready_at_once=False),
)
"""Every accelerator of the program, in the order in which they are offered."""


def accelerator_info(name: str) -> AcceleratorInfo:
    """The row of this name. Raises KeyError for any other."""
    return {info.name: info for info in ACCELERATORS}[name]
