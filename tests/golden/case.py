"""A golden case: a network and inputs that follow from names, and what they must give."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor

from engine.model.network.config import UNetConfig
from engine.model.network.unet import UNet
from engine.model.sampling.noise_schedule import noise_levels
from engine.model.sampling.stream import Stream
from engine.model.sampling.stream_spec import StreamSpec
from tests.encoded import RecordedNoise, encoded, streamed, warmed_up

TEXT_TOKENS = 77


def draw(name: str, shape: tuple[int, ...]) -> Tensor:
    """Standard normal numbers that follow from a name."""
    generator = np.random.Generator(np.random.PCG64(zlib.crc32(name.encode())))
    return torch.from_numpy(generator.standard_normal(shape, dtype=np.float32))


def draw_parameter(name: str, shape: tuple[int, ...]) -> Tensor:
    """A parameter's value, by the rules of README.md."""
    numbers = draw(name, shape)
    if len(shape) > 1:
        return numbers.div_(float(np.sqrt(np.prod(shape[1:]))))
    if name.endswith("weight"):
        return numbers.mul_(0.1).add_(1.0)
    return numbers.mul_(0.05)


def draw_network(config: UNetConfig) -> UNet:
    """A network whose parameters follow from their names; never two copies in memory."""
    with torch.device("meta"):
        network = UNet(config)
    for name, parameter in list(network.named_parameters()):
        module = network.get_submodule(name.rpartition(".")[0])
        drawn = torch.nn.Parameter(
            draw_parameter(name, tuple(parameter.shape)), requires_grad=False
        )
        setattr(module, name.rpartition(".")[2], drawn)
    return network


@dataclass(frozen=True, slots=True)
class Case:
    """What a case folder tells. clean, depth: (F, 4, H, W); noise: (S, F, 4, H, W)."""

    config: UNetConfig
    indices: tuple[int, ...]
    clean: Tensor
    depth: Tensor
    text: Tensor
    noise: Tensor
    tolerance: float
    expected: dict[str, Tensor]

    @staticmethod
    def read(folder: Path) -> Case:
        """From a folder with case.json and expected.safetensors."""
        told = json.loads((folder / "case.json").read_text())
        config = UNetConfig(
            block_out_channels=tuple(told["block_out_channels"]),
            cross_attention_dim=told["cross_attention_dim"],
            num_attention_heads=told["attention_head_dim"],
            norm_num_groups=told["norm_num_groups"],
        )
        seed, steps, frames = told["seed"], len(told["t_index_list"]), told["frames"]
        latent = (4, told["latent_height"], told["latent_width"])
        return Case(
            config=config,
            indices=tuple(told["t_index_list"]),
            clean=draw(f"{seed}/clean", (frames, *latent)),
            depth=draw(f"{seed}/depth", (frames, *latent)),
            text=draw(f"{seed}/text", (1, TEXT_TOKENS, config.cross_attention_dim)),
            noise=draw(f"{seed}/noise", (steps, frames, *latent)),
            tolerance=told["tolerance"],
            expected=load_file(folder / "expected.safetensors"),
        )


class _Recording(Stream):
    """Keeps row 0's prediction at the first tick."""

    first_prediction: Tensor | None = None

    def predict(self, noisy: Tensor, features: Tensor, rows: slice) -> Tensor:
        prediction = super().predict(noisy, features, rows)
        if self.first_prediction is None:
            self.first_prediction = prediction[0]
        return prediction


@torch.inference_mode()
def run(case: Case, network: UNet, *, batched: bool) -> dict[str, Tensor]:
    """Warm up on frames 0..7, then a frame a tick; the names are those of `expected`."""
    levels = noise_levels(case.indices)
    conditioning = network.condition([level.timestep for level in levels], case.text)
    spec = StreamSpec(network, levels, conditioning, RecordedNoise(case.noise))
    stream, frames = _Recording(spec, batched=batched), encoded(case.clean, case.depth)
    warm_up, done = warmed_up(stream, frames[:8]), streamed(stream, frames[8:])
    assert stream.first_prediction is not None
    return {
        "warmup_x0": torch.stack(warm_up),
        "stream_x0": torch.stack(done),
        "first_tick_noise_prediction": stream.first_prediction,
    }


def max_abs_error(case: Case, got: dict[str, Tensor]) -> float:
    """The largest absolute difference over all recorded numbers."""
    return max(float((got[name] - want).abs().max()) for name, want in case.expected.items())
