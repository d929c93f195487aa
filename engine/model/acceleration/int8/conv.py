"""Convolutions on bytes, for processors that multiply bytes twice as fast as bfloat16.

Weights are symmetric, one scale for each output channel; what goes in and out is unsigned, one
scale and zero for the whole tensor (Jacob et al. 2018, arXiv 1712.05877). The products are exact,
in 32 bits; oneDNN's kernels, which PyTorch brings along, add the bias, the shortcut and the ReLU
and round again in the same pass.

Shape letters: B pictures, C channels, h, w sides.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from engine.model.hardware.devices import adds_bytes_exactly

QMAX = 255

LARGEST, LARGEST_BY_PAIRS = 127, 63
"""Of weights in bytes. Where the processor adds two products in 16 bits before it goes on in 32,
255 times the one and 255 times the other must fit there.
"""

_NOTHING, _RELU, _SUM = "none", "relu", "sum"


@dataclass(frozen=True, slots=True)
class QuantParams:
    """What the bytes 0..255 stand for: scale * (byte - zero)."""

    scale: float
    zero: int = 0

    @staticmethod
    def over(low: float, high: float) -> QuantParams:
        """The finest grid that has zero, low and high on it."""
        low, high = min(low, 0.0), max(high, 0.0)
        scale = max(high - low, 1e-6) / QMAX
        return QuantParams(scale, round(-low / scale))

    @property
    def numbers(self) -> Tensor:
        """What each of the bytes 0..255 stands for, (256,)."""
        return self.scale * (torch.arange(QMAX + 1, dtype=torch.float32) - self.zero)

    def bytes_of(self, x: Tensor) -> Tensor:
        """The nearest bytes; what lies beyond the grid becomes its end."""
        shifted = x.to(torch.float32, copy=True).mul_(1.0 / self.scale).add_(self.zero - 128)
        # to signed bytes there are fast kernels, to unsigned ones there are none
        signed = shifted.round_().clamp_(-128, 127).to(torch.int8)
        return signed.view(torch.uint8).bitwise_xor_(128)


def largest_weight() -> int:
    """The largest byte that a weight may become on this processor."""
    return LARGEST if adds_bytes_exactly() else LARGEST_BY_PAIRS


class Int8Conv2d(nn.Module):
    """A convolution of bytes (B, A, h, w) on the grid `entering`, channels last.

    leaving: the grid of the bytes that come out, or the type of the numbers, bfloat16 or float32.
    relu: cut off below zero.
    """

    def __init__(
        self,
        conv: nn.Conv2d,
        entering: QuantParams,
        leaving: QuantParams | torch.dtype,
        *,
        relu: bool = False,
    ) -> None:
        super().__init__()
        assert not isinstance(conv.padding, str)
        self._entering, self._leaving, self._relu = entering, leaving, relu
        self._places = (list(conv.stride), list(conv.padding), list(conv.dilation), conv.groups)
        weight = conv.weight.detach().float()
        self._scales = weight.abs().amax(dim=(1, 2, 3)).clamp_min(1e-8) / largest_weight()
        self._zeros = torch.zeros(len(weight), dtype=torch.int64)
        bytes_ = (weight / self._scales[:, None, None, None]).round().to(torch.int8)
        self._packed = torch.ops.onednn.qconv_prepack(
            bytes_, self._scales, entering.scale, entering.zero, *self._places, None
        )
        bias = torch.zeros(len(weight)) if conv.bias is None else conv.bias.detach().float()
        self.bias = nn.Parameter(bias, requires_grad=False)

    def forward(self, x: Tensor, bias: Tensor | None = None) -> Tensor:
        """bias: float32, in the place of its own."""
        numbers = isinstance(self._leaving, torch.dtype)
        grid = QuantParams(1.0) if isinstance(self._leaving, torch.dtype) else self._leaving
        result: Tensor = torch.ops.onednn.qconv2d_pointwise(
            *self._given(x),
            self.bias if bias is None else bias,
            *self._places,
            grid.scale,
            grid.zero,
            self._leaving if numbers else torch.uint8,
            _RELU if self._relu else _NOTHING,
            [],
            "",
        )
        return result

    def forward_add(self, x: Tensor, shortcut: Tensor, grid: QuantParams) -> Tensor:
        """The sum with a shortcut, bytes on `grid`; the shortcut may be written over."""
        assert isinstance(self._leaving, QuantParams), "a shortcut is for bytes"
        result: Tensor = torch.ops.onednn.qconv2d_pointwise.binary(
            *self._given(x),
            shortcut,
            self.bias,
            *self._places,
            self._leaving.scale,
            self._leaving.zero,
            torch.uint8,
            grid.scale,
            grid.zero,
            _SUM,
            1.0,
            _RELU if self._relu else _NOTHING,
            [],
            "",
        )
        return result

    def _given(self, x: Tensor) -> tuple[Tensor, float, int, Tensor, Tensor, Tensor]:
        grid = self._entering
        return x, grid.scale, grid.zero, self._packed, self._scales, self._zeros


class QuantizedInputConv2d(Int8Conv2d):
    """In the place of a convolution of numbers: what goes in is rounded to bytes on its way.

    x: (B, A, h, w) of the convolution's type, and so is what comes out.
    """

    def __init__(self, conv: nn.Conv2d, entering: QuantParams) -> None:
        super().__init__(conv, entering, conv.weight.dtype)

    def forward(self, x: Tensor, bias: Tensor | None = None) -> Tensor:
        """bias: in the place of its own."""
        shift = None if bias is None else bias.float()
        return super().forward(self._entering.bytes_of(x), shift)
