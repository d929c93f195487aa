"""Loads the model that ships with the program: autoencoder, network and table of styles."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TypeVar

import torch
from torch import Tensor, nn

from engine.accelerators import EAGER, INT8, OPENVINO_GPU
from engine.errors import ModelError, SettingError
from engine.model.acceleration.int8.autoencoder import Int8Autoencoder
from engine.model.acceleration.int8.calibration import RANGES, read_ranges
from engine.model.acceleration.openvino.inference import OpenVinoAutoencoder, openvino_accelerator
from engine.model.acceleration.openvino.runtime import UNITS
from engine.model.acceleration.openvino.target import OpenVinoTarget
from engine.model.checkpoints.weight_files import Shape, fill, open_weights
from engine.model.network.autoencoder import AutoencoderConfig, SmallAutoencoder
from engine.model.network.config import UNetConfig
from engine.model.network.style_embedding import StyleEmbedding, StyleEmbeddingConfig
from engine.model.network.unet import UNet
from engine.model.network.unet_blocks import Conditioning
from engine.model.sampling.noise_schedule import NoiseLevel
from engine.model.styles.style_model import LatentStructure, StyleModel, Uint8Autoencoder
from engine.settings import LiveSettings

CONFIG, WEIGHTS = "config.json", "model.safetensors"
Config = TypeVar("Config")


class BuiltInNetwork(nn.Module):
    """The parts in one module; its parameter names are those of the shipped file."""

    def __init__(
        self, autoencoder: AutoencoderConfig, unet: UNetConfig, styles: StyleEmbeddingConfig
    ) -> None:
        super().__init__()
        self.autoencoder = SmallAutoencoder(autoencoder)
        self.unet = UNet(unet)
        self.style_table = StyleEmbedding(styles)


@dataclass(frozen=True, slots=True)
class StyleConditioner:
    """Mixes the styles of a table; a blend of two is what lies between them."""

    unet: UNet
    table: StyleEmbedding

    def prepare(
        self, settings: LiveSettings, levels: tuple[NoiseLevel, ...]
    ) -> tuple[UNet, Conditioning]:
        weight = self.table.tokens
        mixture = torch.zeros(1, len(self.table.config.styles), device=weight.device)
        share = settings.blend.weight if settings.blend else 0.0
        mixture[0, self._index(settings.style)] += 1.0 - share
        if settings.blend:
            mixture[0, self._index(settings.blend.style)] += share
        strength = torch.tensor([settings.strength], device=weight.device)
        text, labels = self.table(mixture.to(weight.dtype), strength)
        return self.unet, self.unet.condition([level.timestep for level in levels], text, labels)

    def _index(self, style: str) -> int:
        styles = self.table.config.styles
        if style not in styles:
            raise SettingError(
                "The built-in model has no style {style!r}.",
                "It has {styles}.",
                style=style,
                styles=", ".join(styles),
            )
        return styles.index(style)


def load_built_in(
    folder: Path, device: torch.device, dtype: torch.dtype, accelerator: str = EAGER
) -> StyleModel:
    """From `config.json`, `model.safetensors` and, for byte arithmetic, `ranges.json`.

    Raises ModelError where they do not fit.
    """
    if accelerator == OPENVINO_GPU:
        dtype = torch.float32  # such graphics take no bfloat16
    sizes = _read_config(folder / CONFIG)
    weights = open_weights(folder / WEIGHTS)
    with torch.device("meta"):
        network = BuiltInNetwork(
            _config(AutoencoderConfig, sizes, "autoencoder"),
            _config(UNetConfig, sizes, "unet"),
            _config(StyleEmbeddingConfig, sizes, "style_table"),
        )

    def read(name: str, shape: Shape) -> Tensor:
        if weights.shapes.get(name) != shape:
            raise ModelError(
                "{file} has {name} as {found}, expected {shape}.",
                "Install the program again.",
                file=WEIGHTS,
                name=name,
                found=weights.shapes.get(name),
                shape=shape,
            )
        return weights.read(name)

    fill(network, read, device=device, dtype=dtype)
    network.eval().to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    prompter = StyleConditioner(network.unet, network.style_table)
    model = StyleModel(
        Uint8Autoencoder(network.autoencoder, dtype), LatentStructure(), prompter, stateless=True
    )
    if accelerator == INT8:
        ranges = read_ranges(folder / RANGES, "autoencoder.")
        return replace(model, autoencoder=Int8Autoencoder(network.autoencoder, ranges, dtype))
    if accelerator in UNITS:
        unit = OpenVinoTarget.of(accelerator, dtype, read_ranges(folder / RANGES, ""))
        autoencoder = OpenVinoAutoencoder(network.autoencoder, unit)
        return replace(model, autoencoder=autoencoder, accelerate=openvino_accelerator(unit))
    return model


def _read_config(path: Path) -> dict[str, object]:
    try:
        sizes = json.loads(path.read_text())
    except (OSError, ValueError) as error:
        raise ModelError(
            "The built-in model's {file} cannot be read: {reason}.",
            "Install the program again.",
            file=path.name,
            reason=error,
        ) from error
    return sizes if isinstance(sizes, dict) else {}


def _config(kind: type[Config], sizes: dict[str, object], name: str) -> Config:
    """A configuration from JSON, where tuples are lists."""
    given = sizes.get(name)
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    if not isinstance(given, dict) or not given.keys() <= known:
        raise ModelError(
            "The built-in model's {file} has no usable part {name!r}.",
            "Install the program again.",
            file=CONFIG,
            name=name,
        )
    values = {k: tuple(v) if isinstance(v, list) else v for k, v in given.items()}
    try:
        return kind(**values)
    except (TypeError, ValueError) as error:
        raise ModelError(
            "The built-in model's {file} is broken: {reason}.",
            "Install the program again.",
            file=CONFIG,
            reason=error,
        ) from error
