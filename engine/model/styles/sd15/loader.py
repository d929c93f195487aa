"""Builds the published model from its files, never with two copies of a weight at a time.

Networks are built on `meta`, which takes no memory; then each tensor is mapped from its file,
cast, and put in its place.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import torch
from diffusers import AutoencoderKL, AutoencoderTiny
from torch import Tensor
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer, DPTForDepthEstimation

from engine.errors import ModelError
from engine.events import Progress, ProgressKind, ProgressListener, ignore_progress
from engine.files.json_data import read_json
from engine.model.acceleration.mkldnn_packing import pack
from engine.model.checkpoints.key_mapping import (
    MOTION_LEFT_OVER,
    SPATIAL,
    UNET_PREFIX,
    has_text,
    is_motion,
    motion_tensors,
    text_tensors,
    unet_tensors,
    vae_tensors,
)
from engine.model.checkpoints.lora import TEXT, UNET
from engine.model.checkpoints.recognise import open_role
from engine.model.checkpoints.weight_files import Read, Shape, Weights, fill, open_weights
from engine.model.network.autoencoder import FloatAutoencoder
from engine.model.network.config import UNetConfig
from engine.model.network.unet import UNet
from engine.model.styles.sd15.depth import DepthEstimator
from engine.model.styles.sd15.model import SD15Components, SD15Model
from engine.model.styles.sd15.text_encoder import TextEncoder
from engine.model.styles.sd15.vae import FullAutoencoder, TinyAutoencoder
from engine.model_store.components import Role
from engine.model_store.resolve import PipelineFiles
from engine.system import release_free_memory

T = TypeVar("T")

_UNUSED_IN_DEPTH = "neck.fusion_stage.layers.0.residual_layer1."
"""The published depth file lacks these, and the network never uses them."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where weights go, and in which precision."""

    device: torch.device
    dtype: torch.dtype


def load_pipeline(
    files: PipelineFiles,
    *,
    device: torch.device,
    dtype: torch.dtype,
    listener: ProgressListener = ignore_progress,
) -> SD15Model:
    """Load a published model in a style. Raises ModelError naming the file and the tensor.

    listener hears of ProgressKind.LOADING_MODEL, counted in tensors of the network.
    """
    place = Placement(device, dtype)
    checkpoint = open_role(files.checkpoint, Role.CHECKPOINT) if files.checkpoint else None
    unet, unet_originals = load_unet(files, checkpoint, place, listener)
    text, text_originals = _load_text(files, checkpoint, place)
    codec = _load_autoencoder(files, checkpoint, place)
    depth = DepthEstimator(_load_depth(files.depth, place), codec.encode)
    parts = SD15Components(unet, codec, depth, text)
    return SD15Model(parts, files, {UNET: unet_originals, TEXT: text_originals})


def load_unet(
    files: PipelineFiles,
    checkpoint: Weights | None,
    place: Placement,
    listener: ProgressListener = ignore_progress,
) -> tuple[UNet, Read]:
    """The network, and what reads its weights again as they are in the files."""
    config = unet_config(files.base / "unet")
    base = checkpoint or open_weights(weights_in(files.base / "unet"))
    motion = open_weights(files.motion)
    spatial_tensors, temporal_tensors = unet_tensors(base, config), motion_tensors(motion)

    def read(name: str, shape: Shape) -> Tensor:
        return (temporal_tensors if is_motion(name) else spatial_tensors).read(name, shape)

    with torch.device("meta"):
        unet = UNet(config)
    fill(
        unet, _counted(read, sum(1 for _ in unet.parameters()), listener), place.device, place.dtype
    )
    spatial_tensors.check_all_read(UNET_PREFIX if checkpoint else "")
    temporal_tensors.check_all_read(ignore=f"{MOTION_LEFT_OVER}|{SPATIAL}")
    for stage in unet.stages():
        pack(stage)
        release_free_memory()  # what the plain weights took; kept, it would add up to half the network
    pack(unet)
    return unet.eval(), read


@dataclass(frozen=True, slots=True)
class _DiffusersUNet:
    """The fields of a diffusers UNet's `config.json` that matter here."""

    attention_head_dim: int  # in this file it is the number of heads
    cross_attention_dim: int
    down_block_types: tuple[str, ...] = ()
    block_out_channels: tuple[int, ...] = ()
    in_channels: int = 4
    layers_per_block: int = 2
    norm_num_groups: int = 32


def unet_config(folder: Path) -> UNetConfig:
    """The network's sizes, from the `config.json` of a diffusers UNet. Raises ModelError."""
    data = read_json(folder / "config.json", _DiffusersUNet)
    attended = tuple(kind.startswith("CrossAttn") for kind in data.down_block_types)
    try:
        return UNetConfig(
            sample_channels=data.in_channels,
            structure_channels=data.in_channels,
            block_out_channels=data.block_out_channels,
            layers_per_block=data.layers_per_block,
            attention_levels=attended,
            motion_levels=(True,) * len(attended),
            num_attention_heads=data.attention_head_dim,
            cross_attention_dim=data.cross_attention_dim,
            norm_num_groups=data.norm_num_groups,
        )
    except ValueError as error:
        raise ModelError(
            "The network of {file} cannot be built: {reason}.",
            "Fetch the base model again.",
            file=folder / "config.json",
            reason=error,
        ) from error


def weights_in(folder: Path) -> Path:
    """The file of weights in a diffusers folder, the safe and small forms first."""
    for pattern in ("*.fp16.safetensors", "*.safetensors", "*.fp16.bin", "*.bin"):
        for path in sorted(folder.glob(pattern)):
            return path
    raise ModelError("{folder} has no weights.", "Fetch the base model again.", folder=folder)


def _counted(read: Read, total: int, listener: ProgressListener) -> Read:
    done = 0

    def counting(name: str, shape: Shape) -> Tensor:
        nonlocal done
        done += 1
        listener(Progress(ProgressKind.LOADING_MODEL, done, total))
        return read(name, shape)

    return counting


def _load_text(
    files: PipelineFiles, checkpoint: Weights | None, place: Placement
) -> tuple[TextEncoder, Read]:
    folder = files.base / "text_encoder"
    tokenizer = _from_folder(
        lambda: CLIPTokenizer.from_pretrained(files.base / "tokenizer"), folder
    )
    config = _from_folder(lambda: CLIPTextConfig.from_pretrained(folder), folder)
    with torch.device("meta"):
        encoder = CLIPTextModel(config)
    inside = checkpoint is not None and has_text(checkpoint)
    tensors = text_tensors(
        checkpoint if checkpoint and inside else open_weights(weights_in(folder))
    )
    fill(encoder, tensors.read, place.device, place.dtype)
    positions = torch.arange(config.max_position_embeddings, device=place.device)[None]
    getattr(encoder, "text_model", encoder).embeddings.position_ids = positions
    text = TextEncoder(tokenizer, encoder.eval(), clip_skip=files.style.clip_skip)
    return text, tensors.read


def _load_autoencoder(
    files: PipelineFiles, checkpoint: Weights | None, place: Placement
) -> FloatAutoencoder:
    if not files.style.own_autoencoder:
        folder = files.autoencoder
        _check_numbers(folder)
        tiny = _from_folder(
            lambda: AutoencoderTiny.from_pretrained(folder, torch_dtype=place.dtype), folder
        )
        return TinyAutoencoder(tiny.to(place.device).eval())
    folder = files.base / "vae"
    if checkpoint is None:
        _check_numbers(folder)
        variant = "fp16" if list(folder.glob("*.fp16.*")) else None
        full = _from_folder(
            lambda: AutoencoderKL.from_pretrained(folder, variant=variant, torch_dtype=place.dtype),
            folder,
        )
        return FullAutoencoder(full.to(place.device).eval())
    settings = _from_folder(lambda: AutoencoderKL.load_config(folder), folder)
    with torch.device("meta"):
        full = AutoencoderKL.from_config(settings)
    levels = len(full.config.block_out_channels)
    fill(full, vae_tensors(checkpoint, levels).read, place.device, place.dtype)
    return FullAutoencoder(full.eval())


def _load_depth(folder: Path, place: Placement) -> DPTForDepthEstimation:
    _check_numbers(folder)  # it is published as a torch file
    network, info = _from_folder(
        lambda: DPTForDepthEstimation.from_pretrained(
            folder, dtype=place.dtype, output_loading_info=True
        ),
        folder,
    )
    missing = [key for key in info["missing_keys"] if not key.startswith(_UNUSED_IN_DEPTH)]
    if missing:
        raise ModelError(
            "The depth model in {folder} lacks {part}.",
            "Fetch it again.",
            folder=folder,
            part=sorted(missing)[0],
        )
    return network.to(place.device).eval()


def _check_numbers(folder: Path) -> None:
    """Before a library reads it: nothing would run or swell, and every number is one.

    Raises ModelError.
    """
    weights = open_weights(weights_in(folder))
    for name in weights.shapes:
        weights.read(name)


def _from_folder(work: Callable[[], T], folder: Path) -> T:
    """Let a library read a folder, and say in the user's words what it found wrong."""
    try:
        return work()
    except (OSError, ValueError, RuntimeError, KeyError, TypeError) as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise ModelError(
            "{folder} cannot be read: {reason}.", "Fetch it again.", folder=folder, reason=reason
        ) from error
