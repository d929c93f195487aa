"""Puts byte arithmetic into a network, layer by layer, wherever it is quicker on this machine.

Half of a network's layers gain nothing: rounding costs what a small product saves, and for some
widths the kernels for bytes are poor ones. So each layer is timed at its own size.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import torch
from torch import Tensor, nn

from engine.model.acceleration.int8.calibration import Ranges, inputs_seen
from engine.model.acceleration.int8.conv import QuantizedInputConv2d, QuantParams
from engine.model.hardware.tuning import pick_fastest

NUMBERS, BYTES = "numbers", "bytes"


def quantize_faster_layers(
    network: nn.Module, ranges: Ranges, example: Callable[[], object], key: str
) -> int:
    """Replace convolutions whose ranges are known; gives how many.

    example: runs the network as a stream does, for the sizes of its layers. key: names the
    network, device, precision and threads, under which the choices are remembered.
    """
    inputs: dict[str, Tensor] = {}
    with inputs_seen(network, inputs.__setitem__):
        example()
    replaced = 0
    for name, x in inputs.items():
        if name not in ranges:
            continue
        plain = network.get_submodule(name)
        assert isinstance(plain, nn.Conv2d)
        rounded = QuantizedInputConv2d(plain, QuantParams.over(*ranges[name]))
        ways = {NUMBERS: partial(_timed, plain, x), BYTES: partial(_timed, rounded, x)}
        if pick_fastest(f"{key}/{name}/{tuple(x.shape)}", ways) == BYTES:
            owner, _, leaf = name.rpartition(".")
            setattr(network.get_submodule(owner), leaf, rounded)
            replaced += 1
    return replaced


def _timed(layer: nn.Module, x: Tensor) -> None:
    with torch.inference_mode():
        layer(x)
