"""What keeping the window in 8 bits costs in exactness, through the full network.

    python -m tests.benchmarks.cache_precision [--side 256] [--frames 12] [--precision float16]

Weights are drawn from their names. The streamed latents are compared with those of a window in the
network's own precision; as a measure of scale, the same network in float32 is compared too where
memory allows (--exact, 10 GB).
"""

from __future__ import annotations

from typing import Annotated

import torch
import typer
from rich.console import Console
from rich.table import Table
from torch import Tensor

from engine.model.network.unet import UNet
from engine.model.sampling.noise_schedule import noise_levels, step_indices
from engine.model.sampling.stream import Stream
from engine.model.sampling.stream_spec import StreamSpec
from engine.settings import CachePrecision
from tests.benchmarks.against_reference import STRENGTH, TEXT_TOKENS, full_network
from tests.benchmarks.full_size import drawn
from tests.encoded import RecordedNoise, encoded, warmed_up
from tests.encoded import streamed as sent_through


@torch.inference_mode()
def streamed(unet: UNet, side: int, frames: int, form: CachePrecision) -> tuple[Tensor, int]:
    """Denoised latents (F, 4, h, w) of frames after a warm-up, and the KV cache's bytes."""
    levels = noise_levels(step_indices(STRENGTH, 1))
    dtype = unet.dtype
    text = drawn("text", (1, TEXT_TOKENS, unet.config.cross_attention_dim)).to(dtype)
    shape = (4, side // 8, side // 8)
    clean = drawn("clean", (8 + frames, *shape)).to(dtype)
    noise = drawn("noise", (1, 8 + frames, *shape)).to(dtype)
    conditioning = unet.condition([levels[0].timestep], text)
    spec = StreamSpec(unet, levels, conditioning, RecordedNoise(noise))
    stream, inputs = Stream(spec, cache=form), encoded(clean, clean)
    warmed_up(stream, inputs[:8])
    return torch.stack(sent_through(stream, inputs[8:])).float(), stream.cache_bytes


def main(
    side: Annotated[int, typer.Option(help="Of the picture, in pixels.")] = 256,
    frames: Annotated[int, typer.Option(help="Streamed after the warm-up.")] = 12,
    threads: Annotated[int, typer.Option()] = 2,
    precision: Annotated[str, typer.Option(help="The network's own.")] = "bfloat16",
    exact: Annotated[bool, typer.Option("--exact", help="Compare with float32, too.")] = False,
) -> None:
    """Stream in each form and tell the distance."""
    torch.set_num_threads(threads)
    unet = full_network(getattr(torch, precision))
    found = {form.value: streamed(unet, side, frames, form) for form in CachePrecision}
    if exact:
        del unet
        found["float32"] = streamed(full_network(torch.float32), side, frames, CachePrecision.SAME)
    own, _ = found[CachePrecision.SAME.value]
    table = Table("window", "GB", "rms error / rms", "largest error", title=f"against {precision}")
    for name, (latents, size) in found.items():
        error = latents - own
        share = float(error.square().mean().sqrt() / own.square().mean().sqrt())
        table.add_row(name, f"{size / 1e9:.3f}", f"{share:.4f}", f"{float(error.abs().max()):.3f}")
    Console().print(table)


if __name__ == "__main__":
    typer.run(main)
