"""The GPU's checks, on the CPU and with small networks, so that they are known to run."""

from __future__ import annotations

import torch

from engine.frames import Size
from engine.model.acceleration.torch_compile import torch_compiler
from engine.model.network.config import UNetConfig
from tests.gpu.check import OFFLINE_TOLERANCE, golden_errors, network_of, offline_error, rates

CPU = torch.device("cpu")
TINY = UNetConfig(
    block_out_channels=(16, 32),
    layers_per_block=1,
    attention_blocks=(True, False),
    motion_blocks=(True, True),
    num_attention_heads=2,
    motion_heads=4,
    cross_attention_dim=8,
    norm_num_groups=4,
    motion_norm_groups=4,
    conditioning_channels=(8,),
)


def test_the_golden_cases_are_met_on_the_device() -> None:
    errors = golden_errors(CPU, torch.float32)
    assert len(errors) == 3
    assert max(errors.values()) < 1e-3


def test_the_stream_equals_one_offline_pass() -> None:
    assert offline_error(CPU) < OFFLINE_TOLERANCE


def test_rates_are_measured_for_every_way_size_and_number_of_steps() -> None:
    unet = network_of(TINY, CPU, torch.float32)
    compiler = lambda: torch_compiler(None, backend="eager")  # noqa: E731
    found = rates(unet, (Size(64, 64),), compiler, frames=2)
    assert [(row.way, row.steps) for row in found] == [
        ("eager", 1), ("compile", 1), ("eager", 2), ("compile", 2)
    ]  # fmt: skip
    assert all(row.fps > 0.0 for row in found)
