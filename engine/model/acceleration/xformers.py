"""Attention with xformers, an optional library. This project has not run it on a GPU yet."""

from __future__ import annotations

import torch
from torch import Tensor

from engine.accelerators import XFORMERS
from engine.model.acceleration.base import AccelerationTarget, Accelerator
from engine.model.acceleration.optional_packages import check_installed
from engine.model.network.attention import Kernel, use_kernel
from engine.model.styles.style_model import StyleModel
from engine.settings import BUILT_IN


class Xformers(Accelerator):
    """Memory-efficient attention, for Stable Diffusion 1.5 on an NVIDIA GPU."""

    def available(self, device: torch.device, model: str) -> bool:
        return model != BUILT_IN and device.type == "cuda"

    def check(self, target: AccelerationTarget) -> None:  # noqa: ARG002
        check_installed(XFORMERS)

    def accelerate(
        self,
        model: StyleModel,
        target: AccelerationTarget,  # noqa: ARG002
    ) -> StyleModel:
        use_kernel(model.unet, xformers_kernel())
        return model


def xformers_kernel() -> Kernel:
    """The kernel of xformers. Raises DeviceError unless it is installed for this torch."""
    check_installed(XFORMERS)
    from xformers.ops import memory_efficient_attention  # noqa: PLC0415 - takes seconds, optional

    def kernel(query: Tensor, keys: Tensor, values: Tensor) -> Tensor:
        transposed = (tensor.transpose(1, 2) for tensor in (query, keys, values))
        mixed: Tensor = memory_efficient_attention(*transposed)
        return mixed.transpose(1, 2)

    return kernel
