"""Compares the full network's frames with the published network written the plain way.

    python -m tests.benchmarks.against_diffusers [--frames 18] [--height 8] [--width 16]

Weights are drawn from their names, in float32; the reference is diffusers' UNet with motion modules
by their formula (`tests/engine/model/sampling/reference.py`). Exits 0 if all frames, warm-up and
stream, in both orders of two steps, agree within 1e-3. Takes 10 GB for a moment.
"""

from __future__ import annotations

import sys

import torch
import typer
from rich.console import Console
from torch import Tensor

from engine.model.network.config import UNetConfig
from engine.model.network.mkldnn_packing import pack
from engine.model.network.unet import UNet
from engine.model.sampling.noise_schedule import noise_levels, step_indices
from tests.benchmarks.full_size import drawn, parameters
from tests.engine.model.sampling.reference import Clip, Reference

TOLERANCE = 1e-3
STEPS, STRENGTH, TEXT_TOKENS = 2, 0.4, 77


def streamed(state: dict[str, Tensor], config: UNetConfig, clip: Clip) -> list[Tensor]:
    """The engine's frames in both orders, as the program runs it: packed. Empties `state`."""
    with torch.device("meta"):
        unet = UNet(config).eval()
    unet.load_state_dict(state, assign=True)
    unet.requires_grad_(False)
    state.clear()
    pack(unet)
    levels = noise_levels(step_indices(STRENGTH, STEPS))
    return [clip.streamed(unet, levels, batched=batched) for batched in (False, True)]


def main(frames: int = 18, height: int = 8, width: int = 16, threads: int = 2) -> None:
    """Compare and tell. height, width: of the latents."""
    torch.set_num_threads(threads)
    config, latents = UNetConfig(), (frames, 4, height, width)
    clip = Clip(
        clean=drawn("clean", latents) * (4 * height * width) ** 0.5,
        structure=drawn("structure", latents) * (4 * height * width) ** 0.5,
        text=drawn("text", (1, TEXT_TOKENS, config.cross_attention_dim)) * TEXT_TOKENS**0.5,
        noise=drawn("noise", (STEPS, *latents)) * (frames * 4 * height * width) ** 0.5,
    )
    state = {name: drawn(name, shape) for name, shape in parameters(config)}
    expected = Reference(config, state).denoised(clip, noise_levels(step_indices(STRENGTH, STEPS)))
    found = streamed(state, config, clip)
    errors = [float((frames - expected).abs().max()) for frames in found]
    Console().print(
        f"Full network, {frames} frames, {STEPS} steps: largest "
        f"difference {errors[0]:.2g} one by one, {errors[1]:.2g} as a batch; "
        f"the frames' standard deviation is {float(expected.std()):.2g}"
    )
    sys.exit(0 if max(errors) <= TOLERANCE else 1)


if __name__ == "__main__":
    typer.run(main)
