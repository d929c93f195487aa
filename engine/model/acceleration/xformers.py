"""Attention by xformers, an extra."""

from __future__ import annotations

from torch import Tensor

from engine.accelerators import XFORMERS
from engine.model.acceleration.optional_packages import check_installed
from engine.model.network.attention import Kernel


def xformers_kernel() -> Kernel:
    """The kernel of xformers. Raises DeviceError where it is not installed, or for another torch.

    Not yet run on a GPU by this project.
    """
    check_installed(XFORMERS)
    from xformers.ops import memory_efficient_attention  # noqa: PLC0415 - takes seconds, optional

    def kernel(query: Tensor, keys: Tensor, values: Tensor) -> Tensor:
        turned = (tensor.transpose(1, 2) for tensor in (query, keys, values))
        mixed: Tensor = memory_efficient_attention(*turned)
        return mixed.transpose(1, 2)

    return kernel
