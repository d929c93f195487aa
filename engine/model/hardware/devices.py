"""Devices by name, and what their processors can do."""

from __future__ import annotations

from pathlib import Path

import torch

from engine.accelerators import (
    DeviceInfo,
)
from engine.errors import DeviceError
from engine.model.hardware.threads import cpu_threads
from engine.settings import Precision

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


def choose_dtype(device: torch.device, wanted: Precision = Precision.AUTO) -> torch.dtype:
    """What is asked for, or else half precision where the device computes in it."""
    if wanted is not Precision.AUTO:
        return _DTYPES[wanted]
    if device.type == "cuda":
        return torch.float16
    if device.type == "mps":
        return torch.float16
    return torch.bfloat16 if _cpu_has_bfloat16() else torch.float32


def _cpu_has_bfloat16() -> bool:
    """Whether the processor multiplies in bfloat16; emulated, it is slower than float32."""
    return _processor_has("avx512_bf16", "amx_bf16", "bf16")


def multiplies_bytes() -> bool:
    """Whether PyTorch has kernels for products of bytes on this processor."""
    return _processor_has("avx2") and torch.backends.mkldnn.is_available()


def adds_bytes_exactly() -> bool:
    """Whether the processor sums products of bytes in 32 bits; else two are added in 16 first."""
    return _processor_has("avx512_vnni", "avx_vnni", "amx_int8")


def _processor_has(*names: str) -> bool:
    """Any of these instruction sets."""
    able = torch.cpu.get_capabilities()
    return any(able.get(name, False) for name in names)


def _cpu_title() -> str:
    return f"CPU, {cpu_threads()} threads"


def _free_memory() -> int | None:
    meminfo = Path("/proc/meminfo")
    if not meminfo.exists():
        return None
    for line in meminfo.read_text().splitlines():
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) * 1024
    return None
