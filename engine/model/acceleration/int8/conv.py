"""int8 convolutions, for CPUs that multiply int8 twice as fast as bfloat16.

Weights are signed and symmetric, with a scale for each output channel; inputs and outputs are
unsigned, with one scale and zero point for the whole tensor (Jacob et al. 2018, arXiv 1712.05877).
The products are exact, in 32 bits; oneDNN's kernels, which come with PyTorch, apply bias, shortcut
and ReLU and requantize in the same pass.

Shape letters: B pictures, C channels, h, w sides.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from engine.model import torch_private
from engine.model.hardware.devices import adds_int8_exactly

QMAX = 255

LARGEST, LARGEST_BY_PAIRS = 127, 63
"""Of int8 weights. Where the CPU adds two products in 16 bits before it goes on in 32, the sum of
255 times both must fit into 16 bits.
"""


@dataclass(frozen=True, slots=True)
class QuantParams:
    """Maps 0..255 to numbers: scale * (value - zero)."""

    scale: float
    zero: int = 0

    @staticmethod
    def over(low: float, high: float) -> QuantParams:
        """The finest quantization whose range includes zero, low and high."""
        low, high = min(low, 0.0), max(high, 0.0)
        scale = max(high - low, 1e-6) / QMAX
        return QuantParams(scale, round(-low / scale))

    @property
    def dequantized(self) -> Tensor:
        """The numbers that 0..255 stand for, (256,)."""
        return self.scale * (torch.arange(QMAX + 1, dtype=torch.float32) - self.zero)

    def quantize(self, x: Tensor) -> Tensor:
        """The nearest values, uint8; numbers beyond the range are clipped."""
        shifted = x.to(torch.float32, copy=True).mul_(1.0 / self.scale).add_(self.zero - 128)
        # PyTorch has fast kernels for the cast to int8, but none for uint8
        signed = shifted.round_().clamp_(-128, 127).to(torch.int8)
        return signed.view(torch.uint8).bitwise_xor_(128)


def largest_weight() -> int:
    """The largest int8 weight on this CPU."""
    return LARGEST if adds_int8_exactly() else LARGEST_BY_PAIRS


class Int8Conv2d(nn.Module):
    """A convolution of uint8 values (B, A, h, w), quantized by `entering`, channels last.

    leaving: the quantization of the result, or its floating-point type, bfloat16 or float32.
    relu: clip below zero.
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
        self._geometry = (list(conv.stride), list(conv.padding), list(conv.dilation), conv.groups)
        weight = conv.weight.detach().float()
        self._scales = weight.abs().amax(dim=(1, 2, 3)).clamp_min(1e-8) / largest_weight()
        self._zeros = torch.zeros(len(weight), dtype=torch.int64)
        rounded = (weight / self._scales[:, None, None, None]).round().to(torch.int8)
        self._packed = torch_private.pack_int8_weight(
            rounded, self._scales, entering.scale, entering.zero, self._geometry
        )
        bias = torch.zeros(len(weight)) if conv.bias is None else conv.bias.detach().float()
        self.bias = nn.Parameter(bias, requires_grad=False)

    def forward(self, x: Tensor, bias: Tensor | None = None) -> Tensor:
        """bias: float32 (C,), instead of the layer's own."""
        leaving = self._leaving
        params, dtype = (
            (QuantParams(1.0), leaving)
            if isinstance(leaving, torch.dtype)
            else (leaving, torch.uint8)
        )
        return torch_private.int8_conv(
            self._given(x),
            self.bias if bias is None else bias,
            self._geometry,
            params.scale,
            params.zero,
            dtype,
            relu=self._relu,
        )

    def forward_add(self, x: Tensor, shortcut: Tensor, params: QuantParams) -> Tensor:
        """The sum with a shortcut, quantized by `params`; the shortcut may be overwritten."""
        leaving = self._leaving
        assert isinstance(leaving, QuantParams), "only a uint8 result can have a shortcut"
        return torch_private.int8_conv_add(
            self._given(x),
            shortcut,
            self.bias,
            self._geometry,
            (leaving.scale, leaving.zero),
            (params.scale, params.zero),
            relu=self._relu,
        )

    def _given(self, x: Tensor) -> torch_private.QuantizedInput:
        params = self._entering
        return x, params.scale, params.zero, self._packed, self._scales, self._zeros


class QuantizedInputConv2d(Int8Conv2d):
    """Replaces a floating-point convolution: its input is quantized on the way in.

    x: (B, A, h, w); input and result have the convolution's type.
    """

    def __init__(self, conv: nn.Conv2d, entering: QuantParams) -> None:
        super().__init__(conv, entering, conv.weight.dtype)

    def forward(self, x: Tensor, bias: Tensor | None = None) -> Tensor:
        """bias: (C,), instead of the layer's own."""
        shift = None if bias is None else bias.float()
        return super().forward(self._entering.quantize(x), shift)
