"""Runs the built-in model with OpenVINO: in 8 bits on CPUs, or on Intel graphics."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import torch
from torch import Tensor

from engine.accelerators import AcceleratorInfo
from engine.events import Progress, ProgressKind
from engine.model.acceleration.background_compile import BackgroundCompiler
from engine.model.acceleration.base import AccelerationTarget, Accelerator
from engine.model.acceleration.functional_unet import FunctionalUNet
from engine.model.acceleration.int8.calibration import read_ranges
from engine.model.acceleration.openvino.inference import (
    OpenVinoAutoencoder,
    OpenVinoCallable,
    OpenVinoStructure,
)
from engine.model.acceleration.openvino.runtime import units_present
from engine.model.acceleration.openvino.target import OpenVinoTarget
from engine.model.network.unet import UNet
from engine.model.sampling.stream_spec import StreamSpec
from engine.model.styles.style_model import StyleModel
from engine.model.trial_run import encode_and_decode
from engine.settings import BUILT_IN


class OpenVino(Accelerator):
    """unit: the device, by OpenVINO's name for it: "CPU" or "GPU"."""

    def __init__(self, info: AcceleratorInfo, unit: str) -> None:
        super().__init__(info)
        self._unit = unit

    def available(self, device: torch.device, model: str) -> bool:
        return model == BUILT_IN and device.type == "cpu" and self._unit in units_present()

    def dtype(self, wanted: torch.dtype) -> torch.dtype:
        """Intel GPUs do not support bfloat16."""
        return wanted if self._unit == "CPU" else torch.float32

    def accelerate(self, model: StyleModel, target: AccelerationTarget) -> StyleModel:
        assert target.calibration is not None, "the built-in model is shipped with its ranges"
        unit = OpenVinoTarget.of(self._unit, target.dtype, read_ranges(target.calibration, ""))
        autoencoder = OpenVinoAutoencoder(model.small_autoencoder, unit)
        model = replace(model, autoencoder=autoencoder, accelerate=OpenVinoStream(unit))
        # graphs are compiled at first use, which takes seconds: do it before a stream runs
        target.on_progress(Progress(ProgressKind.COMPILING, 0, 1))
        encode_and_decode(model, target.build.size)
        target.on_progress(Progress(ProgressKind.COMPILING, 1, 1))
        return model


class OpenVinoStream(BackgroundCompiler):
    """Lets OpenVINO compute a stream's network and its structure encoder."""

    def __init__(self, unit: OpenVinoTarget) -> None:
        def compile_unet(network: FunctionalUNet, inputs: tuple[Tensor, ...]) -> OpenVinoCallable:
            return OpenVinoCallable(network, inputs, unit)

        super().__init__(compile_unet)
        self._structure_of: Callable[[UNet], OpenVinoStructure] = cache(
            lambda unet: OpenVinoStructure(unet, unit)
        )

    def __call__(self, spec: StreamSpec) -> StreamSpec:
        return replace(super().__call__(spec), structure_net=self._structure_of(spec.unet))
