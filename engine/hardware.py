"""What this computer can run a model on. torch is imported by the functions, not before."""

from __future__ import annotations

from engine.accelerators import AUTO, AcceleratorInfo, DeviceInfo
from engine.settings import BUILT_IN, BuildSettings, Precision


def list_devices() -> list[DeviceInfo]:
    """The devices of this computer, best first. Imports torch, which takes a while."""
    from engine.model.hardware.devices import list_devices as devices  # noqa: PLC0415

    return devices()


def list_accelerators(build: BuildSettings) -> list[AcceleratorInfo]:
    """The accelerators of the model on the device, PyTorch's own kernels first. Imports torch.

    Raises DeviceError for a device that this computer does not have.
    """
    from engine.model.acceleration.registry import describe_accelerators  # noqa: PLC0415

    return describe_accelerators(build.device, build.model)


def check_build(build: BuildSettings) -> None:
    """Check that this computer has the device, and the device the accelerator and the precision,
    without loading a model. Imports torch only where something is chosen by name.

    Raises DeviceError.
    """
    chosen = (build.device, build.accelerator, build.precision)
    if build.engine or chosen == (AUTO, AUTO, Precision.AUTO):
        return
    from engine.model.acceleration.registry import check_choice  # noqa: PLC0415

    check_choice(build)


def estimate_cpu_fps(build: BuildSettings, steps: int) -> float | None:
    """The expected frames per second of a downloaded model that would run on the CPU.

    None for any other. Imports torch and takes a moment. Raises DeviceError.
    """
    # the built-in model is made for CPUs, and torch need not be imported to know
    if build.engine or build.model == BUILT_IN:
        return None
    from engine.model.hardware.throughput import estimate_cpu_fps as expected  # noqa: PLC0415

    return expected(build, steps)
