"""How far the inputs of a network's convolutions reach, measured once for byte arithmetic."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from torch import Tensor, nn

from engine.errors import ModelError
from engine.model.network.autoencoder import Branch

RANGES = "ranges.json"
Ranges = Mapping[str, tuple[float, float]]
"""By the name of a convolution: low and high of what goes into it, and of what comes out of a
branch by that name and `RESULT`."""

RESULT = ".result"

_RARE = 1e-4
"""The share of values at either end that may lie beyond; a few far ones would cost all others."""

_SAMPLES = 1 << 18


@contextmanager
def inputs_seen(network: nn.Module, see: Callable[[str, Tensor], None]) -> Iterator[None]:
    """Show `see` the name and input of every convolution that runs meanwhile."""

    def hook(name: str, _: nn.Module, given: tuple[Tensor, ...]) -> None:
        see(name, given[0])

    with ExitStack() as hooks:
        for name, layer in network.named_modules():
            if isinstance(layer, nn.Conv2d):
                hooks.callback(layer.register_forward_pre_hook(partial(hook, name)).remove)
        yield


@contextmanager
def record_ranges(network: nn.Module) -> Iterator[dict[str, tuple[float, float]]]:
    """Measure every convolution of a network by whatever runs through it meanwhile."""
    found: dict[str, tuple[float, float]] = {}

    def widen(name: str, given: Tensor) -> None:
        values = given.detach().float().flatten()
        values = values[:: max(1, values.numel() // _SAMPLES)]
        low, high = (float(values.quantile(share)) for share in (_RARE, 1.0 - _RARE))
        old_low, old_high = found.get(name, (low, high))
        found[name] = min(low, old_low), max(high, old_high)

    def result(name: str, _: nn.Module, __: tuple[Tensor, ...], made: Tensor) -> None:
        widen(name + RESULT, made)

    with ExitStack() as hooks, inputs_seen(network, widen):
        for name, layer in network.named_modules():
            if isinstance(layer, Branch):
                hooks.callback(layer.register_forward_hook(partial(result, name)).remove)
        yield found


def write_ranges(ranges: Ranges, path: Path) -> None:
    """Whole or not at all."""
    partial_file = path.with_suffix(".partial")
    rounded = {name: [round(end, 4) for end in ends] for name, ends in sorted(ranges.items())}
    partial_file.write_text(json.dumps(rounded, indent=1) + "\n")
    partial_file.rename(path)


def read_ranges(path: Path, prefix: str) -> Ranges:
    """Those of one part, without its prefix.

    Raises ModelError where the file is broken.
    """
    try:
        return {
            name.removeprefix(prefix): (float(low), float(high))
            for name, (low, high) in _load(path)
            if name.startswith(prefix)
        }
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise ModelError(
            "The ranges of the built-in model cannot be read: {reason}.",
            "Install the program again.",
            reason=str(error),
        ) from error


def _load(path: Path) -> list[tuple[str, list[float]]]:
    return list(json.loads(path.read_text()).items())
