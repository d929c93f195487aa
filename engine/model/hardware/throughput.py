"""An estimate of the frame rate of Stable Diffusion 1.5 on a CPU, before it is loaded.

The CPU is timed with one matrix product; the time of the network follows from that.
"""

from __future__ import annotations

import time

import torch

from engine.frames import Size
from engine.model.hardware.devices import choose_device, choose_dtype
from engine.settings import BUILT_IN, BuildSettings

PASS_PRODUCTS = 148.0
"""Duration of a forward of the full network at 256 x 256, in products of two 1024 x 1024 matrices;
measured on an AVX-512 CPU in bfloat16."""

GROWTH = 1.1
"""The time grows with this power of the number of pixels."""

_SIDE, _TRIALS = 1024, 5


def expected_fps(size: Size, steps: int, product_seconds: float) -> float:
    """Frames per second, from the duration of one product."""
    pixels = size.width * size.height / (256 * 256)
    return 1.0 / (PASS_PRODUCTS * product_seconds * steps * pixels**GROWTH)


@torch.inference_mode()
def product_seconds(dtype: torch.dtype) -> float:
    """Duration of one product on this CPU now: the shortest of a few."""
    left, right = (torch.ones(_SIDE, _SIDE, dtype=dtype) for _ in range(2))
    trials = []
    for _ in range(_TRIALS):
        began = time.perf_counter()
        torch.mm(left, right)
        trials.append(time.perf_counter() - began)
    return min(trials)


def estimate_cpu_fps(build: BuildSettings, steps: int) -> float | None:
    """The expected frames per second of a downloaded model on the CPU.

    None for any other device, and for the built-in model, which is made for CPUs. Raises
    DeviceError.
    """
    device = choose_device(build.device)
    if build.model == BUILT_IN or device.type != "cpu":
        return None
    return expected_fps(build.size, steps, product_seconds(choose_dtype(device, build.precision)))
