"""The full network of 1.28 billion parameters with weights drawn from their names."""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor

from engine.model.checkpoints.key_mapping import is_motion
from engine.model.network.config import UNetConfig
from engine.model.network.unet import UNet


def drawn(name: str, shape: tuple[int, ...]) -> Tensor:
    """A parameter's values, from its name alone, of a size that keeps activations tame."""
    generator = np.random.Generator(np.random.PCG64(zlib.crc32(name.encode())))
    values = torch.from_numpy(generator.standard_normal(shape, dtype=np.float32))
    if values.ndim > 1:
        return values / math.sqrt(math.prod(shape[1:]))
    return 1.0 + 0.1 * values if name.endswith("weight") else 0.05 * values


def parameters(config: UNetConfig) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Every parameter's name and shape."""
    with torch.device("meta"):
        unet = UNet(config)
    for name, parameter in unet.named_parameters():
        yield name, tuple(parameter.shape)


def write_full_model(folder: Path) -> None:
    """The network's two files at full size: a base in float16, motion modules in float32.

    Takes 3.4 GB on the disk, and as much memory for a moment.
    """
    shapes = dict(parameters(UNetConfig()))
    (folder / "unet").mkdir(parents=True, exist_ok=True)
    base = {n: drawn(n, s).half() for n, s in shapes.items() if not is_motion(n)}
    save_file(base, folder / "unet" / "diffusion_pytorch_model.fp16.safetensors")
    del base
    motion: Mapping[str, Tensor] = {n: drawn(n, s) for n, s in shapes.items() if is_motion(n)}
    torch.save({"state_dict": dict(motion)}, folder / "live2diff.ckpt")
    (folder / "unet" / "config.json").write_text(
        '{"in_channels": 4, "block_out_channels": [320, 640, 1280, 1280], "layers_per_block": 2, '
        '"down_block_types": ["CrossAttnDownBlock2D", "CrossAttnDownBlock2D", '
        '"CrossAttnDownBlock2D", "DownBlock2D"], "attention_head_dim": 8, '
        '"cross_attention_dim": 768, "norm_num_groups": 32}\n'
    )
