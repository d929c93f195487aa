"""Writes the result of a training run as the files that the program ships."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from engine.files.atomic import written_whole
from engine.files.json_data import write_json
from engine.model.acceleration.int8.calibration import Ranges, record_ranges, write_ranges
from engine.model.styles.built_in import RANGES
from training.batches import Stills, to_tensor
from training.network import AUTOENCODER, STYLES, BuiltIn, load_model, unet_config
from training.paths import BUILT_IN, RUNS
from training.stills import open_shards
from training.train_network import restyle

RANGE_STILLS = 6
"""Stills per style to measure ranges on."""

STAGES_TO_SHIP = ("steady", "lines", "spatial")


def newest_checkpoint(folder: Path = RUNS) -> Path:
    """The checkpoint of the latest stage. Raises FileNotFoundError if there is none."""
    for stage in STAGES_TO_SHIP:
        path = folder / f"{stage}.pt"
        if path.exists():
            return path
    raise FileNotFoundError(f"no finished stage in {folder}; train first")


def load_trained(checkpoint: Path) -> BuiltIn:
    """The averaged model of a checkpoint; missing motion modules become the identity."""
    model = BuiltIn(motion=True)
    state = torch.load(checkpoint, weights_only=True)["average"]
    load_model(model, state)
    return model.eval().requires_grad_(False)


def stored(state: dict[str, Tensor]) -> dict[str, Tensor]:
    """As contiguous half-precision tensors."""
    return {name: value.half().contiguous() for name, value in state.items()}


def export(checkpoint: Path, folder: Path = BUILT_IN) -> None:
    """Write `model.safetensors` and `config.json`, each whole or not at all."""
    model = load_trained(checkpoint)
    config = {
        "unet": unet_config(motion=True),
        "autoencoder": AUTOENCODER,
        "style_table": STYLES,
    }
    with written_whole(folder / "model.safetensors") as weights:
        save_file(stored(model.state_dict()), weights, metadata={"format": "pt"})
        weights.chmod(0o644)  # safetensors creates a file that only its owner can read
    write_json(folder / "config.json", config)
    write_ranges(measured_ranges(model), folder / RANGES)


@torch.no_grad()
def measured_ranges(model: BuiltIn) -> Ranges:
    """Measure the ranges of the layers, on training stills in all styles.

    At low strength latents resemble those of photographs, so these are encoded and decoded as well.
    """
    stills, random = Stills(open_shards()), np.random.default_rng(0)
    with record_ranges(model) as found:
        for style in range(len(STYLES.styles)):
            mixture = nn.functional.one_hot(torch.tensor([style]), len(STYLES.styles)).float()
            for _ in range(RANGE_STILLS):
                source = to_tensor([np.ascontiguousarray(stills.still(random)[0])])
                restyle(model, source[None], mixture, 1.0, 1)
                model.autoencoder.decode(model.autoencoder.encode(source), source)
    return found
