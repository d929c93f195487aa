"""Loads what a stage has written, or what ships."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from engine.files.atomic import written_whole
from engine.files.json_data import read_json
from engine.model.styles.built_in import CONFIG, WEIGHTS, BuiltInConfig
from training.network import BuiltIn, load_model
from training.paths import BUILT_IN, RUNS

FILTER_STAGES = ("steady", "lines", "spatial")
CHARACTERS, RECURRENCE, TOGETHER, HEADS, PEOPLE = CHARACTER_STAGES = (
    "characters.pt",
    "recurrence.pt",
    "together.pt",
    "heads.pt",
    "people.pt",
)
"""In this order."""


def newest_checkpoint(folder: Path = RUNS) -> Path:
    """The checkpoint of the filters' latest stage. Raises FileNotFoundError if there is none."""
    for stage in FILTER_STAGES:
        path = folder / f"{stage}.pt"
        if path.exists():
            return path
    raise FileNotFoundError(f"no finished stage in {folder}; train first")


def newest_characters(folder: Path = RUNS) -> Path:
    """The checkpoint of the characters' latest stage."""
    there = [folder / name for name in CHARACTER_STAGES if (folder / name).exists()]
    return there[-1] if there else folder / CHARACTERS


def load_trained(checkpoint: Path) -> BuiltIn:
    """The averaged model of a checkpoint; missing motion modules become the identity."""
    model = BuiltIn(motion=True, plan=checkpoint.name in CHARACTER_STAGES)
    state = torch.load(checkpoint, weights_only=True)["average"]
    load_model(model, state)
    return model.eval().requires_grad_(False)


def load_shipped(folder: Path = BUILT_IN) -> BuiltIn:
    """The model that ships, in float32."""
    config = read_json(folder / CONFIG, BuiltInConfig, strict=True)
    model = BuiltIn(
        motion=True,
        plan=bool(config.looks),
        styles=config.style_table,
        autoencoder=config.autoencoder,
    )
    state = load_file(folder / WEIGHTS)
    model.load_state_dict({name: value.float() for name, value in state.items()})
    return model.eval().requires_grad_(False)


def stored(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """As contiguous half-precision tensors."""
    return {name: value.half().contiguous() for name, value in state.items()}


def write_weights(state: Mapping[str, Tensor], path: Path) -> None:
    """Write weights as they ship, whole or not at all."""
    with written_whole(path) as partial:
        save_file(stored(state), partial, metadata={"format": "pt"})
        partial.chmod(0o644)  # safetensors creates a file that only its owner can read
