"""The published model's parts in the roles that `engine.model.styles.style_model` gives them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from engine.accelerators import COMPILE, EAGER, TENSORRT, XFORMERS
from engine.errors import SettingError
from engine.events import ProgressListener, ignore_progress
from engine.model.acceleration.background_compile import BackgroundCompiler
from engine.model.acceleration.engine_cache import EngineCache
from engine.model.acceleration.optional_packages import check_triton
from engine.model.acceleration.tensorrt import TensorRT, TorchTensorrt, check_form
from engine.model.acceleration.torch_compile import CudaGraphCapturer, torch_compiler
from engine.model.acceleration.xformers import xformers_kernel
from engine.model.hardware.memory_budget import MemoryRequest, check_fits, free_memory
from engine.model.images.tensors import to_float
from engine.model.network.attention import attend, use_kernel
from engine.model.network.unet import UNet
from engine.model.network.unet_blocks import Conditioning
from engine.model.sampling.noise_schedule import NoiseLevel
from engine.model.sampling.stream_spec import StreamSpec
from engine.model.styles.sd15.depth import DepthEstimator
from engine.model.styles.sd15.loader import load_pipeline, unet_config
from engine.model.styles.sd15.model import SD15Model
from engine.model.styles.style_model import StyleModel, Uint8Autoencoder
from engine.model_store.catalog import Catalog
from engine.model_store.installed import InstalledModels
from engine.model_store.resolve import PipelineFiles, resolve
from engine.paths import cache_dir
from engine.settings import BuildSettings, CachePrecision, LiveSettings


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model that was fetched: what there is, where it is, and its name in the catalogue."""

    catalog: Catalog
    library: InstalledModels
    name: str

    def files(self, style: str) -> PipelineFiles:
        """Its files in a style. Raises SettingError or ModelError."""
        return resolve(self.catalog, self.library, self.name, style)


@dataclass(frozen=True, slots=True)
class DepthStructure:
    """The structure input of the published weights: the depth of the picture, as a latent."""

    depth: DepthEstimator

    def read(self, levels: Tensor, latent: Tensor) -> Tensor:
        return self.depth(to_float(levels, latent.dtype))

    def forget(self) -> None:
        self.depth.reset()


@dataclass(frozen=True, slots=True)
class TextConditioner:
    """Words give the style; LoRAs are fused where the style has any."""

    model: SD15Model
    fetched: InstalledModel

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


def fits_two_caches(
    fetched: InstalledModel,
    build: BuildSettings,
    settings: LiveSettings,
    device: torch.device,
    dtype: torch.dtype,
) -> bool:
    """Whether a second window fits beside the first; to be asked before loading.

    Raises ModelError, with a setting that would do, where not even the first one fits.
    """
    config = unet_config(fetched.files(settings.style).base / "unet")
    wish = MemoryRequest(
        build.size, settings.steps, element_bytes=dtype.itemsize, cache=build.cache
    )
    return check_fits(config, wish, free_memory(device)).second_cache


def load_sd15(
    fetched: InstalledModel,
    settings: LiveSettings,
    device: torch.device,
    dtype: torch.dtype,
    build: BuildSettings | None = None,
    on_progress: ProgressListener = ignore_progress,
) -> StyleModel:
    """Load a fetched model in the style of these settings. Raises SettingError or ModelError.

    build: for its accelerator and window; without it, or with "auto", PyTorch's own kernels.
    Raises DeviceError where an accelerator is asked for that cannot be had.
    """
    accelerator = EAGER if build is None else build.accelerator
    kernel = xformers_kernel() if accelerator == XFORMERS else attend
    finisher = _accelerator_for(
        accelerator, CachePrecision.SAME if build is None else build.cache, device
    )
    model = load_pipeline(
        fetched.files(settings.style), device=device, dtype=dtype, listener=on_progress
    )
    use_kernel(model.components.unet, kernel)
    return StyleModel(
        Uint8Autoencoder(model.components.autoencoder, dtype),
        DepthStructure(model.components.depth),
        TextConditioner(model, fetched),
        accelerate=finisher,
    )


def _accelerator_for(
    accelerator: str, cache: CachePrecision, device: torch.device
) -> Callable[[StreamSpec], StreamSpec]:
    """What else is made of a network, while it already streams; found fault with before loading."""
    if accelerator == COMPILE:
        check_triton()
        return torch_compiler(CudaGraphCapturer(device))
    if accelerator == TENSORRT:
        check_form(cache)
        folder = EngineCache(cache_dir() / "engines")
        return BackgroundCompiler(TensorRT(TorchTensorrt(), folder, free_memory))
    return lambda spec: spec
