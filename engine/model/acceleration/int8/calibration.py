"""The value ranges of the inputs of a network's convolutions, measured once for int8."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from torch import Tensor, nn

from engine.errors import EngineError, ModelError
from engine.files.json_data import read_json, write_json

Ranges = Mapping[str, tuple[float, float]]
"""Lowest and highest value of each convolution's input, by its name."""

_RARE = 1e-4
"""The share of values ignored at either end: a few outliers would cost all others precision."""

_SAMPLES = 1 << 18


@contextmanager
def record_ranges(network: nn.Module) -> Iterator[dict[str, tuple[float, float]]]:
    """Measure the ranges of every convolution of a network on what runs through it in the block."""
    found: dict[str, tuple[float, float]] = {}

    def widen(name: str, _: nn.Module, given: tuple[Tensor, ...]) -> None:
        values = given[0].detach().float().flatten()
        values = values[:: max(1, values.numel() // _SAMPLES)]
        low, high = (float(values.quantile(share)) for share in (_RARE, 1.0 - _RARE))
        old_low, old_high = found.get(name, (low, high))
        found[name] = min(low, old_low), max(high, old_high)

    with ExitStack() as hooks:
        for name, layer in network.named_modules():
            if isinstance(layer, nn.Conv2d):
                hooks.callback(layer.register_forward_pre_hook(partial(widen, name)).remove)
        yield found


def write_ranges(ranges: Ranges, path: Path) -> None:
    """Write the file whole or not at all. Raises OSError."""
    rounded = {name: [round(end, 4) for end in ends] for name, ends in sorted(ranges.items())}
    write_json(path, rounded)


def read_ranges(path: Path) -> Ranges:
    """What `write_ranges` wrote. Raises ModelError."""
    try:
        return read_json(path, dict[str, tuple[float, float]])
    except EngineError as error:
        raise ModelError(
            "The ranges of the built-in model cannot be read: {reason}.",
            "Install the program again.",
            reason=error.values.get("reason", error.message),
        ) from error
