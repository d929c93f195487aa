"""Linux: works around errors of v4l2loopback before 0.14 from the sender's side."""

from __future__ import annotations

import fcntl
import mmap
import os
import struct
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from engine.virtual_camera.devices.v4l2loopback import SYSFS, LoopbackDevice, module_version

_MARKS_BADLY_BEFORE = (0, 13)
_FORGETS_BEFORE = (0, 14)

_STREAMON = 0x40045612
_QUERYBUF = 0xC0585609
_VIDEO_CAPTURE, _VIDEO_OUTPUT = 1, 2
_BUFFER = struct.Struct("=II4xI48xI20x")
"""struct v4l2_buffer: index, type, flags, offset of the mapping."""
_MAPPED = 1
_MOST_BUFFERS = 32


def marks_badly(sysfs: Path = SYSFS) -> bool:
    """Whether the driver may report a device as in use that nobody uses."""
    return (module_version(sysfs) or _MARKS_BADLY_BEFORE) < _MARKS_BADLY_BEFORE


def forgets(sysfs: Path = SYSFS) -> bool:
    """Whether the driver forgets the mappings of readers."""
    return (module_version(sysfs) or _FORGETS_BEFORE) < _FORGETS_BEFORE


class ResetKeeper:
    """A second handle on the device, which keeps such a driver in order.

    The writer's mark: before 0.13 a device is marked as in use at the first `write`, and the mark
    is cleared only when a handle that had started streaming is closed. Without this handle, a
    device could be opened once and never again until the module is reloaded, however the process
    ended.

    The readers' mappings: before 0.14 every program that opens or closes the camera makes the
    driver forget that the others have mapped its buffers, and it refuses them every further
    frame. It remembers as soon as any program maps them again.
    """

    def __init__(self, device: LoopbackDevice) -> None:
        self._handle = os.open(device.node, os.O_RDWR)
        if marks_badly():
            with suppress(OSError):  # refused for lack of a format, but the mark is set
                fcntl.ioctl(self._handle, _STREAMON, _VIDEO_OUTPUT.to_bytes(4, "little"))

    def remind(self) -> None:
        """Restore forgotten mappings. Call this before a picture wakes the readers."""
        with suppress(OSError):
            for offset in list(_forgotten(self._handle)):
                mmap.mmap(self._handle, mmap.PAGESIZE, prot=mmap.PROT_READ, offset=offset).close()

    def close(self) -> None:
        """Clear the mark."""
        os.close(self._handle)


def free_if_stuck(device: LoopbackDevice) -> bool:
    """Free a device that an old driver wrongly reports as in use.

    Only if no frames come out of it, so that no other program is disturbed.
    """
    if not marks_badly() or _frames_come(device):
        return False
    ResetKeeper(device).close()
    return True


def _forgotten(handle: int) -> Iterator[int]:
    """The offsets of the buffers that the driver considers unmapped."""
    for index in range(_MOST_BUFFERS):
        asked = _BUFFER.pack(index, _VIDEO_CAPTURE, 0, 0)
        _, _, flags, offset = _BUFFER.unpack(fcntl.ioctl(handle, _QUERYBUF, asked))
        if index and not offset:
            return  # after the last one it starts over
        if not flags & _MAPPED:
            yield offset


def _frames_come(device: LoopbackDevice) -> bool:
    """Whether a program is writing to the device: read what is there, then wait for more."""
    handle = os.open(device.node, os.O_RDONLY | os.O_NONBLOCK)
    try:
        _drain(handle)
        time.sleep(0.5)
        return _drain(handle) > 0
    finally:
        os.close(handle)


def _drain(handle: int) -> int:
    frames = 0
    try:
        while frames < 64 and os.read(handle, 1 << 24):
            frames += 1
    except OSError:
        pass  # nothing more to read, or nothing written so far
    return frames
