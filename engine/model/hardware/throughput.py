"""What rate a published model may come to on a processor: told before it is tried.

The processor is timed at one matrix product; a pass of the network is reckoned from that.
"""

from __future__ import annotations

import time

import torch

from engine.frames import Size
from engine.model.hardware.devices import choose_device, choose_dtype
from engine.settings import BUILT_IN, BuildSettings

PASS_PRODUCTS = 148.0
"""How many products of two 1024 x 1024 matrices a pass of the full network at 256 x 256 lasts as
long as; measured on an AVX-512 processor in bfloat16."""

GROWTH = 1.1
"""The power of the number of pixels that its time grows with."""

_SIDE, _TRIALS = 1024, 5


def expected_fps(size: Size, steps: int, product_seconds: float) -> float:
    """Frames per second, where one product takes so long."""
    pixels = size.width * size.height / (256 * 256)
    return 1.0 / (PASS_PRODUCTS * product_seconds * steps * pixels**GROWTH)


@torch.inference_mode()
def product_seconds(dtype: torch.dtype) -> float:
    """How long one product takes on the processor now: the quickest of a few."""
    left, right = (torch.ones(_SIDE, _SIDE, dtype=dtype) for _ in range(2))
    trials = []
    for _ in range(_TRIALS):
        began = time.perf_counter()
        torch.mm(left, right)
        trials.append(time.perf_counter() - began)
    return min(trials)


def estimate_cpu_fps(build: BuildSettings, steps: int) -> float | None:
    """Frames per second to expect where a published model would run on the processor.

    None where it would not, or for the built-in model, which is made for it. Raises DeviceError.
    """
    device = choose_device(build.device)
    if build.model == BUILT_IN or device.type != "cpu":
        return None
    return expected_fps(build.size, steps, product_seconds(choose_dtype(device, build.precision)))
