"""A published network through NVIDIA's TensorRT, by way of torch-tensorrt.

Built in the background in minutes, then kept on the disk (`engine.model.acceleration.engine_cache`). Not yet run by
this project: it has been tried with a stand-in of the same functions only.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, cast

import torch
from torch import Tensor, nn
from torch.export import ExportedProgram

from engine.errors import DeviceError
from engine.model.acceleration.background_compile import CompiledFn
from engine.model.acceleration.engine_cache import EngineCache, engine_key
from engine.model.acceleration.functional_unet import FunctionalUNet
from engine.model.acceleration.optional_packages import check_installed, version_of
from engine.model.hardware.memory_budget import RESERVE
from engine.settings import CachePrecision

logger = logging.getLogger(__name__)

LIBRARY = "torch-tensorrt"
FORMAT = 1
"""To be raised when `FunctionalUNet` changes what it takes or gives."""

COPIES = 2
"""Times the weights that building takes beside the network: in TensorRT's hands, and in its own."""


class Library(Protocol):
    """What is used of torch-tensorrt."""

    def compile(self, program: ExportedProgram, inputs: Sequence[Tensor]) -> nn.Module:
        """Bring a program into engines."""
        ...

    def save(self, module: nn.Module, path: Path, inputs: Sequence[Tensor]) -> None:
        """Write what `compile` gave."""
        ...

    def load(self, path: Path) -> CompiledFn:
        """Read what `save` wrote, which can run anything: only from files of our own."""
        ...


class TorchTensorrt:
    """The library itself. Raises DeviceError unless it is there and made for this torch."""

    def __init__(self) -> None:
        check_installed(LIBRARY)
        try:
            import torch_tensorrt  # noqa: PLC0415 - takes seconds, and is optional
        except (ImportError, OSError) as error:
            raise DeviceError(
                "{library} cannot be loaded: {reason}.",
                "Install it anew, or choose another accelerator.",
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


class TensorRT:
    """Makes forms of TensorRT engines: a `engine.model.acceleration.background_compile.Build`.

    free: bytes that can still be had on the device.
    """

    def __init__(
        self, library: Library, folder: EngineCache, free: Callable[[torch.device], int]
    ) -> None:
        self._library, self._folder, self._free = library, folder, free

    def __call__(self, network: FunctionalUNet, inputs: tuple[Tensor, ...]) -> CompiledFn:
        key = key_of(network, inputs)
        path = self._folder.find(key)
        if path is None:
            self._check_room(network)
            path = self._folder.add(key, lambda target: self._build(network, inputs, target))
            if key_of(network, inputs) != key:
                self._folder.remove(key)
                raise RuntimeError("the weights were changed while they were built in")
        return self._library.load(path)

    def _build(self, network: FunctionalUNet, inputs: tuple[Tensor, ...], target: Path) -> None:
        with torch.no_grad():
            program = torch.export.export(network.clone_for_tracing(), inputs, strict=False)
        logger.info("TensorRT is building %s", target.name)
        self._library.save(self._library.compile(program, inputs), target, inputs)

    def _check_room(self, network: FunctionalUNet) -> None:
        weights = sum(parameter.nbytes for parameter in network.parameters())
        free = self._free(next(network.parameters()).device)
        if COPIES * weights * (1.0 + RESERVE) > free:
            needed, there = COPIES * weights / 1e9, free / 1e9
            raise MemoryError(f"TensorRT needs {needed:.1f} GB more, and {there:.1f} GB are free")


def check_form(cache: CachePrecision) -> None:
    """Raise DeviceError for a window that TensorRT's engines do not read."""
    if cache is not CachePrecision.SAME:
        raise DeviceError(
            "TensorRT reads past frames in the model's own precision only.",
            "Keep them so, or choose another accelerator.",
        )


def key_of(network: FunctionalUNet, inputs: Sequence[Tensor]) -> str:
    """Names what an engine was made of; styles are in the weights, steps in the inputs."""
    versions = (FORMAT, torch.__version__, version_of(LIBRARY), version_of("tensorrt"))
    return engine_key((*versions, card_of(inputs[0].device)), network, inputs)


def card_of(device: torch.device) -> str:
    """What an engine is built for, and runs on alone."""
    if device.type != "cuda":
        return device.type
    return f"{torch.cuda.get_device_name(device)} {torch.cuda.get_device_capability(device)}"
