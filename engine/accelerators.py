"""What a model can be computed on, and how, as data: knows no torch."""

from __future__ import annotations

from dataclasses import dataclass

AUTO, EAGER, INT8 = "auto", "eager", "int8"
"""Accelerators: whichever is quickest, PyTorch's own kernels, bytes where they help."""

XFORMERS, COMPILE, TENSORRT = "xformers", "compile", "tensorrt"
"""For published models on NVIDIA cards: other attention kernels; torch.compile with CUDA graphs;
NVIDIA's own compiler. The last two are built while PyTorch's own kernels already stream."""

OPENVINO, OPENVINO_GPU = "openvino", "openvino-gpu"
"""For the built-in model: Intel's OpenVINO on the processor, or on Intel graphics."""

_NOT_YET_RUN = frozenset({XFORMERS, COMPILE, TENSORRT, OPENVINO_GPU})
"""Accelerators that this project has not run on the hardware that they are for."""


@dataclass(frozen=True, slots=True)
class DeviceInfo:
    """A device. name: as torch calls it; free_bytes: None where it cannot be told."""

    name: str
    title: str
    free_bytes: int | None


@dataclass(frozen=True, slots=True)
class AcceleratorInfo:
    """A way to work a model out. tried: whether this project has run it on such hardware."""

    name: str

    @property
    def verified(self) -> bool:
        return self.name not in _NOT_YET_RUN
