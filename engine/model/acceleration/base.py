"""The interface that every accelerator implements."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path

import torch

from engine.accelerators import AcceleratorInfo
from engine.events import ProgressListener, ignore_progress
from engine.model.styles.style_model import StyleModel
from engine.settings import BuildSettings, LiveSettings


@dataclass(frozen=True, slots=True)
class AccelerationTarget:
    """What a model is accelerated for.

    dtype: the precision to compute in. build, live: the settings that a stream begins with.
    identity: names the model's weights, for remembered measurements. calibration: the file with
    the input ranges of its convolutions, if the model has one.
    """

    device: torch.device
    dtype: torch.dtype
    build: BuildSettings
    live: LiveSettings
    identity: str = ""
    calibration: Path | None = None
    on_progress: ProgressListener = ignore_progress


class Accelerator(ABC):
    """A way to compute a model. A new one is a subclass and a row in `registry.ACCELERATORS`."""

    def __init__(self, info: AcceleratorInfo) -> None:
        self.info = info

    @property
    def name(self) -> str:
        """Its name in settings and on the command line."""
        return self.info.name

    @abstractmethod
    def available(self, device: torch.device, model: str) -> bool:
        """Whether this computer has it for the model of this name on the device."""

    def check(self, target: AccelerationTarget) -> None:  # noqa: B027 - most need nothing
        """Called before a model is loaded. Raises DeviceError, such as for a missing library."""

    def dtype(self, wanted: torch.dtype) -> torch.dtype:
        """The precision in which the model has to be loaded."""
        return wanted

    @abstractmethod
    def accelerate(self, model: StyleModel, target: AccelerationTarget) -> StyleModel:
        """The accelerated model; the one given must not be used any more.

        Raises ModelError or DeviceError.
        """


class Eager(Accelerator):
    """PyTorch's own kernels: the model is unchanged."""

    def available(self, device: torch.device, model: str) -> bool:  # noqa: ARG002
        return True

    def accelerate(
        self,
        model: StyleModel,
        target: AccelerationTarget,  # noqa: ARG002
    ) -> StyleModel:
        return model
