"""The published model's parts in the roles that `engine.model.style_model` gives them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from platformdirs import user_cache_path
from torch import Tensor

from engine.devices import COMPILE, EAGER, TENSORRT, XFORMERS
from engine.errors import SettingError
from engine.model.accelerate import APP
from engine.model.compiled import CudaRecorder, compiling
from engine.model.depth import DepthEstimator
from engine.model.engines import EngineFolder
from engine.model.extras import check_triton
from engine.model.kernels import attend, use_kernel, xformers_kernel
from engine.model.loader import load_pipeline, unet_config
from engine.model.memory import Wish, check_fits, free_memory
from engine.model.pixels import normalised
from engine.model.prepared import Preparer
from engine.model.published import PublishedModel
from engine.model.schedule import NoiseLevel
from engine.model.stream import Recipe
from engine.model.style_model import LevelsCodec, StyleModel
from engine.model.tensorrt import TensorRT, TorchTensorrt, check_form
from engine.model.unet import Conditioning, UNet
from engine.settings import BuildSettings, CacheForm, LiveSettings
from engine.store.catalog import Catalog
from engine.store.local import Library
from engine.store.pipeline_files import PipelineFiles, resolve


@dataclass(frozen=True, slots=True)
class Fetched:
    """A model that was fetched: what there is, where it is, and its name in the catalogue."""

    catalog: Catalog
    library: Library
    name: str

    def files(self, style: str) -> PipelineFiles:
        """Its files in a style. Raises SettingError or ModelError."""
        return resolve(self.catalog, self.library, self.name, style)


@dataclass(frozen=True, slots=True)
class DepthStructure:
    """The structure input of the published weights: the depth of the picture, as a latent."""

    depth: DepthEstimator

    def read(self, levels: Tensor, latent: Tensor) -> Tensor:
        return self.depth(normalised(levels, latent.dtype))

    def forget(self) -> None:
        self.depth.reset()


@dataclass(frozen=True, slots=True)
class TextPrompter:
    """Words give the style; LoRAs are fused where the style has any."""

    model: PublishedModel
    fetched: Fetched

    def prepare(
        self, settings: LiveSettings, levels: tuple[NoiseLevel, ...]
    ) -> tuple[UNet, Conditioning]:
        files = self._files(settings)
        if files.style != self.model.files.style:
            self.model.change_style(files)
        text = self.model.encode_prompt(settings.prompt)
        unet = self.model.unet
        return unet, unet.condition([level.timestep for level in levels], text)

    def _files(self, settings: LiveSettings) -> PipelineFiles:
        if settings.blend is not None:
            raise SettingError(
                "Two styles of this model cannot be blended.",
                "Put both into the prompt, or choose the built-in model.",
            )
        files = self.fetched.files(settings.style)
        if not self.model.shares_base_with(files):
            raise SettingError(
                "The style {style} has a network of its own.",
                "Stop the stream, choose the style, and start again.",
                style=settings.style,
            )
        return files


def has_room_for_two(
    fetched: Fetched,
    build: BuildSettings,
    settings: LiveSettings,
    device: torch.device,
    dtype: torch.dtype,
) -> bool:
    """Whether a second window fits beside the first; to be asked before loading.

    Raises ModelError, with a setting that would do, where not even the first one fits.
    """
    config = unet_config(fetched.files(settings.style).base / "unet")
    wish = Wish(build.size, settings.steps, element_bytes=dtype.itemsize, cache=build.cache)
    return check_fits(config, wish, free_memory(device)).second_cache


def load_published(
    fetched: Fetched,
    settings: LiveSettings,
    device: torch.device,
    dtype: torch.dtype,
    build: BuildSettings | None = None,
) -> StyleModel:
    """Load a fetched model in the style of these settings. Raises SettingError or ModelError.

    build: for its accelerator and window; without it, or with "auto", PyTorch's own kernels.
    Raises DeviceError where an accelerator is asked for that cannot be had.
    """
    accelerator = EAGER if build is None else build.accelerator
    kernel = xformers_kernel() if accelerator == XFORMERS else attend
    finisher = _finisher(accelerator, CacheForm.SAME if build is None else build.cache, device)
    model = load_pipeline(fetched.files(settings.style), device=device, dtype=dtype)
    use_kernel(model.parts.unet, kernel)
    return StyleModel(
        LevelsCodec(model.parts.autoencoder, dtype),
        DepthStructure(model.parts.depth),
        TextPrompter(model, fetched),
        finisher=finisher,
    )


def _finisher(
    accelerator: str, cache: CacheForm, device: torch.device
) -> Callable[[Recipe], Recipe]:
    """What else is made of a network, while it already streams; found fault with before loading."""
    if accelerator == COMPILE:
        check_triton()
        return compiling(CudaRecorder(device))
    if accelerator == TENSORRT:
        check_form(cache)
        folder = EngineFolder(user_cache_path(APP) / "engines")
        return Preparer(TensorRT(TorchTensorrt(), folder, free_memory))
    return lambda recipe: recipe
