"""Writes the result of a training run as the files that the program ships."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from engine.files.json_data import write_json
from engine.model.acceleration.int8.calibration import Ranges, record_ranges, write_ranges
from engine.model.styles.built_in import CONFIG, RANGES, WEIGHTS, BuiltInConfig
from training.checkpoints import load_trained, write_weights
from training.network import CHARACTER_STYLES, LOOKS, BuiltIn
from training.paths import BUILT_IN
from training.train_characters import one_style, pairs_of, restyle

RANGE_PAIRS, RANGE_SIDE = 4, 384
"""Pairs per style to measure ranges on, and the side at which they are shown."""


def export(checkpoint: Path, folder: Path = BUILT_IN) -> None:
    """Write `model.safetensors`, `config.json` and `ranges.json`, each whole or not at all."""
    model = load_trained(checkpoint)
    config = BuiltInConfig(
        model.autoencoder.config, model.unet.config, model.style_table.config, LOOKS
    )
    write_weights(model.state_dict(), folder / WEIGHTS)
    write_json(folder / CONFIG, config)
    write_ranges(measured_ranges(model), folder / RANGES)


@torch.no_grad()
def measured_ranges(model: BuiltIn) -> Ranges:
    """Measure the ranges of the layers, on training pairs in all styles.

    At low strength latents resemble those of photographs, so these are encoded and decoded as well.
    """
    pairs, random = pairs_of("train-*.npz"), np.random.default_rng(0)
    with record_ranges(model) as found:
        for style in range(len(CHARACTER_STYLES.styles)):
            for _ in range(RANGE_PAIRS):
                drawn = style < len(LOOKS)
                own = pairs[style if drawn else 0]
                clips = own.clips(2, RANGE_SIDE, [1.0 if drawn else 0.0], random)
                restyle(model, clips, one_style(style, 1), 1.0)
                model.autoencoder.decode(model.autoencoder.encode(clips.source[0]), clips.source[0])
    return found
