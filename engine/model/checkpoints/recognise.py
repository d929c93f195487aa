"""Finds out what a weight file is, and whether it can be used."""

from __future__ import annotations

import re
from pathlib import Path

import torch
from torch import Tensor

from engine.errors import ModelError
from engine.files.sandbox import run_bounded
from engine.model.checkpoints.key_mapping import TEXT_WIDTH, UNET_PREFIX, _any
from engine.model.checkpoints.lora import UNET, check_names
from engine.model.checkpoints.weight_files import Shape, Weights, open_weights
from engine.model.network.config import UNetConfig
from engine.model.network.unet import UNet
from engine.model_store.components import Role

PARSING_S, PARSING_MB = 60, 2048
"""Limits for parsing an untrusted file: seconds, and megabytes of memory."""


def recognise(path: Path) -> Role:
    """The role of an untrusted weight file, read in a separate process with limited memory and
    time. Raises ModelError with the reason if it cannot be used.
    """
    found = run_bounded(importable_role, path, seconds=PARSING_S, megabytes=PARSING_MB)
    return Role(found)


def importable_role(path: Path) -> str:
    """The value of a file's role, once it is sure that it fits. Raises ModelError."""
    weights = open_weights(path)
    role = role_of(weights)
    if role is Role.LORA:
        with torch.device("meta"):  # names and shapes alone
            check_names(weights, {UNET: UNet(UNetConfig())})
    return role.value


def role_name(path: Path) -> str:
    """The value of a file's role. Raises ModelError."""
    return role_of(open_weights(path)).value


def open_role(path: Path, role: Role) -> Weights:
    """Open a file that must have this role. Raises ModelError if it has another."""
    weights = open_weights(path)
    found = role_of(weights)
    if found is not role:
        raise ModelError(
            "{file} is of the kind {found}, not {role}.",
            "Choose another file.",
            file=path.name,
            found=found.value,
            role=role.value,
        )
    return weights


def role_of(weights: Weights) -> Role:
    """The role of an open file. Raises ModelError if it cannot be used."""
    names = weights.shapes
    _refuse_other_families(weights)
    if _any(names, r"motion_modules\."):
        return Role.MOTION
    if _any(
        names, r"\.(lora_(up|down|A|B)|lora\.(up|down)|lora_linear_layer)\b|_lora\.(up|down)\."
    ):
        return Role.LORA
    if f"{UNET_PREFIX}input_blocks.0.0.weight" in names:
        return Role.CHECKPOINT
    if is_embedding(weights):
        return Role.EMBEDDING
    if "decoder.layers.0.weight" in names or "encoder.layers.0.weight" in names:
        return Role.AUTOENCODER
    raise ModelError(
        "{file} holds nothing that this program can use.",
        "Checkpoints, LoRAs and embeddings for Stable Diffusion 1.5 can be used.",
        file=weights.path.name,
    )


_FAMILIES = (
    ("Flux", r"(^|[._])(double|single)_blocks[._]|single_transformer_blocks"),
    ("Stable Diffusion 3", r"(^|[._])joint_blocks[._]|joint_transformer_blocks"),
    ("Stable Diffusion XL", r"^conditioner\.embedders\.1\.|^lora_te2_|label_emb\.|add_embedding"),
    ("Stable Diffusion XL", r"^text_encoder_2\.|^clip_g$"),
    ("Stable Diffusion 2", r"^cond_stage_model\.model\."),
    ("the kinds LoHa, LoKr or DoRA", r"\.(hada_w|lokr_w)\d|\.dora_scale$|\.lora_magnitude_vector"),
)


_FAMILY_BY_TEXT_WIDTH: dict[Shape, str] = {
    (1024,): "Stable Diffusion 2",
    (2048,): "Stable Diffusion XL",
}


_TEXT_PROJECTIONS = (
    r"attn2[._](processor[._])?to_k[._]"
    r"(weight|lora_down\.weight|lora\.down\.weight|lora_A(\.[^.]+)?\.weight)$"
)


def _refuse_other_families(weights: Weights) -> None:
    for family, pattern in _FAMILIES:
        if _any(weights.shapes, pattern):
            raise _other_family(weights, family)
    for name, shape in weights.shapes.items():
        if re.search(_TEXT_PROJECTIONS, name) and shape[-1:] in _FAMILY_BY_TEXT_WIDTH:
            raise _other_family(weights, _FAMILY_BY_TEXT_WIDTH[shape[-1:]])
    inputs = weights.shapes.get(f"{UNET_PREFIX}input_blocks.0.0.weight", (0, 4))
    if inputs[1:2] != (UNetConfig().sample_channels,):
        raise _other_family(weights, "inpainting or editing")


def _other_family(weights: Weights, family: str) -> ModelError:
    return ModelError(
        "{file} is for {family}.",
        "Only checkpoints, LoRAs and embeddings for Stable Diffusion 1.5 can be used.",
        file=weights.path.name,
        family=family,
    )


def is_embedding(weights: Weights) -> bool:
    """Whether it is a textual inversion: one tensor of text vectors, under one of three names."""
    names = set(weights.shapes)
    alone = len(names) == 1 and next(iter(weights.shapes.values()))[-1:] == (TEXT_WIDTH,)
    return alone or bool(names & {"emb_params", "string_to_param.*"})


def embedding_vectors(path: Path) -> Tensor:
    """The vectors of a textual inversion's file: (N, C). Raises ModelError."""
    weights = open_role(path, Role.EMBEDDING)
    known = ("emb_params", "string_to_param.*")
    name = next((name for name in known if name in weights.shapes), next(iter(weights.shapes)))
    vectors = weights.read(name)
    if not vectors.dim() or not vectors.numel():
        raise ModelError(
            "The embedding {file} holds no vectors.", "Choose another file.", file=path.name
        )
    return vectors.reshape(-1, vectors.shape[-1]).clone()
