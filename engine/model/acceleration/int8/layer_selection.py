"""Quantizes a network layer by layer, wherever that is faster on this computer.

Half of the layers gain nothing: rounding costs as much as a small product saves, and the int8
kernels are slow for some widths. So each layer is timed at its own size.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import torch
from torch import Tensor, nn

from engine.events import Progress, ProgressKind, ProgressListener, ignore_progress
from engine.model.acceleration.int8.calibration import Ranges, inputs_seen
from engine.model.acceleration.int8.conv import QuantizedInputConv2d, QuantParams
from engine.model.hardware.tuning import pick_fastest

NUMBERS, BYTES = "numbers", "bytes"
"""A layer as loaded and in int8, as named in the remembered choices."""


def quantize_faster_layers(
    network: nn.Module,
    ranges: Ranges,
    example: Callable[[], object],
    key: str,
    on_progress: ProgressListener = ignore_progress,
) -> int:
    """Replace convolutions whose ranges are known; returns their number.

    example: runs the network as a stream does, to find the sizes of its layers. key: names the
    network, device, precision and threads; choices are remembered under it. on_progress:
    receives MEASURING, in layers.
    """
    inputs: dict[str, Tensor] = {}
    with inputs_seen(network, inputs.__setitem__):
        example()
    replaced = 0
    known = {name: x for name, x in inputs.items() if name in ranges}
    for index, (name, x) in enumerate(known.items()):
        on_progress(Progress(ProgressKind.MEASURING, index, len(known)))
        plain = network.get_submodule(name)
        assert isinstance(plain, nn.Conv2d)
        rounded = QuantizedInputConv2d(plain, QuantParams.over(*ranges[name]))
        ways = {NUMBERS: partial(_timed, plain, x), BYTES: partial(_timed, rounded, x)}
        if pick_fastest(f"{key}/{name}/{tuple(x.shape)}", ways) == BYTES:
            owner, _, leaf = name.rpartition(".")
            setattr(network.get_submodule(owner), leaf, rounded)
            replaced += 1
    on_progress(Progress(ProgressKind.MEASURING, len(known), len(known)))
    return replaced


def _timed(layer: nn.Module, x: Tensor) -> None:
    with torch.inference_mode():
        layer(x)
