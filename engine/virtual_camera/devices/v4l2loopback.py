"""Linux: finds our v4l2loopback device in sysfs and /proc, without touching others."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from engine.errors import SinkError
from engine.frames import Size
from engine.virtual_camera.protocol import CAMERA_NAME

SYSFS = Path("/sys")
DEV = Path("/dev")

_RUNTIME_DEVICES_SINCE = (0, 13)
_SILENT_VERSION = (0, 12)  # drivers before 0.13 do not report their version
_SET_UP = "Run the set-up once: installer/linux/virtual_camera.sh install"


@dataclass(frozen=True, slots=True)
class LoopbackDevice:
    """One v4l2loopback device. node: /dev/videoN."""

    node: Path
    label: str

    @property
    def ours(self) -> bool:
        return self.label == CAMERA_NAME


@dataclass(frozen=True, slots=True)
class DeviceFormat:
    """The picture format that a device keeps while it is open."""

    fourcc: str
    size: Size


def loopbacks(sysfs: Path = SYSFS) -> list[LoopbackDevice]:
    """All v4l2loopback devices of this system, including those of others."""
    found = []
    for folder in sorted(sysfs.glob("devices/virtual/video4linux/video*")):
        if (folder / "max_openers").exists():  # only this driver has that attribute
            label = _text(folder / "name")
            found.append(LoopbackDevice(DEV / folder.name, label or ""))
    return found


def our_device(sysfs: Path = SYSFS) -> LoopbackDevice:
    """The device with our name, created now if the driver allows it. Raises SinkError."""
    for device in loopbacks(sysfs):
        if device.ours:
            return device
    if module_version(sysfs) is None:
        raise SinkError("The camera driver v4l2loopback is not loaded.", _SET_UP)
    if _add_at_run_time(sysfs):
        return our_device(sysfs)
    raise SinkError("There is no camera device called {camera}.", _SET_UP, camera=CAMERA_NAME)


def device_files(sysfs: Path = SYSFS) -> list[Path]:
    """What our device is used by: its node, and the driver's own; without our device none."""
    return [
        path
        for device in loopbacks(sysfs)
        if device.ours
        for path in (device.node, DEV / "v4l2loopback")
    ]


def make_device(sysfs: Path = SYSFS) -> None:
    """Have our device made if it is missing and the driver allows that; harmless elsewhere."""
    with suppress(SinkError, OSError, subprocess.TimeoutExpired):  # told when it is opened
        our_device(sysfs)


def module_version(sysfs: Path = SYSFS) -> tuple[int, ...] | None:
    """The loaded driver's version; None where it is not loaded."""
    folder = sysfs / "module" / "v4l2loopback"
    if not folder.exists():
        return None
    numbers = re.findall(r"\d+", _text(folder / "version") or "")
    return tuple(map(int, numbers)) or _SILENT_VERSION


def device_format(device: LoopbackDevice, sysfs: Path = SYSFS) -> DeviceFormat | None:
    """The format fixed by programs that have the device open; None if it is free."""
    text = _text(sysfs / "class" / "video4linux" / device.node.name / "format") or ""
    match = re.match(r"(.{4}):(\d+)x(\d+)@", text)
    return DeviceFormat(match[1], Size(int(match[2]), int(match[3]))) if match else None


class ReaderCount:
    """Whether any other program has the device open.

    The driver's reference count is the number of handles on all its devices, of any process,
    and is cheap to read. Only if there are several devices does /proc have to tell which one a
    handle belongs to; it shows the programs of this user.
    """

    def __init__(
        self, device: LoopbackDevice, *, sysfs: Path = SYSFS, proc: Path = Path("/proc")
    ) -> None:
        self._device, self._sysfs, self._proc = device, sysfs, proc

    def anybody(self) -> bool | None:
        """True, false, or None if unknown."""
        text = _text(self._sysfs / "module" / "v4l2loopback" / "refcnt")
        if text is None:
            return self._seen_in_proc() or None
        own = _handles(self._proc / "self", {str(d.node) for d in loopbacks(self._sysfs)})
        if int(text) <= own:
            return False
        if len(loopbacks(self._sysfs)) == 1:
            return True
        return self._seen_in_proc() or None

    def _seen_in_proc(self) -> bool:
        return open_elsewhere(self._device.node, {os.getpid()}, self._proc)


def open_elsewhere(node: Path, but: Collection[int], proc: Path = Path("/proc")) -> bool:
    """Whether a process of this user, except these, has the device open.

    A sandboxed process sees no open files of others: there, false means nothing.
    """
    others = (p for p in proc.iterdir() if p.name.isdigit() and int(p.name) not in but)
    return any(_handles(process, {str(node)}) for process in others)


def _handles(process: Path, nodes: set[str]) -> int:
    """How many of a process's open files are among these."""
    try:
        return sum(_link(entry) in nodes for entry in (process / "fd").iterdir())
    except OSError:
        return 0  # it has ended, or belongs to another user


def _link(entry: Path) -> str:
    try:
        return str(entry.readlink())
    except OSError:
        return ""


def _add_at_run_time(sysfs: Path) -> bool:
    tool = shutil.which("v4l2loopback-ctl")
    if not tool or (module_version(sysfs) or ()) < _RUNTIME_DEVICES_SINCE:
        return False
    command = [tool, "add", "--name", CAMERA_NAME, "--exclusive-caps", "1"]
    done = subprocess.run(command, capture_output=True, timeout=10, check=False)
    return done.returncode == 0 and any(device.ours for device in loopbacks(sysfs))


def _text(path: Path) -> str | None:
    try:
        return path.read_text().strip()
    except OSError:
        return None
