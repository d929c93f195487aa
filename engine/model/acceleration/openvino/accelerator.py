"""Runs the built-in model with OpenVINO: in 8 bits on CPUs, or on Intel graphics."""

from __future__ import annotations

from dataclasses import replace

import torch

from engine.accelerators import AUTO, AcceleratorInfo
from engine.events import Progress, ProgressKind
from engine.model.acceleration.base import AccelerationTarget, Accelerator
from engine.model.acceleration.int8.calibration import read_ranges
from engine.model.acceleration.openvino.inference import OpenVinoAutoencoder
from engine.model.acceleration.openvino.runtime import units_present
from engine.model.acceleration.openvino.stream import OpenVinoStream
from engine.model.acceleration.openvino.takeover import taken_over_live
from engine.model.acceleration.openvino.target import OpenVinoTarget
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
        unit = OpenVinoTarget.of(self._unit, target.dtype, read_ranges(target.calibration))
        if target.build.at_once and target.build.accelerator == AUTO:
            return taken_over_live(model, unit)
        autoencoder = OpenVinoAutoencoder(model.small_autoencoder, unit)
        model = replace(model, autoencoder=autoencoder, accelerate=OpenVinoStream(unit))
        # graphs are compiled at first use, which takes seconds: do it before a stream runs
        target.on_progress(Progress(ProgressKind.COMPILING, 0, 1))
        encode_and_decode(model, target.build.size)
        target.on_progress(Progress(ProgressKind.COMPILING, 1, 1))
        return model
