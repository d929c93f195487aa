"""Stable Diffusion 1.5, with the components that `engine.model.styles.style_model` needs."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from engine.errors import SettingError
from engine.events import ProgressListener, ignore_progress
from engine.model.hardware.memory_budget import MemoryRequest, check_fits, free_memory
from engine.model.images.tensors import to_float
from engine.model.network.unet import UNet
from engine.model.network.unet_blocks import Conditioning
from engine.model.sampling.noise_schedule import NoiseLevel
from engine.model.styles.sd15.depth import DepthEstimator
from engine.model.styles.sd15.loader import load_pipeline, unet_config
from engine.model.styles.sd15.model import SD15Model
from engine.model.styles.style_model import StyleModel, Uint8Autoencoder
from engine.model_store.catalog import Catalog
from engine.model_store.installed import InstalledModels
from engine.model_store.resolve import PipelineFiles, resolve
from engine.settings import BuildSettings, LiveSettings


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A downloaded model: an `engine.model.styles.style_model.ModelSource`.

    catalog: of all models. library: where the files are. name: in the catalogue.
    """

    catalog: Catalog
    library: InstalledModels
    name: str
    quick = False
    calibration = None

    @property
    def identity(self) -> str:
        return self.name

    def fits_two_caches(
        self, build: BuildSettings, settings: LiveSettings, device: torch.device, dtype: torch.dtype
    ) -> bool:
        config = unet_config(self.files(settings.style).base / "unet")
        request = MemoryRequest(
            build.size, settings.steps, element_bytes=dtype.itemsize, cache=build.cache
        )
        return check_fits(config, request, free_memory(device)).second_cache

    def load(
        self,
        settings: LiveSettings,
        device: torch.device,
        dtype: torch.dtype,
        on_progress: ProgressListener = ignore_progress,
    ) -> StyleModel:
        model = load_pipeline(
            self.files(settings.style), device=device, dtype=dtype, listener=on_progress
        )
        return StyleModel(
            Uint8Autoencoder(model.components.autoencoder, dtype),
            DepthStructure(model.components.depth),
            TextConditioner(model, self),
        )

    def files(self, style: str) -> PipelineFiles:
        """Its files in a style. Raises SettingError or ModelError."""
        return resolve(self.catalog, self.library, self.name, style)


@dataclass(frozen=True, slots=True)
class DepthStructure:
    """The structure input of Live2Diff's weights: the depth of the image, as a latent."""

    depth: DepthEstimator

    def read(self, image_u8: Tensor, latent: Tensor) -> Tensor:
        return self.depth(to_float(image_u8, latent.dtype))

    def forget(self) -> None:
        self.depth.reset()


@dataclass(frozen=True, slots=True)
class TextConditioner:
    """Styles by prompt; the LoRAs of a style, if it has any, are fused."""

    model: SD15Model
    installed: InstalledModel

    @property
    def unet(self) -> UNet:
        return self.model.unet

    def prepare(
        self, settings: LiveSettings, schedule: tuple[NoiseLevel, ...]
    ) -> tuple[UNet, Conditioning]:
        files = self._files(settings)
        if files.style != self.model.files.style:
            self.model.change_style(files)
        text = self.model.encode_prompt(settings.prompt)
        unet = self.model.unet
        return unet, unet.condition([level.timestep for level in schedule], text)

    def _files(self, settings: LiveSettings) -> PipelineFiles:
        if settings.blend is not None:
            raise SettingError(
                "Two styles of this model cannot be blended.",
                "Put both into the prompt, or choose the built-in model.",
            )
        files = self.installed.files(settings.style)
        if not self.model.shares_base_with(files):
            raise SettingError(
                "The style {style} has a network of its own.",
                "Stop the stream, choose the style, and start again.",
                style=settings.style,
            )
        return files
