"""Linux: the two ways by which programs find the camera. One of them is enough for it to work."""

from __future__ import annotations

from dataclasses import replace

import psutil

from engine.doctor.checks import Check, can_run, failed, passed, unknown
from engine.doctor.v4l2loopback import check_loopback
from engine.errors import SinkError
from engine.pipewire.connection import answers
from engine.pipewire.library import library_version

_SESSION_MANAGERS = frozenset({"wireplumber", "pipewire-media-session"})
_START = "systemctl --user start pipewire wireplumber"
_BOTH = "all programs"
_NODE_ALONE = (
    "those that ask the desktop or PipeWire, such as Flatpak programs; "
    "Zoom, Discord and Chromium need the camera driver as well"
)
_DEVICE_ALONE = (
    "those that open the device, such as Zoom, Discord and Chromium; "
    "Flatpak programs and browsers that ask the desktop need PipeWire as well"
)


def check_linux_camera() -> list[Check]:
    """Both ways. Where one works, what the other lacks is only worth mentioning."""
    node, device = check_pipewire(), check_loopback()
    by_node, by_device = can_run(node), can_run(device)
    if by_node:
        device = [_mentioned(check) for check in device]
    elif by_device:
        node = [_mentioned(check) for check in node]
    return [*node, *device, *_who_finds_it(by_node, by_device)]


def check_pipewire() -> list[Check]:
    """Whether PipeWire serves this user."""
    try:
        version = library_version()
    except SinkError as error:
        return [failed("PipeWire camera", *error.args)]
    if not answers():
        return [failed("PipeWire camera", "PipeWire is not running", _START)]
    if not _session_manager_runs():
        return [
            unknown(
                "PipeWire camera",
                "no session manager is seen: without one, programs are not connected",
                _START,
            )
        ]
    return [passed("PipeWire camera", "PipeWire {version}", version=version)]


def _session_manager_runs() -> bool:
    names = (process.info["name"] for process in psutil.process_iter(["name"]))
    return any(name in _SESSION_MANAGERS for name in names)


def _who_finds_it(by_node: bool, by_device: bool) -> list[Check]:
    if not by_node and not by_device:
        return []
    texts = {(True, True): _BOTH, (True, False): _NODE_ALONE, (False, True): _DEVICE_ALONE}
    return [passed("Programs that find the camera", texts[by_node, by_device])]


def _mentioned(check: Check) -> Check:
    return replace(check, passed=None) if check.passed is False else check
