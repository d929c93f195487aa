"""All checks of this system, in the order in which problems should be solved."""

from __future__ import annotations

import os
import platform

from engine.doctor.checks import Check, failed, passed
from engine.doctor.computer import check_computer
from engine.doctor.serving import check_serving
from engine.doctor.signing import check_signing
from engine.doctor.windows_macos import check_mac_camera, check_windows_camera
from engine.video.sources.camera_list import CameraInfo, list_cameras


def examine(*, with_torch: bool = False) -> list[Check]:
    """Check everything that the main job needs. Takes about a second.

    with_torch: also ask PyTorch for its accelerator, which takes some seconds more.
    """
    computer = check_computer(with_torch=with_torch)
    others = [check_signing(), check_serving()]
    return [*computer, *check_inputs(), *_check_virtual_camera(), *others]


def _check_virtual_camera() -> list[Check]:
    system = platform.system()
    if system != "Linux":
        return check_windows_camera() if system == "Windows" else check_mac_camera()
    from engine.doctor.linux_camera import check_linux_camera  # noqa: PLC0415 - needs Linux

    return check_linux_camera()


_JOIN_GROUP = "sudo usermod -aG video $USER   # then log in again"


def check_inputs() -> list[Check]:
    """Check that there is a camera, and that this user may use it."""
    cameras = list_cameras()
    if not cameras:
        return [failed("Webcam", "none found", "Connect one, or try without: python main.py demo")]
    return [_permission(camera) for camera in cameras]


def _permission(camera: CameraInfo) -> Check:
    if camera.path and not os.access(camera.path, os.R_OK | os.W_OK):
        return failed(
            "Webcam {index}",
            "no permission to use {name} ({path})",
            _JOIN_GROUP,
            index=camera.index,
            name=camera.name,
            path=camera.path,
        )
    return passed("Webcam {index}", "{name}", index=camera.index, name=camera.name)
