"""Compute devices by name, and the abilities of this CPU."""

from __future__ import annotations

import psutil
import torch

from engine.accelerators import DeviceInfo
from engine.errors import DeviceError
from engine.model.hardware.threads import cpu_threads
from engine.settings import Precision

_DTYPES = {
    Precision.FLOAT16: torch.float16,
    Precision.BFLOAT16: torch.bfloat16,
    Precision.FLOAT32: torch.float32,
}


def list_devices() -> list[DeviceInfo]:
    """The devices of this computer, best first; the CPU is always last."""
    devices = []
    for index in range(torch.cuda.device_count()):
        free, _ = torch.cuda.mem_get_info(index)
        devices.append(DeviceInfo(f"cuda:{index}", torch.cuda.get_device_name(index), free))
    if torch.backends.mps.is_available():
        devices.append(DeviceInfo("mps", "Apple GPU", None))
    devices.append(DeviceInfo("cpu", _cpu_title(), psutil.virtual_memory().available))
    return devices


def choose_device(name: str) -> torch.device:
    """The named device, or the best one for "auto". Raises DeviceError; never falls back."""
    names = [device.name for device in list_devices()]
    if name == "auto":
        return torch.device(names[0])
    if name == "cuda" and "cuda:0" in names:
        return torch.device("cuda:0")
    if name not in names:
        raise DeviceError(
            "This computer has no device {name!r}.",
            "Choose one of: {devices}.",
            name=name,
            devices=", ".join(names),
        )
    return torch.device(name)


def choose_dtype(device: torch.device, wanted: Precision = Precision.AUTO) -> torch.dtype:
    """The requested precision; by default half precision where the device supports it.

    Raises DeviceError where the device cannot compute in it.
    """
    if wanted is Precision.FLOAT16 and device.type == "cpu":
        raise DeviceError(
            "A processor cannot compute in {precision}.",
            "Leave the precision at auto, or choose bfloat16 or float32.",
            precision=wanted.value,
        )
    if wanted is not Precision.AUTO:
        return _DTYPES[wanted]
    if device.type == "cuda":
        return torch.float16
    if device.type == "mps":
        return torch.float16
    return torch.bfloat16 if _multiplies_bfloat16() else torch.float32


def _multiplies_bfloat16() -> bool:
    """Whether the CPU multiplies in bfloat16; emulated, it is slower than float32."""
    return _cpu_has("avx512_bf16", "amx_bf16", "bf16")


def adds_int8_exactly() -> bool:
    """Whether the CPU sums int8 products in 32 bits; otherwise pairs are added in 16 bits first."""
    return _cpu_has("avx512_vnni", "avx_vnni", "amx_int8")


def _cpu_has(*names: str) -> bool:
    """Whether the CPU has any of these instruction sets."""
    able = torch.cpu.get_capabilities()
    return any(able.get(name, False) for name in names)


def _cpu_title() -> str:
    return f"CPU, {cpu_threads()} threads"
