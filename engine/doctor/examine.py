"""All checks of this system, in the order in which they are worth mending."""

from __future__ import annotations

import os
import platform

from engine.doctor.checks import Check, bad, good
from engine.doctor.computer import check_computer
from engine.doctor.windows_macos import check_mac_camera, check_windows_camera
from engine.video.sources.camera_list import CameraInfo, list_cameras


def examine(*, with_torch: bool = False) -> list[Check]:
    """Look at everything that the main job needs. Takes about a second.

    with_torch: also ask torch for its accelerator, which takes seconds more.
    """
    return [*check_computer(with_torch=with_torch), *check_inputs(), *_check_virtual_camera()]


def _check_virtual_camera() -> list[Check]:
    system = platform.system()
    if system != "Linux":
        return check_windows_camera() if system == "Windows" else check_mac_camera()
    from engine.doctor.v4l2loopback import check_loopback  # noqa: PLC0415 - needs Linux

    return check_loopback()


_JOIN_GROUP = "sudo usermod -aG video $USER   # then log in again"


def check_inputs() -> list[Check]:
    """Whether there is a camera, and whether this user may use it."""
    cameras = list_cameras()
    if not cameras:
        return [bad("Webcam", "none found", "Plug one in. Without one: python main.py demo")]
    return [_rights(camera) for camera in cameras]


def _rights(camera: CameraInfo) -> Check:
    if camera.path and not os.access(camera.path, os.R_OK | os.W_OK):
        return bad(
            "Webcam {index}",
            "no right to use {name} ({path})",
            _JOIN_GROUP,
            index=camera.index,
            name=camera.name,
            path=camera.path,
        )
    return good("Webcam {index}", "{name}", index=camera.index, name=camera.name)
