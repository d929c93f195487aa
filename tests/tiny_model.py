"""A very small model of the built-in kind with drawn weights, and frames to feed it."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file

from engine.drawing.plan import TONES
from engine.frames import Frame, Size
from engine.model.acceleration.int8.calibration import record_ranges, write_ranges
from engine.model.network.autoencoder import AutoencoderConfig
from engine.model.network.config import UNetConfig
from engine.model.network.style_embedding import StyleEmbeddingConfig
from engine.model.styles.built_in import CONFIG, RANGES, WEIGHTS, BuiltInNetwork, load_built_in
from engine.model.styles.style_model import StyleModel
from engine.model.translator import DiffusionTranslator, Hardware
from engine.settings import LiveSettings

STYLES = StyleEmbeddingConfig(
    styles=("comic", "ink", "oil", "anime"), tokens=2, token_dim=8, pooled_dim=8, strength_dim=8
)
AUTOENCODER = AutoencoderConfig(
    latent_channels=4, fine_channels=8, coarse_channels=8, fine_blocks=1, coarse_blocks=0
)
NETWORK = UNetConfig(
    sample_channels=4,
    structure_channels=4,
    block_out_channels=(8, 16),
    layers_per_block=1,
    attention_blocks=(False, False),
    motion_blocks=(False, True),
    num_attention_heads=2,
    motion_heads=2,
    cross_attention_dim=STYLES.token_dim,
    norm_num_groups=4,
    motion_norm_groups=4,
    conditioning_channels=(8,),
    class_embed_dim=STYLES.label_dim,
    prediction_type="sample",
)
SIZE = Size(64, 64)
SETTINGS = LiveSettings(style="comic")


def write_tiny_model(folder: Path, looks: tuple[str, ...] = ()) -> Path:
    """Write config and weights as the shipped model has them; returns the folder.

    looks: the styles that draw faces.
    """
    torch.manual_seed(0)
    autoencoder, unet, styles = AUTOENCODER, NETWORK, STYLES
    if looks:
        styles = replace(styles, styles=(*looks, "ink"))
        autoencoder = replace(autoencoder, agreement=True, recurrent=True)
        unet = replace(unet, structure_channels=2 * unet.sample_channels + TONES)
    network = BuiltInNetwork(autoencoder, unet, styles)
    sizes = {
        "autoencoder": asdict(autoencoder),
        "unet": asdict(unet),
        "style_table": asdict(styles),
        "looks": looks,
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / CONFIG).write_text(json.dumps(sizes))
    with torch.no_grad(), record_ranges(network) as ranges:
        picture = torch.rand(1, 3, SIZE.height, SIZE.width) * 2 - 1
        network.autoencoder.decode(network.autoencoder.encode(picture), picture)
    write_ranges(ranges, folder / RANGES)
    save_file({k: v.contiguous() for k, v in network.state_dict().items()}, folder / WEIGHTS)
    return folder


def tiny_model(folder: Path) -> StyleModel:
    """The model, loaded in float32."""
    return load_built_in(write_tiny_model(folder), torch.device("cpu"), torch.float32)


def drawing_model(folder: Path) -> StyleModel:
    """A model of two styles: anime, which draws faces, and ink."""
    written = write_tiny_model(folder, ("anime",))
    return load_built_in(written, torch.device("cpu"), torch.float32)


def tiny_translator(
    folder: Path,
    settings: LiveSettings = SETTINGS,
    *,
    batched: bool = False,
    second_cache: bool = True,
    overlapped: bool = False,
) -> DiffusionTranslator:
    """A translator on the tiny model, at 64 x 64."""
    hardware = Hardware(
        torch.device("cpu"), batched, second_cache=second_cache, overlapped=overlapped
    )
    return DiffusionTranslator(tiny_model(folder), SIZE, settings, hardware)


def frame(number: int, size: Size = SIZE) -> Frame:
    """A smooth picture that moves a little with every number; no scene cut between neighbours."""
    y, x = np.mgrid[: size.height, : size.width].astype(np.float32)
    waves = [np.sin((x + y * k + number) / 9.0 + k) for k in range(3)]
    pixels = np.round(127.5 + 100.0 * np.stack(waves, axis=-1)).astype(np.uint8)
    return Frame(pixels, number, captured_at=number / 30.0)


def other_scene(number: int) -> Frame:
    """A picture of quite another scene."""
    pixels = np.zeros((SIZE.height, SIZE.width, 3), np.uint8)
    pixels[:, SIZE.width // 2 :] = 255
    return Frame(pixels, number, captured_at=number / 30.0)
