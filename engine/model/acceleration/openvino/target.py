"""Describes the device that OpenVINO compiles graphs for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch

from engine.model.acceleration.engine_cache import EngineCache
from engine.model.acceleration.int8.calibration import Ranges
from engine.model.hardware.threads import cpu_threads
from engine.paths import cache_dir

LARGEST_FOLDER = 500_000_000
"""Limit in bytes for all graphs kept; those for one image size have 7 million."""


@dataclass(frozen=True, slots=True)
class OpenVinoTarget:
    """A device and how it computes. name: "CPU" or "GPU". dtype: of inputs and results.

    ranges: of the inputs of convolutions, by name; those are rounded to 8 bits. threads: of the
    CPU. folder: where graphs are kept, as they take seconds to compile.
    """

    name: str
    dtype: torch.dtype
    ranges: Ranges
    threads: int
    folder: EngineCache | None = None

    @staticmethod
    def of(name: str, dtype: torch.dtype, ranges: Ranges) -> OpenVinoTarget:
        """The best settings for a unit. Half of the cores, as two graphs run at a time, and faces
        are read beside them: with all of two cores a frame takes a tenth more of their time, and is
        later.
        """
        folder = EngineCache(cache_dir() / "openvino", LARGEST_FOLDER)
        threads = max(1, cpu_threads() // 2)
        return OpenVinoTarget(name, dtype, ranges if name == "CPU" else {}, threads, folder)

    @property
    def compile_options(self) -> tuple[str, dict[str, Any]]:
        """The arguments of OpenVINO's compiler."""
        return self.name, self.settings

    @property
    def settings(self) -> dict[str, Any]:
        """For OpenVINO's compiler: one image at a time, with the lowest latency."""
        hints: dict[str, Any] = {"PERFORMANCE_HINT": "LATENCY", "NUM_STREAMS": "1"}
        if self.name != "CPU":
            return {**hints, "INFERENCE_PRECISION_HINT": "f16"}
        precision = "bf16" if self.dtype is torch.bfloat16 else "f32"
        own = {"INFERENCE_PRECISION_HINT": precision, "INFERENCE_NUM_THREADS": self.threads}
        # if pinned to cores, the threads of two concurrent graphs would share the first ones
        return {**hints, **own, "ENABLE_CPU_PINNING": False}
