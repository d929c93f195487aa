"""Loads Stable Diffusion 1.5 from its files, never with two copies of a weight at a time.

Networks are built on `meta`, which takes no memory; then each tensor is mapped from its file, cast,
and assigned. Files that a library reads by itself are first checked tensor by tensor.
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
from engine.events import ProgressListener, ignore_progress
from engine.files.json_data import read_json
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
from engine.model.checkpoints.loading_progress import LoadingProgress
from engine.model.checkpoints.lora import TEXT, UNET
from engine.model.checkpoints.recognise import open_role
from engine.model.checkpoints.weight_files import Read, Shape, Weights, fill, open_weights
from engine.model.network.autoencoder import FloatAutoencoder
from engine.model.network.config import UNetConfig
from engine.model.network.mkldnn_packing import pack
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
"""Missing in the original depth file, and never used by the network."""


@dataclass(frozen=True, slots=True)
class Placement:
    """The device and precision of weights."""

    device: torch.device
    dtype: torch.dtype


def load_pipeline(
    files: PipelineFiles,
    *,
    device: torch.device,
    dtype: torch.dtype,
    listener: ProgressListener = ignore_progress,
) -> SD15Model:
    """Load a model with a style. Raises ModelError naming the file and the tensor.

    listener: receives ProgressKind.LOADING_MODEL, in tensors of everything that is loaded.
    """
    placement = Placement(device, dtype)
    checkpoint = open_role(files.checkpoint, Role.CHECKPOINT) if files.checkpoint else None
    unet, encoder = empty_unet(files), _empty_text_encoder(files)
    codec_network = _empty_autoencoder(files) if _codec_in(files, checkpoint) else None
    empty = [network for network in (unet, encoder, codec_network) if network is not None]
    read_by_libraries = [files.depth] if codec_network else [files.depth, _codec_folder(files)]
    total = sum(len(list(network.parameters())) for network in empty)
    total += sum(_tensors_in(folder) for folder in read_by_libraries)
    progress = LoadingProgress(total, listener)
    unet_originals = load_unet(unet, files, checkpoint, placement, progress)
    text, text_originals = _load_text(encoder, files, checkpoint, placement, progress)
    codec = _load_autoencoder(codec_network, files, checkpoint, placement, progress)
    depth = DepthEstimator(_load_depth(files.depth, placement, progress), codec.encode)
    components = SD15Components(unet, codec, depth, text)
    return SD15Model(components, files, {UNET: unet_originals, TEXT: text_originals})


def empty_unet(files: PipelineFiles) -> UNet:
    """The network without weights, which takes no memory. Raises ModelError."""
    config = unet_config(files.base / "unet")
    with torch.device("meta"):
        return UNet(config)


def _empty_text_encoder(files: PipelineFiles) -> CLIPTextModel:
    folder = files.base / "text_encoder"
    config = _from_folder(lambda: CLIPTextConfig.from_pretrained(folder), folder)
    with torch.device("meta"):
        return CLIPTextModel(config)


def load_unet(
    unet: UNet,
    files: PipelineFiles,
    checkpoint: Weights | None,
    placement: Placement,
    progress: LoadingProgress,
) -> Read:
    """Fill the network; returns a reader of the original weights in its files."""
    base = checkpoint or open_weights(weights_in(files.base / "unet"))
    motion = open_weights(files.motion)
    spatial_tensors, temporal_tensors = unet_tensors(base, unet.config), motion_tensors(motion)

    def read(name: str, shape: Shape) -> Tensor:
        return (temporal_tensors if is_motion(name) else spatial_tensors).read(name, shape)

    fill(unet, progress.counted(read), placement.device, placement.dtype)
    spatial_tensors.check_all_read(UNET_PREFIX if checkpoint else "")
    temporal_tensors.check_all_read(ignore=f"{MOTION_LEFT_OVER}|{SPATIAL}")
    for stage in unet.stages():
        pack(stage)
        release_free_memory()  # of the plain weights: it would add up to half the network
    pack(unet)
    unet.eval()
    return read


@dataclass(frozen=True, slots=True)
class _DiffusersUNet:
    """The fields of a diffusers UNet's `config.json` that matter here."""

    attention_head_dim: int  # despite its name, the number of heads
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
            attention_blocks=attended,
            motion_blocks=(True,) * len(attended),
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
    """The weight file in a diffusers folder; safe and small formats first."""
    for pattern in ("*.fp16.safetensors", "*.safetensors", "*.fp16.bin", "*.bin"):
        for path in sorted(folder.glob(pattern)):
            return path
    raise ModelError("{folder} has no weights.", "Fetch the base model again.", folder=folder)


def _load_text(
    encoder: CLIPTextModel,
    files: PipelineFiles,
    checkpoint: Weights | None,
    placement: Placement,
    progress: LoadingProgress,
) -> tuple[TextEncoder, Read]:
    folder = files.base / "text_encoder"
    tokenizer = _from_folder(
        lambda: CLIPTokenizer.from_pretrained(files.base / "tokenizer"), folder
    )
    inside = checkpoint is not None and has_text(checkpoint)
    tensors = text_tensors(
        checkpoint if checkpoint and inside else open_weights(weights_in(folder))
    )
    fill(encoder, progress.counted(tensors.read), placement.device, placement.dtype)
    count = encoder.config.max_position_embeddings
    positions = torch.arange(count, device=placement.device)[None]
    getattr(encoder, "text_model", encoder).embeddings.position_ids = positions
    text = TextEncoder(tokenizer, encoder.eval(), clip_skip=files.style.clip_skip)
    return text, tensors.read


def _codec_in(files: PipelineFiles, checkpoint: Weights | None) -> bool:
    """Whether the autoencoder is read from the checkpoint, not from a folder of its own."""
    return checkpoint is not None and files.style.own_autoencoder


def _codec_folder(files: PipelineFiles) -> Path:
    return files.base / "vae" if files.style.own_autoencoder else files.autoencoder


def _empty_autoencoder(files: PipelineFiles) -> AutoencoderKL:
    folder = _codec_folder(files)
    settings = _from_folder(lambda: AutoencoderKL.load_config(folder), folder)
    with torch.device("meta"):
        return AutoencoderKL.from_config(settings)


def _load_autoencoder(
    empty: AutoencoderKL | None,
    files: PipelineFiles,
    checkpoint: Weights | None,
    placement: Placement,
    progress: LoadingProgress,
) -> FloatAutoencoder:
    """empty: the network to fill from the checkpoint; None if a library reads a folder."""
    if checkpoint is not None and empty is not None:
        tensors = vae_tensors(checkpoint, len(empty.config.block_out_channels))
        fill(empty, progress.counted(tensors.read), placement.device, placement.dtype)
        return FullAutoencoder(empty.eval())
    folder, dtype = _codec_folder(files), placement.dtype
    _check_numbers(folder, progress)
    if not files.style.own_autoencoder:
        tiny = _from_folder(
            lambda: AutoencoderTiny.from_pretrained(folder, torch_dtype=dtype), folder
        )
        return TinyAutoencoder(tiny.to(placement.device).eval())
    variant = "fp16" if list(folder.glob("*.fp16.*")) else None
    full = _from_folder(
        lambda: AutoencoderKL.from_pretrained(folder, variant=variant, torch_dtype=dtype), folder
    )
    return FullAutoencoder(full.to(placement.device).eval())


def _load_depth(
    folder: Path, placement: Placement, progress: LoadingProgress
) -> DPTForDepthEstimation:
    _check_numbers(folder, progress)  # it is distributed as a torch file
    network, info = _from_folder(
        lambda: DPTForDepthEstimation.from_pretrained(
            folder, dtype=placement.dtype, output_loading_info=True
        ),
        folder,
    )
    missing = [key for key in info["missing_keys"] if not key.startswith(_UNUSED_IN_DEPTH)]
    if missing:
        raise ModelError(
            "The depth model in {folder} lacks {tensor}.",
            "Fetch it again.",
            folder=folder,
            tensor=sorted(missing)[0],
        )
    return network.to(placement.device).eval()


def _tensors_in(folder: Path) -> int:
    return len(open_weights(weights_in(folder)).shapes)


def _check_numbers(folder: Path, progress: LoadingProgress) -> None:
    """Check a file before a library reads it: it is plain data, and every value is finite.

    Raises ModelError.
    """
    weights = open_weights(weights_in(folder))
    for name in weights.shapes:
        weights.read(name)
        progress.advance()


def _from_folder(work: Callable[[], T], folder: Path) -> T:
    """Let a library read a folder, and turn its errors into a ModelError."""
    try:
        return work()
    except (OSError, ValueError, RuntimeError, KeyError, TypeError) as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise ModelError(
            "{folder} cannot be read: {reason}.", "Fetch it again.", folder=folder, reason=reason
        ) from error
