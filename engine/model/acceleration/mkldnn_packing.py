"""Weights laid out beforehand the way a CPU's kernels want them.

oneDNN reads weights in blocks of its own. From plain ones it makes such blocks at every call, which
for a wide layer over few pixels takes longer than the product itself. Packed once after loading,
results are the same and nothing is kept twice. Only for running: packed weights cannot be trained.

`put` is how a weight is changed, packed or not.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

_ALONE: tuple[str, list[float], str] = ("none", [], "")
"""Nothing is fused behind the product."""


class PackedConv2d(nn.Module):
    """A convolution with packed weights, of the same name and shape; gives pictures channels last.

    forward(x (B, A, h, w), bias (C,), its own if None) -> (B, C, h', w')
    """

    def __init__(self, conv: nn.Conv2d) -> None:
        super().__init__()
        assert not isinstance(conv.padding, str)
        self._places = (list(conv.padding), list(conv.stride), list(conv.dilation), conv.groups)
        self.bias = conv.bias
        self.pack(conv.weight)

    def pack(self, weight: Tensor) -> None:
        """Take another plain weight."""
        plain = weight.detach().to_mkldnn()
        packed = torch._C._nn.mkldnn_reorder_conv2d_weight(plain, *self._places)
        self.weight = nn.Parameter(packed, requires_grad=False)

    def forward(self, x: Tensor, bias: Tensor | None = None) -> Tensor:
        result: Tensor = torch.ops.mkldnn._convolution_pointwise(
            x.contiguous(memory_format=torch.channels_last),  # otherwise it takes a slow way round
            self.weight,
            self.bias if bias is None else bias,
            *self._places,
            *_ALONE,
        )
        return result


class PackedLinear(nn.Module):
    """A linear layer with packed weights, of the same name and shape."""

    def __init__(self, linear: nn.Linear | nn.Conv2d) -> None:
        super().__init__()
        self.bias = linear.bias
        self.pack(linear.weight)

    def pack(self, weight: Tensor) -> None:
        """Take another plain weight."""
        packed = torch.ops.mkldnn._reorder_linear_weight(weight.detach())
        self.weight = nn.Parameter(packed, requires_grad=False)

    def forward(self, x: Tensor) -> Tensor:
        result: Tensor = torch.ops.mkldnn._linear_pointwise(x, self.weight, self.bias, *_ALONE)
        return result


class PackedPointwise(PackedLinear):
    """A 1 x 1 convolution as what it is, a linear layer over pixels; its weight is a matrix.

    Packed as a convolution it is slow wherever the pictures are not of the size packed for.
    """

    def pack(self, weight: Tensor) -> None:
        super().pack(weight.flatten(1))

    def forward(self, x: Tensor) -> Tensor:
        """(B, A, h, w) -> (B, C, h, w)"""
        pixels = x.permute(0, 2, 3, 1).contiguous()
        return super().forward(pixels).permute(0, 3, 1, 2)


def can_pack(device: torch.device, dtype: torch.dtype) -> bool:
    """Whether packing is for this place."""
    if device.type != "cpu" or not torch.backends.mkldnn.is_available():
        return False
    return dtype is torch.float32 or (dtype is torch.bfloat16 and _packs_bfloat16())


def _packs_bfloat16() -> bool:
    """Not on older processors, which have no kernels for it."""
    able: bool = torch.ops.mkldnn._is_mkldnn_bf16_supported()
    return able


def pack(network: nn.Module) -> None:
    """Pack every convolution and linear layer of a network where that is of use.

    One at a time: no plain weight is held any longer than until it is packed.
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
    """Give the named parameter other values; `values` are cast, and never kept themselves.

    The old tensor is left as it was, for whoever still holds it.
    """
    owner, _, leaf = name.rpartition(".")
    layer, old = network.get_submodule(owner), network.get_parameter(name)
    values = values.to(old.device, old.dtype, copy=True)
    if isinstance(layer, PackedConv2d | PackedLinear) and leaf == "weight":
        layer.pack(values)
    else:
        layout = torch.channels_last if values.ndim == 4 else torch.contiguous_format
        settled = values.contiguous(memory_format=layout)
        setattr(layer, leaf, nn.Parameter(settled, requires_grad=False))


def _fits(layer: nn.Conv2d | nn.Linear) -> bool:
    weight = layer.weight
    plain = not isinstance(layer, nn.Conv2d) or layer.padding_mode == "zeros"
    return plain and not weight.is_meta and can_pack(weight.device, weight.dtype)
