"""Compares the memory plan with what the full network really takes on a processor.

    python -m tests.benchmarks.memory_plan [--side 256] [--side 512]

Weights are drawn, bfloat16, one step. What a warm-up and two frames take beyond weights and window
is the peak of this process, given back before each; a decoder is not part of it. Linux only.
"""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Annotated

import psutil
import torch
import typer
from rich.console import Console
from rich.table import Table

from engine.frames import Size
from engine.model.hardware.memory_budget import MemoryRequest, plan_memory
from engine.model.network.unet import UNet
from engine.model.sampling.noise_schedule import noise_levels, step_indices
from engine.model.sampling.stream import Stream
from engine.model.sampling.stream_spec import StreamSpec
from engine.system import release_free_memory
from tests.benchmarks.against_reference import STRENGTH, TEXT_TOKENS, full_network
from tests.benchmarks.full_size import drawn
from tests.benchmarks.loading_memory import peak_bytes
from tests.encoded import RecordedNoise, encoded, warmed_up


@torch.inference_mode()
def taken(unet: UNet, side: int) -> tuple[int, int]:
    """Bytes of the window, and of the peak beyond it, while a stream begins."""
    dtype = unet.dtype
    levels = noise_levels(step_indices(STRENGTH, 1))
    text = drawn("text", (1, TEXT_TOKENS, unet.config.cross_attention_dim)).to(dtype)
    latents = drawn("clean", (8, 4, side // 8, side // 8)).to(dtype)
    noise = drawn("noise", (1, 8, 4, side // 8, side // 8)).to(dtype)
    conditioning = unet.condition([levels[0].timestep], text)
    stream = Stream(StreamSpec(unet, levels, conditioning, RecordedNoise(noise)))
    inputs = encoded(latents, latents)
    before = _begin_anew()
    warmed_up(stream, inputs)
    for _ in range(2):
        stream.step(inputs[0])
    return stream.cache_bytes, peak_bytes() - before - stream.cache_bytes


def _begin_anew() -> int:
    """Let go of what is free and forget the peak; gives the bytes that are held."""
    gc.collect()
    release_free_memory()
    Path("/proc/self/clear_refs").write_text("5", "ascii")
    return int(psutil.Process().memory_info().rss)


def main(
    side: Annotated[list[int], typer.Option(help="Of the picture, in pixels.")] = [256, 512],  # noqa: B006
    threads: int = 2,
) -> None:
    """Measure and tell."""
    torch.set_num_threads(threads)
    unet = full_network(torch.bfloat16)
    table = Table("side", "window GB", "planned", "beyond it GB", "planned", title="bfloat16")
    for one in side:
        wish = MemoryRequest(Size(one, one), steps=1, second_cache=False)
        plan, (window, beyond) = plan_memory(unet.config, wish), taken(unet, one)
        figures = (window, plan.cache, beyond, plan.activations)
        table.add_row(str(one), *(f"{figure / 1e9:.2f}" for figure in figures))
    Console().print(table)


if __name__ == "__main__":
    typer.run(main)
