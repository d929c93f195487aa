"""Weights in the memory layout of a CPU's kernels, prepared once after loading.

oneDNN reads weights in a blocked layout. It converts plain ones at every call, which for a wide
layer over few pixels takes longer than the product itself. Packed weights give the same results,
and no weight is stored twice. For inference only: packed weights cannot be trained.

`set_weight` changes a weight, packed or not.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from engine.model import torch_private


class PackedConv2d(nn.Module):
    """A convolution with packed weights, with the same name and shape. Gives channels last.

    forward(x (B, A, h, w), bias (C,), its own if None) -> (B, C, h', w')
    """

    def __init__(self, conv: nn.Conv2d) -> None:
        super().__init__()
        assert not isinstance(conv.padding, str)
        self._geometry = (list(conv.stride), list(conv.padding), list(conv.dilation), conv.groups)
        self.bias = conv.bias
        self.weight = self._packed(conv.weight)

    def pack(self, weight: Tensor) -> None:
        """Replace the weight with another plain one."""
        self.weight = self._packed(weight)

    def forward(self, x: Tensor, bias: Tensor | None = None) -> Tensor:
        return torch_private.reordered_conv(
            x.contiguous(memory_format=torch.channels_last),  # any other layout is slow
            self.weight,
            self.bias if bias is None else bias,
            self._geometry,
        )

    def _packed(self, weight: Tensor) -> nn.Parameter:
        packed = torch_private.reorder_conv_weight(weight.detach(), self._geometry)
        return nn.Parameter(packed, requires_grad=False)


class PackedLinear(nn.Module):
    """A linear layer with packed weights, with the same name and shape."""

    def __init__(self, linear: nn.Linear | nn.Conv2d) -> None:
        super().__init__()
        self.bias = linear.bias
        self.weight = self._packed(linear.weight)

    def pack(self, weight: Tensor) -> None:
        """Replace the weight with another plain one."""
        self.weight = self._packed(weight)

    def forward(self, x: Tensor) -> Tensor:
        return torch_private.reordered_linear(x, self.weight, self.bias)

    def _packed(self, weight: Tensor) -> nn.Parameter:
        packed = torch_private.reorder_linear_weight(weight.detach())
        return nn.Parameter(packed, requires_grad=False)


class PackedPointwise(PackedLinear):
    """A 1 x 1 convolution computed as a linear layer over pixels; its weight is a matrix.

    Packed as a convolution it would be slow for every picture size but the one it was packed for.
    """

    def forward(self, x: Tensor) -> Tensor:
        """(B, A, h, w) -> (B, C, h, w)"""
        pixels = x.permute(0, 2, 3, 1).contiguous()
        return super().forward(pixels).permute(0, 3, 1, 2)

    def _packed(self, weight: Tensor) -> nn.Parameter:
        return super()._packed(weight.flatten(1))


def can_pack(device: torch.device, dtype: torch.dtype) -> bool:
    """Whether weights can be packed on this device in this precision."""
    if device.type != "cpu" or not torch.backends.mkldnn.is_available():
        return False
    if dtype not in (torch.float32, torch.bfloat16):
        return False
    return torch_private.has_reordered_layers(dtype)


def pack(network: nn.Module) -> None:
    """Pack every convolution and linear layer of a network that can be packed.

    One at a time: each plain weight is released as soon as it is packed.
    """
    for name in [name for name, _ in network.named_children()]:
        layer = network.get_submodule(name)
        if isinstance(layer, nn.Conv2d | nn.Linear) and _fits(layer):
            setattr(network, name, _packed(layer))
        else:
            pack(layer)


def _packed(layer: nn.Conv2d | nn.Linear) -> nn.Module:
    if isinstance(layer, nn.Linear):
        return PackedLinear(layer)
    pointwise = layer.kernel_size == layer.stride == (1, 1) and layer.groups == 1
    return PackedPointwise(layer) if pointwise else PackedConv2d(layer)


def set_weight(network: nn.Module, name: str, values: Tensor) -> None:
    """Give the named parameter new values; `values` are copied and cast.

    The old tensor is not changed: others may still use it.
    """
    owner, _, leaf = name.rpartition(".")
    layer, old = network.get_submodule(owner), network.get_parameter(name)
    values = values.to(old.device, old.dtype, copy=True)
    if isinstance(layer, PackedConv2d | PackedLinear) and leaf == "weight":
        layer.pack(values)
    else:
        layout = torch.channels_last if values.ndim == 4 else torch.contiguous_format
        plain = values.contiguous(memory_format=layout)
        setattr(layer, leaf, nn.Parameter(plain, requires_grad=False))


def _fits(layer: nn.Conv2d | nn.Linear) -> bool:
    weight = layer.weight
    plain = not isinstance(layer, nn.Conv2d) or layer.padding_mode == "zeros"
    return plain and not weight.is_meta and can_pack(weight.device, weight.dtype)
