"""Where and how a model runs: devices by name, and what is quickest there, by measurement."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import torch
from platformdirs import user_cache_path

from engine.devices import (
    AUTO,
    COMPILE,
    EAGER,
    INT8,
    TENSORRT,
    XFORMERS,
    AcceleratorInfo,
    DeviceInfo,
)
from engine.errors import DeviceError
from engine.model import openvino_runtime
from engine.model.beside import processor_threads
from engine.settings import BUILT_IN, Precision

logger = logging.getLogger(__name__)

APP = "live2diff-camera"
_TURNS, _TRIALS = 2, 3

_DTYPES = {
    Precision.FLOAT16: torch.float16,
    Precision.BFLOAT16: torch.bfloat16,
    Precision.FLOAT32: torch.float32,
}


def list_devices() -> list[DeviceInfo]:
    """What there is on this machine, best first; the CPU is always the last."""
    devices = []
    for index in range(torch.cuda.device_count()):
        free, _ = torch.cuda.mem_get_info(index)
        devices.append(DeviceInfo(f"cuda:{index}", torch.cuda.get_device_name(index), free))
    if torch.backends.mps.is_available():
        devices.append(DeviceInfo("mps", "Apple GPU", None))
    devices.append(DeviceInfo("cpu", _cpu_title(), _free_memory()))
    return devices


def choose_device(name: str) -> torch.device:
    """The named device, or for "auto" the best there is. Raises DeviceError; never falls back."""
    names = [device.name for device in list_devices()]
    if name == "auto":
        return torch.device(names[0])
    if name == "cuda" and "cuda:0" in names:
        return torch.device("cuda:0")
    if name not in names:
        raise DeviceError(
            "There is no device {name!r} on this computer.",
            "There is {devices}.",
            name=name,
            devices=", ".join(names),
        )
    return torch.device(name)


def choose_dtype(device: torch.device, wish: Precision = Precision.AUTO) -> torch.dtype:
    """What is asked for, or else half precision where the device computes in it."""
    if wish is not Precision.AUTO:
        return _DTYPES[wish]
    if device.type == "cuda":
        return torch.float16
    if device.type == "mps":
        return torch.float16
    return torch.bfloat16 if _cpu_has_bfloat16() else torch.float32


def _cpu_has_bfloat16() -> bool:
    """Whether the processor multiplies in bfloat16; emulated, it is slower than float32."""
    return _processor_has("avx512_bf16", "amx_bf16", "bf16")


def list_accelerators(device: torch.device, model: str = BUILT_IN) -> tuple[str, ...]:
    """The ways a model can be worked out on a device, PyTorch's own kernels first."""
    if model == BUILT_IN and device.type == "cpu":
        bytes_too = (INT8,) if _multiplies_bytes() else ()
        return EAGER, *bytes_too, *openvino_runtime.accelerators_present()
    if model == BUILT_IN:
        return (EAGER,)
    return (EAGER, XFORMERS, COMPILE, TENSORRT) if device.type == "cuda" else (EAGER,)


def describe_accelerators(device: str, model: str) -> list[AcceleratorInfo]:
    """The same with what is to be told of each. Raises DeviceError for an unknown device."""
    return [AcceleratorInfo(name) for name in list_accelerators(choose_device(device), model)]


def check_accelerator(name: str, offered: Sequence[str]) -> None:
    """Raise DeviceError unless the name is "auto" or among those offered."""
    if name not in (AUTO, *offered):
        raise DeviceError(
            "There is no accelerator {name!r} for this model on this device.",
            "There is {accelerators}.",
            name=name,
            accelerators=", ".join((AUTO, *offered)),
        )


def _multiplies_bytes() -> bool:
    """Whether PyTorch has kernels for products of bytes on this processor."""
    return _processor_has("avx2") and torch.backends.mkldnn.is_available()


def adds_bytes_exactly() -> bool:
    """Whether the processor sums products of bytes in 32 bits; else two are added in 16 first."""
    return _processor_has("avx512_vnni", "avx_vnni", "amx_int8")


def _processor_has(*names: str) -> bool:
    """Any of these instruction sets."""
    able = torch.cpu.get_capabilities()
    return any(able.get(name, False) for name in names)


def choose_fastest(key: str, ways: Mapping[str, Callable[[], object]]) -> str:
    """The name of the quickest of some ways to do a thing; measured once, then remembered.

    It is remembered because the same input must give the same output on the same machine.
    key: names the thing, device, model and size.
    """
    path = _choices_path()
    known = _read_choices(path)
    if known.get(key) not in ways:
        # each has its turn twice, as a machine's speed drifts
        turns = [{name: _seconds(work) for name, work in ways.items()} for _ in range(_TURNS)]
        seconds = {name: min(turn[name] for turn in turns) for name in ways}
        known[key] = min(seconds, key=lambda name: seconds[name])
        _write_choices(path, known)
        logger.info("%s: %s of %s", key, known[key], seconds)
    return known[key]


def forget_choices() -> None:
    """Have everything measured again: other work may have run beside it the last time."""
    try:
        _choices_path().unlink(missing_ok=True)
    except OSError as error:
        logger.warning("cannot forget %s: %s", _choices_path(), error)


def _choices_path() -> Path:
    return user_cache_path(APP) / "choices.json"


def _seconds(work: Callable[[], object]) -> float:
    """The quickest of some trials, after one that does not count."""
    work()
    trials = []
    for _ in range(_TRIALS):
        start = time.perf_counter()
        work()
        trials.append(time.perf_counter() - start)
    return min(trials)


def _read_choices(path: Path) -> dict[str, str]:
    try:
        return {str(k): str(v) for k, v in json.loads(path.read_text()).items()}
    except (OSError, ValueError, AttributeError):
        return {}


def _write_choices(path: Path, choices: dict[str, str]) -> None:
    """A cache: where it cannot be kept, the next start measures again."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".partial")
        partial.write_text(json.dumps(choices, indent=1))
        partial.replace(path)
    except OSError as error:
        logger.warning("cannot remember %s: %s", path, error)


def _cpu_title() -> str:
    return f"CPU, {processor_threads()} threads"


def _free_memory() -> int | None:
    meminfo = Path("/proc/meminfo")
    if not meminfo.exists():
        return None
    for line in meminfo.read_text().splitlines():
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) * 1024
    return None
