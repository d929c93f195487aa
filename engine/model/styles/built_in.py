"""Loads the model that ships with the program: autoencoder, network and table of styles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from engine.errors import EngineError, ModelError, SettingError
from engine.events import ProgressListener, ignore_progress
from engine.files.json_data import read_json
from engine.model.checkpoints.loading_progress import LoadingProgress
from engine.model.checkpoints.weight_files import Shape, fill, open_weights
from engine.model.face.head_parts import PartsNetwork
from engine.model.face.networks import FaceNetwork
from engine.model.face.weights import load_face_networks, load_parts_network
from engine.model.network.autoencoder import AutoencoderConfig, SmallAutoencoder
from engine.model.network.config import UNetConfig
from engine.model.network.style_embedding import StyleEmbedding, StyleEmbeddingConfig
from engine.model.network.unet import UNet
from engine.model.network.unet_blocks import Conditioning
from engine.model.person.network import MaskNetwork
from engine.model.person.weights import load_person_network
from engine.model.sampling.noise_schedule import NoiseLevel
from engine.model.styles.face_planner import FacePlanner
from engine.model.styles.style_model import LatentStructure, StyleModel, Uint8Autoencoder
from engine.settings import BuildSettings, LiveSettings

CONFIG, WEIGHTS, RANGES = "config.json", "model.safetensors", "ranges.json"


PeopleReaders = tuple[FaceNetwork, FaceNetwork, PartsNetwork, MaskNetwork]
"""Detector, mesh, what tells the parts of heads, and what tells people from the room."""
ReaderLoader = Callable[[], PeopleReaders]


def on_cpu() -> PeopleReaders:
    """The networks for the CPU: they are too small to gain by another device."""
    cpu = torch.device("cpu")
    return (*load_face_networks(cpu), load_parts_network(cpu), load_person_network())


@dataclass(frozen=True, slots=True)
class BuiltInConfig:
    """`config.json`: the sizes of each network. looks: the styles that draw faces."""

    autoencoder: AutoencoderConfig
    unet: UNetConfig
    style_table: StyleEmbeddingConfig
    looks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if bool(self.looks) != self.autoencoder.agreement:
            raise ValueError("a model draws faces if its decoder can agree with what is drawn")


class BuiltInNetwork(nn.Module):
    """All networks in one module; its parameter names are those of the shipped file."""

    def __init__(
        self, autoencoder: AutoencoderConfig, unet: UNetConfig, styles: StyleEmbeddingConfig
    ) -> None:
        super().__init__()
        self.autoencoder = SmallAutoencoder(autoencoder)
        self.unet = UNet(unet)
        self.style_table = StyleEmbedding(styles)


@dataclass(frozen=True, slots=True)
class StyleConditioner:
    """Conditions on styles from a table; a blend of two is an interpolation."""

    unet: UNet
    table: StyleEmbedding

    def prepare(
        self, settings: LiveSettings, schedule: tuple[NoiseLevel, ...]
    ) -> tuple[UNet, Conditioning]:
        weight = self.table.tokens
        mixture = torch.zeros(1, len(self.table.config.styles), device=weight.device)
        share = settings.blend.weight if settings.blend else 0.0
        mixture[0, self._index(settings.style)] += 1.0 - share
        if settings.blend:
            mixture[0, self._index(settings.blend.style)] += share
        strength = torch.tensor([settings.strength], device=weight.device)
        text, labels = self.table(mixture.to(weight.dtype), strength)
        return self.unet, self.unet.condition([level.timestep for level in schedule], text, labels)

    def _index(self, style: str) -> int:
        styles = self.table.config.styles
        if style not in styles:
            raise SettingError(
                "The built-in model has no style {style!r}.",
                "Choose one of: {styles}.",
                style=style,
                styles=", ".join(styles),
            )
        return styles.index(style)


@dataclass(frozen=True, slots=True)
class BuiltInFiles:
    """A folder with the built-in model: an `engine.model.styles.style_model.ModelSource`.

    readers: loads the networks that read people.
    """

    folder: Path
    readers: ReaderLoader = on_cpu
    quick = True

    @property
    def identity(self) -> str:
        """Includes the file size: measurements with other weights are not valid any more."""
        weights = self.folder / WEIGHTS
        return f"{self.folder.name}-{weights.stat().st_size if weights.exists() else 0}"

    @property
    def calibration(self) -> Path:
        return self.folder / RANGES

    def fits_two_caches(
        self,
        build: BuildSettings,  # noqa: ARG002
        settings: LiveSettings,  # noqa: ARG002
        device: torch.device,  # noqa: ARG002
        dtype: torch.dtype,  # noqa: ARG002
    ) -> bool:
        """Always: its cache has only a few megabytes."""
        return True

    def load(
        self,
        settings: LiveSettings,  # noqa: ARG002 - every style is in the table
        device: torch.device,
        dtype: torch.dtype,
        on_progress: ProgressListener,
    ) -> StyleModel:
        return load_built_in(self.folder, device, dtype, on_progress, self.readers)


def load_built_in(
    folder: Path,
    device: torch.device,
    dtype: torch.dtype,
    on_progress: ProgressListener = ignore_progress,
    readers: ReaderLoader = on_cpu,
) -> StyleModel:
    """From `config.json` and `model.safetensors`. Raises ModelError if they do not fit together."""
    config = _read_config(folder / CONFIG)
    weights = open_weights(folder / WEIGHTS)
    with torch.device("meta"):
        network = BuiltInNetwork(config.autoencoder, config.unet, config.style_table)

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

    progress = LoadingProgress(sum(1 for _ in network.parameters()), on_progress)
    fill(network, progress.counted(read), device=device, dtype=dtype)
    network.eval().to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    return StyleModel(
        Uint8Autoencoder(network.autoencoder, dtype),
        LatentStructure(),
        StyleConditioner(network.unet, network.style_table),
        stateless=True,
        recurrent=config.autoencoder.recurrent,
        planner=_planner(readers, config.looks) if config.looks else None,
    )


def _planner(readers: ReaderLoader, looks: tuple[str, ...]) -> FacePlanner:
    detector, mesh, parts, person = readers()
    return FacePlanner((detector, mesh), looks, parts, person)


def _read_config(path: Path) -> BuiltInConfig:
    try:
        return read_json(path, BuiltInConfig, strict=True)
    except EngineError as error:
        raise ModelError(
            "The built-in model's {file} cannot be read: {reason}.",
            "Install the program again.",
            file=path.name,
            reason=error.values.get("reason", error.message),
        ) from error
