"""The physical camera."""

from __future__ import annotations

import os

from engine.doctor.check import Check, bad, good
from engine.video.devices import CameraInfo, list_cameras

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
