"""Describes the computer of a measurement, for its report."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from pathlib import Path

import psutil
import torch

from engine.model.hardware.devices import choose_device, choose_dtype
from engine.model.hardware.threads import cpu_threads


@dataclass(frozen=True, slots=True)
class Machine:
    """load: runnable processes per core over the last minute, before the measurement; 0 is idle.

    Above about 0.1 the figures say little about the speed of the machine.
    """

    processor: str
    cores: int
    threads: int
    memory_gb: float
    precision: str
    torch: str
    system: str
    load: float


def this_machine(device: str = "auto") -> Machine:
    """The local computer, and the precision used on a device. Raises DeviceError."""
    cores = os.cpu_count() or 1
    return Machine(
        processor=_processor(),
        cores=cores,
        threads=cpu_threads(),
        memory_gb=round(psutil.virtual_memory().total / 1e9, 1),
        precision=str(choose_dtype(choose_device(device))).removeprefix("torch."),
        torch=torch.__version__,
        system=platform.platform(terse=True),
        load=round(psutil.getloadavg()[0] / cores, 2),
    )


def _processor() -> str:
    """The CPU's model name, as far as the system reports it."""
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        for line in cpuinfo.read_text(errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
