"""Linux: the driver of the virtual camera, from its package to the permissions of the device."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from engine.doctor.checks import Check, failed, passed, unknown
from engine.installation import PUBLISHER, is_bundle, publisher_program
from engine.v4l2 import Capabilities, query_capabilities
from engine.virtual_camera.devices.v4l2loopback import (
    SYSFS,
    LoopbackDevice,
    loopbacks,
    module_version,
)
from engine.virtual_camera.devices.v4l2loopback_quirks import marks_badly
from engine.virtual_camera.protocol import CAMERA_NAME
from engine.virtual_camera.runtime_dir import publisher_runs, runtime_dir

_SET_UP = "installer/linux/virtual_camera.sh install"
_SET_UP_AGAIN = (
    "installer/linux/virtual_camera.sh remove && installer/linux/virtual_camera.sh install"
)
_IN_USE = "another program is writing to it, or has left it unusable"
_JOIN_GROUP = "sudo usermod -aG video $USER   # then log in again"
_RELOAD = "sudo modprobe -r v4l2loopback && sudo modprobe v4l2loopback"
_ONE_READER_SINCE = (0, 14)


@dataclass(frozen=True, slots=True)
class System:
    """Where to look; tests have their own."""

    sysfs: Path = SYSFS
    sources: Path = Path("/usr/src")
    modules: Path = Path("/lib/modules") / platform.release()


def check_loopback(system: System | None = None) -> list[Check]:
    """Every condition for "Live2Diff Camera", in the order in which they depend on each other."""
    system = system or System()
    checks = [_library(), _driver(system)]
    if module_version(system.sysfs) is None:
        return [*checks, *_why_not_loaded(system)]
    devices = loopbacks(system.sysfs)
    ours = next((device for device in devices if device.ours), None)
    if ours is None:
        return [*checks, _no_device(devices)]
    checks.append(passed("Camera device", "{label} is {node}", label=ours.label, node=ours.node))
    return [*checks, *_check_device(ours)]


def _library() -> Check:
    if is_bundle():
        if not publisher_program().is_file():
            return failed(
                "Camera library", "{file} is missing", "Install the program again.", file=PUBLISHER
            )
    elif find_spec("pyvirtualcam") is None:
        return failed("Camera library", "pyvirtualcam is missing", "pip install pyvirtualcam")
    return passed("Camera library", "pyvirtualcam")


def _driver(system: System) -> Check:
    version = module_version(system.sysfs)
    if version is None:
        if _installed():
            return failed(
                "Camera driver",
                "v4l2loopback is installed, but not loaded",
                "sudo modprobe v4l2loopback",
            )
        return failed("Camera driver", "v4l2loopback is not installed for this kernel", _SET_UP)
    text = ".".join(map(str, version))
    if marks_badly(system.sysfs):
        text += (
            ": an old version, whose device another program can leave unusable until it is reloaded"
        )
    elif version >= _ONE_READER_SINCE:
        text += ": only one program at a time can use the camera"
    return passed("Camera driver", "v4l2loopback {version}", version=text)


def _why_not_loaded(system: System) -> list[Check]:
    """What may prevent the driver from being built or loaded."""
    checks = [_secure_boot(system)]
    if any(system.sources.glob("v4l2loopback-*")) and not _installed():
        checks.append(_compiler(system))
    return checks


def _secure_boot(system: System) -> Check:
    on = _secure_boot_on(system)
    if not on:
        return passed("Secure Boot", "off" if on is False else "not supported")
    return unknown(
        "Secure Boot",
        "on: locally built drivers are refused unless their key is enrolled",
        "sudo mokutil --import /var/lib/dkms/mok.pub   # then restart and confirm",
    )


def _secure_boot_on(system: System) -> bool | None:
    """None if the firmware has no Secure Boot."""
    for variable in system.sysfs.glob("firmware/efi/efivars/SecureBoot-*"):
        try:
            return variable.read_bytes()[4:5] == b"\x01"
        except OSError:
            return None
    return None


def _compiler(system: System) -> Check:
    missing = [tool for tool in ("gcc", "make") if shutil.which(tool) is None]
    if not (system.modules / "build").exists():
        missing.append(f"linux-headers-{platform.release()}")
    if not missing:
        return failed("Driver build", "built for another kernel only", "sudo dkms autoinstall")
    return failed(
        "Driver build",
        "missing: {packages}",
        "sudo apt install {packages} && sudo dkms autoinstall",
        packages=" ".join(missing),
    )


def _no_device(devices: list[LoopbackDevice]) -> Check:
    others = ", ".join(f"{device.label} ({device.node})" for device in devices)
    return failed(
        "Camera device",
        "none is called {camera}; found: {others}" if others else "none is called {camera}",
        _SET_UP,
        camera=CAMERA_NAME,
        others=others,
    )


def _check_device(device: LoopbackDevice) -> list[Check]:
    node = device.node
    if not node.exists():
        return [failed("Device node", "{node} does not exist", "Restart the computer.", node=node)]
    if not os.access(node, os.R_OK | os.W_OK):
        return [failed("Device permissions", "no permission to use {node}", _JOIN_GROUP, node=node)]
    return [passed("Device permissions", "{node} is writable", node=node), *_use(device)]


def _use(device: LoopbackDevice) -> list[Check]:
    """Who writes to it, and whether browsers will list it as a camera."""
    if publisher_runs(runtime_dir()):
        return [passed("Device use", "in use by this program")]
    capabilities = _capabilities(device.node)
    if capabilities is None:
        return [unknown("Device use", "the device does not answer", _RELOAD)]
    if capabilities.captures and capabilities.outputs:
        return [
            failed(
                "Device options",
                "exclusive_caps is not set: browsers do not list it",
                _SET_UP_AGAIN,
            )
        ]
    if not capabilities.outputs:
        return [
            failed("Device use", _IN_USE, "Close the other program, or: {reload}", reload=_RELOAD)
        ]
    return [passed("Device use", "free")]


def _capabilities(node: Path) -> Capabilities | None:
    try:
        return query_capabilities(node)
    except OSError:
        return None


def _installed() -> bool:
    """Whether there is a driver that this kernel could load."""
    tool = shutil.which("modinfo", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if tool is None:
        return False
    command = [tool, "-n", "v4l2loopback"]
    return subprocess.run(command, capture_output=True, timeout=10, check=False).returncode == 0
