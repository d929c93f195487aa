"""All use of PyTorch that is outside its public interface.

Each function here may change with any release of PyTorch. So each feature has a probe, which runs
it on a tiny input and compares the result with the public interface. If a probe fails, the caller
does without the feature: it is then slower, but no less correct. Tested with
PyTorch 2.13.0.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache

import torch
from torch import Tensor
from torch.jit._trace import TracerWarning as _TracerWarning
from torch.jit._trace import is_tracing as _is_tracing
from torch.nn import functional as F

logger = logging.getLogger(__name__)

ConvGeometry = tuple[list[int], list[int], list[int], int]
"""Stride, padding, dilation and groups of a convolution."""

Probe = Callable[[], list[tuple[Tensor, Tensor]]]
"""Returns pairs: the result of a feature, and what it should be."""

_UNFUSED: tuple[str, list[float], str] = ("none", [], "")
"""oneDNN can apply a function after the product; here, none."""


def reorder_conv_weight(weight: Tensor, geometry: ConvGeometry) -> Tensor:
    """A convolution's weight (C, A, k, k) in oneDNN's own layout."""
    stride, padding, dilation, groups = geometry
    return torch._C._nn.mkldnn_reorder_conv2d_weight(
        weight.to_mkldnn(), padding, stride, dilation, groups
    )


def reordered_conv(
    x: Tensor, weight: Tensor, bias: Tensor | None, geometry: ConvGeometry
) -> Tensor:
    """A convolution with a weight from `reorder_conv_weight`. x: (B, A, h, w), channels last."""
    stride, padding, dilation, groups = geometry
    return torch.ops.mkldnn._convolution_pointwise(
        x, weight, bias, padding, stride, dilation, groups, *_UNFUSED
    )


def reorder_linear_weight(weight: Tensor) -> Tensor:
    """A linear layer's weight (C, A) in oneDNN's own layout."""
    return torch.ops.mkldnn._reorder_linear_weight(weight)


def reordered_linear(x: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
    """A linear layer with a weight from `reorder_linear_weight`: (..., A) -> (..., C)"""
    return torch.ops.mkldnn._linear_pointwise(x, weight, bias, *_UNFUSED)


@cache
def has_reordered_layers(dtype: torch.dtype) -> bool:
    """Whether the four functions above work in this precision on this CPU."""
    return _agrees("oneDNN's weight layouts", lambda: _reordered_layers(dtype), tolerance=0.05)


def weighted_rows(table: Tensor, weights: Tensor, rows: Tensor, starts: Tensor) -> Tensor:
    """Bags of a table's rows, summed by weight. table: (N, D); weights, rows: (M,) -> (bags, D)

    `F.embedding_bag` without its checks, which take as long as the sum of a small bag.
    """
    return torch.embedding_bag(table, rows, starts, per_sample_weights=weights)[0]


@cache
def has_weighted_rows() -> bool:
    """Whether `weighted_rows` works, with FBGEMM's kernels; without them it is slow."""
    fbgemm = "fbgemm" in torch.backends.quantized.supported_engines
    return fbgemm and _agrees("weighted bags", _weighted_rows, tolerance=1e-5)


TracerWarning: type[Warning] = _TracerWarning
"""The tracer's warning where Python reads a tensor's value."""


def is_tracing() -> bool:
    """Whether the caller is being traced by `torch.jit`, as OpenVINO does."""
    return _is_tracing()


def allow_recompilations(count: int) -> None:
    """Let torch.compile compile the same function this often; its default is 8."""
    from torch._dynamo import config  # noqa: PLC0415 - takes a second to import

    if hasattr(config, "recompile_limit"):
        config.recompile_limit = count
    else:
        logger.warning("torch.compile's limit cannot be raised: styles may go uncompiled")


def _agrees(feature: str, probe: Probe, tolerance: float) -> bool:
    """Whether a probe runs, and each of its pairs is equal up to rounding."""
    try:
        with torch.inference_mode():
            pairs = probe()
    except (RuntimeError, AttributeError, TypeError, NotImplementedError) as error:
        logger.warning("%s are not used: %s", feature, error)
        return False
    agree = all(torch.allclose(a.float(), b.float(), tolerance, tolerance) for a, b in pairs)
    if not agree:
        logger.warning("%s are not used: they give wrong results here", feature)
    return agree


def _ramp(*shape: int) -> Tensor:
    """Numbers from -1 to 1 that bfloat16 represents well."""
    count = int(torch.Size(shape).numel())
    return ((torch.arange(count) * 7) % 17 - 8).float().div_(8.0).view(shape)


def _reordered_layers(dtype: torch.dtype) -> list[tuple[Tensor, Tensor]]:
    x, weight, bias = _ramp(1, 8, 6, 6).to(dtype), _ramp(8, 8, 3, 3).to(dtype), _ramp(8).to(dtype)
    x = x.contiguous(memory_format=torch.channels_last)
    geometry: ConvGeometry = ([2, 2], [1, 1], [1, 1], 1)
    conv = reordered_conv(x, reorder_conv_weight(weight, geometry), bias, geometry)
    rows, matrix = _ramp(5, 8).to(dtype), _ramp(6, 8).to(dtype)
    linear = reordered_linear(rows, reorder_linear_weight(matrix), None)
    return [
        (conv, F.conv2d(x.float(), weight.float(), bias.float(), 2, 1)),
        (linear, F.linear(rows.float(), matrix.float())),
    ]


def _weighted_rows() -> list[tuple[Tensor, Tensor]]:
    table, weights = _ramp(6, 4), _ramp(6)
    found = weighted_rows(table, weights, torch.arange(6), torch.tensor([0, 3]))
    exact = (table * weights[:, None]).view(2, 3, 4).sum(dim=1)
    return [(found, exact)]
