"""What this computer can run a model on. Torch is imported when asked, not before."""

from __future__ import annotations

from engine.accelerators import AcceleratorInfo, DeviceInfo
from engine.settings import BUILT_IN, BuildSettings


def list_devices() -> list[DeviceInfo]:
    """What a model can be computed on here, best first. Imports torch, which takes a while."""
    from engine.model.hardware.devices import list_devices as devices  # noqa: PLC0415

    return devices()


def list_accelerators(build: BuildSettings) -> list[AcceleratorInfo]:
    """The ways the model can be worked out on the device, the plain one first. Imports torch.

    Raises DeviceError for a device that is not here.
    """
    from engine.model.acceleration.registry import describe_accelerators  # noqa: PLC0415

    return describe_accelerators(build.device, build.model)


def estimate_cpu_fps(build: BuildSettings, steps: int) -> float | None:
    """Frames per second to expect where a published model would have to run on the processor.

    None where it would not. Imports torch and takes a moment. Raises DeviceError.
    """
    if build.model == BUILT_IN:  # made for it; and torch need not be imported to know
        return None
    from engine.model.hardware.throughput import estimate_cpu_fps as expected  # noqa: PLC0415

    return expected(build, steps)
