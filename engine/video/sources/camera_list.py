"""Which cameras this computer has. Our own virtual camera is left out: it would film itself."""

from __future__ import annotations

import errno
import importlib
import platform
import re
from dataclasses import dataclass
from pathlib import Path

from engine.errors import SourceError
from engine.paths import APP_NAME
from engine.v4l2 import query_capabilities

_SYSFS = Path("/sys/class/video4linux")

_CHOOSE = "Choose one by its number: {cameras}."
_NONE_HERE = "There is none here, so use `demo`."


@dataclass(frozen=True, slots=True)
class CameraInfo:
    """One camera. index and path: what OpenCV and the system call it; path is "" if it has none."""

    index: int
    name: str
    path: str


def list_cameras() -> list[CameraInfo]:
    """The cameras to choose from, by index. Cheap enough to ask every second or two."""
    cameras = _linux_cameras() if platform.system() == "Linux" else _other_cameras()
    return [camera for camera in cameras if camera.name != APP_NAME]


def is_own_camera(index: int) -> bool:
    """Whether this index is the program's own virtual camera (known on Linux only)."""
    return _name_of(_SYSFS / f"video{index}") == APP_NAME


def find_camera(which: str) -> CameraInfo:
    """The camera of this index or name (any case; a unique part of it is enough).

    An index that no list knows is taken at its word: OpenCV may know more. Raises SourceError.
    """
    cameras = list_cameras()
    if which.isdecimal():
        return _by_index(int(which), cameras)
    wanted = which.strip().casefold()
    exact = [camera for camera in cameras if camera.name.casefold() == wanted]
    partial = [camera for camera in cameras if wanted and wanted in camera.name.casefold()]
    found = exact or partial
    if len(found) == 1:
        return found[0]
    if found:
        raise SourceError(
            "{count} cameras are called {which!r}.",
            "Choose one by its number: {cameras}.",
            count=len(found),
            which=which,
            cameras=_listing(cameras),
        )
    raise SourceError(
        "No camera is called {which!r}.",
        _CHOOSE if cameras else _NONE_HERE,
        which=which,
        cameras=_listing(cameras),
    )


def _by_index(index: int, cameras: list[CameraInfo]) -> CameraInfo:
    if is_own_camera(index):
        raise SourceError(
            "Camera {index} is {own} itself, which would film its own pictures.",
            _CHOOSE if cameras else _NONE_HERE,
            index=index,
            own=APP_NAME,
            cameras=_listing(cameras),
        )
    known = (camera for camera in cameras if camera.index == index)
    return next(known, CameraInfo(index, str(index), ""))


def _listing(cameras: list[CameraInfo]) -> str:
    return ", ".join(f"camera:{camera.index} ({camera.name})" for camera in cameras)


def camera_backend() -> int:
    """OpenCV's back end for cameras here."""
    import cv2  # noqa: PLC0415 - loads slowly, and the window lists cameras before it needs it

    backends = {"Linux": cv2.CAP_V4L2, "Darwin": cv2.CAP_AVFOUNDATION, "Windows": cv2.CAP_DSHOW}
    return int(backends.get(platform.system(), cv2.CAP_ANY))


def _linux_cameras() -> list[CameraInfo]:
    """The capture nodes of the kernel's list, each with the name its driver gives.

    Our own camera is not even opened: that would look as if somebody watched it.
    """
    cameras = []
    for node in _SYSFS.glob("video*"):
        number = re.fullmatch(r"video(\d+)", node.name)
        device = Path("/dev", node.name)
        name = _name_of(node)
        if number and name != APP_NAME and _captures(device):
            cameras.append(CameraInfo(int(number[1]), name or node.name, str(device)))
    return sorted(cameras, key=lambda camera: camera.index)


def _name_of(node: Path) -> str:
    try:
        return (node / "name").read_text(errors="replace").strip()
    except OSError:
        return ""


def _captures(device: Path) -> bool:
    """Whether the node gives pictures; one that may not be opened counts as if it did.

    A camera has further nodes for metadata, and a loopback device that nobody feeds only takes.
    """
    try:
        return query_capabilities(device).captures
    except OSError as error:
        return error.errno in (errno.EACCES, errno.EPERM, errno.EBUSY)


def _other_cameras() -> list[CameraInfo]:
    """Windows and macOS, by the names their own frameworks give. Not yet run there."""
    library = importlib.import_module("cv2_enumerate_cameras")  # only installed there

    return [
        CameraInfo(info.index, info.name, info.path or "")
        for info in library.enumerate_cameras(camera_backend())
    ]
