"""Windows and macOS: whether a virtual camera is registered. Not yet tested on either system."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol, cast

from engine.doctor.checks import Check, failed, passed
from engine.virtual_camera.protocol import CAMERA_NAME

_VIDEO_INPUTS = r"CLSID\{860BB310-5D01-11d0-BD3B-00A0C911CE86}\Instance"
_OBS = "OBS Virtual Camera"
_REGISTER = r"powershell -ExecutionPolicy Bypass installer\windows\virtual_camera.ps1 -Install"
_INSTALL_OBS = "brew install --cask obs   # then start its virtual camera once"
_MAC_OBS = Path("/Applications/OBS.app")


class Registry(Protocol):
    """The part of `winreg` that is used here."""

    HKEY_CLASSES_ROOT: int

    def OpenKey(self, key: object, path: str) -> object: ...  # noqa: N802 - the library's name
    def EnumKey(self, key: object, index: int) -> str: ...  # noqa: N802 - the library's name
    def QueryValueEx(self, key: object, name: str) -> tuple[object, int]: ...  # noqa: N802


def check_windows_camera(registry: Registry | None = None) -> list[Check]:
    """Check for our own camera, or else that of OBS."""
    registry = registry or cast("Registry", importlib.import_module("winreg"))
    names = set(_video_inputs(registry))
    if CAMERA_NAME in names:
        return [passed("Virtual camera", "{camera} is registered", camera=CAMERA_NAME)]
    if _OBS in names:
        return [passed("Virtual camera", "choose {camera} in the other program", camera=_OBS)]
    return [failed("Virtual camera", "none is registered", _REGISTER)]


def check_mac_camera(obs: Path = _MAC_OBS) -> list[Check]:
    """Check for OBS, which provides the camera extension."""
    if obs.exists():
        return [passed("Virtual camera", "choose {camera} in the other program", camera=_OBS)]
    return [failed("Virtual camera", "OBS Studio is not installed", _INSTALL_OBS)]


def _video_inputs(registry: Registry) -> Iterator[str]:
    """The names of the registered video input devices."""
    try:
        listing = registry.OpenKey(registry.HKEY_CLASSES_ROOT, _VIDEO_INPUTS)
    except OSError:
        return
    index = 0
    while True:
        try:
            entry = registry.OpenKey(listing, registry.EnumKey(listing, index))
        except OSError:
            return  # there is no further entry
        yield _friendly_name(registry, entry)
        index += 1


def _friendly_name(registry: Registry, entry: object) -> str:
    try:
        return str(registry.QueryValueEx(entry, "FriendlyName")[0])
    except OSError:
        return ""
