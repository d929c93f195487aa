"""Runs Stable Diffusion 1.5 with NVIDIA's TensorRT, through torch-tensorrt.

Building takes minutes, in the background; the result is kept on disk (`engine_cache`). This project
has not run it on a GPU yet: it is tested with a stand-in for the library.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol, cast

import torch
from torch import Tensor, nn
from torch.export import ExportedProgram

from engine.errors import DeviceError
from engine.model.acceleration.background_compile import BackgroundCompiler, CompiledFn
from engine.model.acceleration.base import AccelerationTarget, Accelerator
from engine.model.acceleration.engine_cache import EngineCache, engine_key
from engine.model.acceleration.functional_unet import FunctionalUNet
from engine.model.acceleration.optional_packages import check_installed, version_of
from engine.model.hardware.memory_budget import RESERVE, free_memory
from engine.model.styles.style_model import StyleModel
from engine.paths import cache_dir
from engine.settings import BUILT_IN, CachePrecision

logger = logging.getLogger(__name__)

LIBRARY = "torch-tensorrt"
FORMAT = 1
"""Increase this whenever `FunctionalUNet` changes its inputs or results."""

COPIES = 2
"""Copies of the weights during a build: the exported program's, and TensorRT's own."""


class TensorRT(Accelerator):
    """TensorRT's engines, for Stable Diffusion 1.5 on an NVIDIA GPU."""

    def available(self, device: torch.device, model: str) -> bool:
        return model != BUILT_IN and device.type == "cuda"

    def check(self, target: AccelerationTarget) -> None:
        check_cache(target.build.cache)
        TorchTensorrt()

    def accelerate(self, model: StyleModel, target: AccelerationTarget) -> StyleModel:  # noqa: ARG002
        folder = EngineCache(cache_dir() / "engines")
        compiler = TensorRTCompiler(TorchTensorrt(), folder, free_memory)
        return replace(model, accelerate=BackgroundCompiler(compiler))


class Library(Protocol):
    """The functions of torch-tensorrt that are used."""

    def compile(self, program: ExportedProgram, inputs: Sequence[Tensor]) -> nn.Module:
        """Build engines for a program."""
        ...

    def save(self, module: nn.Module, path: Path, inputs: Sequence[Tensor]) -> None:
        """Write what `compile` returned."""
        ...

    def load(self, path: Path) -> CompiledFn:
        """Read what `save` wrote. It can execute anything, so use it only for files of our own."""
        ...


class TorchTensorrt:
    """The library itself. Raises DeviceError unless it is installed and built for this torch."""

    def __init__(self) -> None:
        check_installed(LIBRARY)
        try:
            import torch_tensorrt  # noqa: PLC0415 - takes seconds, and is optional
        except (ImportError, OSError) as error:
            raise DeviceError(
                "{library} cannot be loaded: {reason}.",
                "Reinstall it, or choose another accelerator.",
                library=LIBRARY,
                reason=error,
            ) from error
        self._library = torch_tensorrt

    def compile(self, program: ExportedProgram, inputs: Sequence[Tensor]) -> nn.Module:
        engines = self._library.dynamo.compile(
            program, arg_inputs=list(inputs), use_explicit_typing=True, immutable_weights=True
        )
        return cast("nn.Module", engines)

    def save(self, module: nn.Module, path: Path, inputs: Sequence[Tensor]) -> None:
        self._library.save(module, str(path), arg_inputs=list(inputs))

    def load(self, path: Path) -> CompiledFn:
        return cast("CompiledFn", self._library.load(str(path)).module())


class TensorRTCompiler:
    """Builds engines: an `engine.model.acceleration.background_compile.CompileFn`.

    free: the free memory of a device, in bytes.
    """

    def __init__(
        self, library: Library, folder: EngineCache, free: Callable[[torch.device], int]
    ) -> None:
        self._library, self._folder, self._free = library, folder, free

    def __call__(self, network: FunctionalUNet, inputs: tuple[Tensor, ...]) -> CompiledFn:
        key = key_of(network, inputs)
        path = self._folder.find(key)
        if path is None:
            self._check_disk_space(network)
            path = self._folder.add(key, lambda target: self._build(network, inputs, target))
            if key_of(network, inputs) != key:
                self._folder.remove(key)
                raise RuntimeError("the weights changed during the build")
        return self._library.load(path)

    def _build(self, network: FunctionalUNet, inputs: tuple[Tensor, ...], target: Path) -> None:
        with torch.no_grad():
            program = torch.export.export(network.clone_for_tracing(), inputs, strict=False)
        logger.info("TensorRT is building %s", target.name)
        self._library.save(self._library.compile(program, inputs), target, inputs)

    def _check_disk_space(self, network: FunctionalUNet) -> None:
        weights = sum(parameter.nbytes for parameter in network.parameters())
        free = self._free(next(network.parameters()).device)
        if COPIES * weights * (1.0 + RESERVE) > free:
            needed, there = COPIES * weights / 1e9, free / 1e9
            raise MemoryError(f"TensorRT needs {needed:.1f} GB, but {there:.1f} GB are free")


def check_cache(cache: CachePrecision) -> None:
    """Raise DeviceError for a KV cache that TensorRT's engines cannot read."""
    if cache is not CachePrecision.SAME:
        raise DeviceError(
            "TensorRT reads past frames in the model's own precision only.",
            "Keep past frames as exact as the model, or choose another accelerator.",
        )


def key_of(network: FunctionalUNet, inputs: Sequence[Tensor]) -> str:
    """Identifies what an engine was made from; styles are in the weights, steps in the inputs."""
    versions = (FORMAT, torch.__version__, version_of(LIBRARY), version_of("tensorrt"))
    return engine_key((*versions, card_of(inputs[0].device)), network, inputs)


def card_of(device: torch.device) -> str:
    """The only kind of device that an engine runs on."""
    if device.type != "cuda":
        return device.type
    return f"{torch.cuda.get_device_name(device)} {torch.cuda.get_device_capability(device)}"
