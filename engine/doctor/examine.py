"""All checks of this system, in the order in which they are worth mending."""

from __future__ import annotations

import platform

from engine.doctor.check import Check
from engine.doctor.computer import check_computer
from engine.doctor.inputs import check_inputs
from engine.doctor.named_camera import check_mac_camera, check_windows_camera


def examine(*, with_torch: bool = False) -> list[Check]:
    """Look at everything that the main job needs. Takes about a second.

    with_torch: also ask torch for its accelerator, which takes seconds more.
    """
    return [*check_computer(with_torch=with_torch), *check_inputs(), *_check_virtual_camera()]


def _check_virtual_camera() -> list[Check]:
    system = platform.system()
    if system != "Linux":
        return check_windows_camera() if system == "Windows" else check_mac_camera()
    from engine.doctor.loopback import check_loopback  # noqa: PLC0415 - needs Linux

    return check_loopback()
