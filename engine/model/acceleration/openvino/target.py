"""What computes OpenVINO's graphs, and how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch

from engine.model.acceleration.engine_cache import EngineCache
from engine.model.acceleration.int8.calibration import Ranges
from engine.model.acceleration.openvino.runtime import UNITS
from engine.model.hardware.threads import cpu_threads
from engine.paths import cache_dir

LARGEST_FOLDER = 500_000_000
"""Bytes of graphs that are kept; those of one picture's size have 7 million."""


@dataclass(frozen=True, slots=True)
class OpenVinoTarget:
    """What computes, and how. name: "CPU" or "GPU". dtype: of the numbers that go in and out.

    ranges: of what enters the convolutions, by name; those are rounded to bytes. threads: of the
    processor. folder: where graphs are kept, which take seconds to make.
    """

    name: str
    dtype: torch.dtype
    ranges: Ranges
    threads: int
    folder: EngineCache | None = None

    @staticmethod
    def of(accelerator: str, dtype: torch.dtype, ranges: Ranges) -> OpenVinoTarget:
        """What an accelerator of OpenVINO's means. Unlike PyTorch's, its threads do not wait for
        each other while busy: two graphs at work share all processors best.
        """
        name = UNITS[accelerator]
        folder = EngineCache(cache_dir() / "openvino", LARGEST_FOLDER)
        return OpenVinoTarget(name, dtype, ranges if name == "CPU" else {}, cpu_threads(), folder)

    @property
    def compile_options(self) -> tuple[str, dict[str, Any]]:
        """Where a graph is to be compiled for, and how."""
        return self.name, self.settings

    @property
    def settings(self) -> dict[str, Any]:
        """For OpenVINO's compiler: one picture at a time, and that as soon as can be."""
        hints: dict[str, Any] = {"PERFORMANCE_HINT": "LATENCY", "NUM_STREAMS": "1"}
        if self.name != "CPU":
            return {**hints, "INFERENCE_PRECISION_HINT": "f16"}
        precision = "bf16" if self.dtype is torch.bfloat16 else "f32"
        own = {"INFERENCE_PRECISION_HINT": precision, "INFERENCE_NUM_THREADS": self.threads}
        # bound to processors, the threads of two graphs at work would share the first ones
        return {**hints, **own, "ENABLE_CPU_PINNING": False}
