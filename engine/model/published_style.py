"""The published model's parts in the roles that `engine.model.style_model` gives them."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from engine.errors import SettingError
from engine.model.depth import DepthEstimator
from engine.model.loader import load_pipeline
from engine.model.published import PublishedModel
from engine.model.schedule import NoiseLevel
from engine.model.style_model import StyleModel
from engine.model.unet import Conditioning, UNet
from engine.settings import LiveSettings
from engine.store.catalog import Catalog
from engine.store.folder import models_folder
from engine.store.local import Library
from engine.store.pipeline_files import PipelineFiles, resolve


@dataclass(frozen=True, slots=True)
class DepthStructure:
    """The structure input of the published weights: the depth of the picture, as a latent."""

    depth: DepthEstimator

    def read(self, pixels: Tensor, latent: Tensor) -> Tensor:  # noqa: ARG002
        return self.depth(pixels)

    def forget(self) -> None:
        self.depth.reset()


@dataclass(frozen=True, slots=True)
class TextPrompter:
    """Words give the style; LoRAs are fused where the style has any."""

    model: PublishedModel
    catalog: Catalog
    model_name: str

    def prepare(
        self, settings: LiveSettings, levels: tuple[NoiseLevel, ...]
    ) -> tuple[UNet, Conditioning]:
        files = self._files(settings)
        if files.style != self.model.files.style:
            self.model.change_style(files)
        text = self.model.encode_prompt(settings.prompt)
        unet = self.model.parts.unet
        return unet, unet.condition([level.timestep for level in levels], text)

    def _files(self, settings: LiveSettings) -> PipelineFiles:
        if settings.blend is not None:
            raise SettingError(
                "Two styles of this model cannot be blended.",
                "Put both into the prompt, or choose the built-in model.",
            )
        files = _files_of(self.catalog, self.model_name, settings.style)
        if not self.model.shares_base_with(files):
            raise SettingError(
                f"The style {settings.style} has a network of its own.",
                "Stop the stream, choose the style, and start again.",
            )
        return files


def load_published(
    catalog: Catalog,
    model_name: str,
    settings: LiveSettings,
    device: torch.device,
    dtype: torch.dtype,
) -> StyleModel:
    """Load a fetched model in the style of these settings. Raises ModelError."""
    files = _files_of(catalog, model_name, settings.style)
    model = load_pipeline(files, device=device, dtype=dtype)
    prompter = TextPrompter(model, catalog, model_name)
    return StyleModel(model.parts.autoencoder, DepthStructure(model.parts.depth), prompter)


def _files_of(catalog: Catalog, model_name: str, style: str) -> PipelineFiles:
    return resolve(catalog, Library(models_folder()), model_name, style)
