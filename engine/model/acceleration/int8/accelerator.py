"""The built-in model in 8-bit integers, wherever that is faster on this CPU."""

from __future__ import annotations

from dataclasses import replace

import torch

from engine.model import torch_private
from engine.model.acceleration.base import AccelerationTarget, Accelerator
from engine.model.acceleration.int8.autoencoder import Int8Autoencoder
from engine.model.acceleration.int8.calibration import read_ranges
from engine.model.acceleration.int8.layer_selection import quantize_faster_layers
from engine.model.hardware.devices import multiplies_int8
from engine.model.styles.style_model import StyleModel
from engine.model.trial_run import TrialRun, placement_key
from engine.settings import BUILT_IN


class Int8(Accelerator):
    """Quantizes the whole autoencoder, and each convolution of the network that gains by it."""

    def available(self, device: torch.device, model: str) -> bool:
        on_cpu = model == BUILT_IN and device.type == "cpu"
        return on_cpu and multiplies_int8() and torch_private.has_int8_convolutions()

    def accelerate(self, model: StyleModel, target: AccelerationTarget) -> StyleModel:
        assert target.calibration is not None, "the built-in model is shipped with its ranges"
        ranges = read_ranges(target.calibration, "autoencoder.")
        autoencoder = Int8Autoencoder(model.small_autoencoder, ranges, target.dtype)
        model = replace(model, autoencoder=autoencoder)
        trial = TrialRun.of(model, target.build, replace(target.live, steps=1))
        quantize_faster_layers(
            trial.unet,
            read_ranges(target.calibration, "unet."),
            trial.way(batched=False),
            f"layer/{target.identity}/{placement_key(target.device, target.dtype)}",
            target.on_progress,
        )
        return model
