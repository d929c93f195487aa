"""Linux: the driver behind the virtual camera, from its package to the rights on the device."""

from __future__ import annotations

import fcntl
import os
import platform
import shutil
import struct
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from engine.doctor.checks import Check, bad, good, unknown
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
_SET_UP_ANEW = (
    "installer/linux/virtual_camera.sh remove && installer/linux/virtual_camera.sh install"
)
_TAKEN = "another program writes to it, or has left it unusable"
_JOIN_GROUP = "sudo usermod -aG video $USER   # then log in again"
_RELOAD = "sudo modprobe -r v4l2loopback && sudo modprobe v4l2loopback"
_QUERY_CAPABILITIES = 0x80685600
_ANSWER = struct.Struct("=16s32s32sIII12x")
_CAPTURE, _OUTPUT = 0x1, 0x2
_ONE_READER_SINCE = (0, 14)


@dataclass(frozen=True, slots=True)
class System:
    """Where to look; another one in tests."""

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
    checks.append(good("Camera device", "{label} is {node}", label=ours.label, node=ours.node))
    return [*checks, *_check_device(ours)]


def _library() -> Check:
    if find_spec("pyvirtualcam") is None:
        return bad("Camera library", "pyvirtualcam is missing", "pip install pyvirtualcam")
    return good("Camera library", "pyvirtualcam")


def _driver(system: System) -> Check:
    version = module_version(system.sysfs)
    if version is None:
        if _installed():
            return bad(
                "Camera driver",
                "v4l2loopback is installed, but not loaded",
                "sudo modprobe v4l2loopback",
            )
        return bad("Camera driver", "v4l2loopback is not installed for this kernel", _SET_UP)
    text = ".".join(map(str, version))
    if marks_badly(system.sysfs):
        text += ": an old one, whose device another program can leave unusable until it is reloaded"
    elif version >= _ONE_READER_SINCE:
        text += ": one program at a time can read the camera"
    return good("Camera driver", "v4l2loopback {version}", version=text)


def _why_not_loaded(system: System) -> list[Check]:
    """What may keep the driver from being built or loaded."""
    checks = [_secure_boot(system)]
    if any(system.sources.glob("v4l2loopback-*")) and not _installed():
        checks.append(_compiler(system))
    return checks


def _secure_boot(system: System) -> Check:
    on = _secure_boot_on(system)
    if not on:
        return good("Secure Boot", "off" if on is False else "not there")
    return unknown(
        "Secure Boot",
        "on: it refuses drivers that were built here, unless their key is enrolled",
        "sudo mokutil --import /var/lib/dkms/mok.pub   # then restart and confirm",
    )


def _secure_boot_on(system: System) -> bool | None:
    """None where the firmware has no such thing."""
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
        return bad("Driver build", "built for another kernel only", "sudo dkms autoinstall")
    return bad(
        "Driver build",
        "missing: {packages}",
        "sudo apt install {packages} && sudo dkms autoinstall",
        packages=" ".join(missing),
    )


def _no_device(devices: list[LoopbackDevice]) -> Check:
    others = ", ".join(f"{device.label} ({device.node})" for device in devices)
    return bad(
        "Camera device",
        "none is called {camera}; there is {others}" if others else "none is called {camera}",
        _SET_UP,
        camera=CAMERA_NAME,
        others=others,
    )


def _check_device(device: LoopbackDevice) -> list[Check]:
    node = device.node
    if not node.exists():
        return [bad("Device node", "{node} does not exist", "Restart the computer.", node=node)]
    if not os.access(node, os.R_OK | os.W_OK):
        return [bad("Device rights", "no right to use {node}", _JOIN_GROUP, node=node)]
    return [good("Device rights", "may write to {node}", node=node), *_use(device)]


def _use(device: LoopbackDevice) -> list[Check]:
    """Who writes to it, and whether browsers will take it for a camera."""
    if publisher_runs(runtime_dir()):
        return [good("Device use", "this program sends to it now")]
    capabilities = _capabilities(device.node)
    if capabilities is None:
        return [unknown("Device use", "the device does not answer", _RELOAD)]
    if capabilities & _CAPTURE and capabilities & _OUTPUT:
        return [bad("Device options", "it is not exclusive: browsers do not list it", _SET_UP_ANEW)]
    if not capabilities & _OUTPUT:
        return [bad("Device use", _TAKEN, "Close the other program, or: {reload}", reload=_RELOAD)]
    return [good("Device use", "free")]


def _capabilities(node: Path) -> int | None:
    try:
        handle = os.open(node, os.O_RDWR | os.O_NONBLOCK)
    except OSError:
        return None
    try:
        answer = fcntl.ioctl(handle, _QUERY_CAPABILITIES, bytes(_ANSWER.size))
    except OSError:
        return None
    finally:
        os.close(handle)
    return int(_ANSWER.unpack(answer)[-1])


def _installed() -> bool:
    """Whether there is a driver that this kernel could load."""
    tool = shutil.which("modinfo", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if tool is None:
        return False
    command = [tool, "-n", "v4l2loopback"]
    return subprocess.run(command, capture_output=True, timeout=10, check=False).returncode == 0
