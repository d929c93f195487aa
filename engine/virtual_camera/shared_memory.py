"""Memory for pictures that the application and the publisher both map.

The publisher makes it, for one owner and one size of the camera, and hands it over with its
connection: nobody else can map it, and a former owner keeps memory that nobody reads any more. It
is reserved in full and cannot be made smaller, so that touching it never fails. There is nothing
in it but pixels; what they are is said in messages, which the publisher checks against what it
granted.

Linux: an anonymous file, sealed. macOS: a file that has no name any more. Windows: memory under a
random name. The last two are not yet run.
"""

from __future__ import annotations

import errno
import mmap
import os
import secrets
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from engine.errors import SinkError
from engine.frames import Pixels, Size
from engine.virtual_camera.protocol import LARGEST

if sys.platform == "linux":
    import fcntl

    _SEALS = fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL

FRAME_SLOTS = 4
PLACEHOLDER_SLOT = FRAME_SLOTS
_ALL_SLOTS = FRAME_SLOTS + 1


@dataclass(frozen=True, slots=True)
class MemoryHandle:
    """How to map the memory: an open file, or a name where there is none."""

    file: int | None
    name: str = ""

    def close(self) -> None:
        """Close the file; mappings live on."""
        if self.file is not None:
            os.close(self.file)


class PictureMemory:
    """A mapping of FRAME_SLOTS slots for frames and one for the placeholder, all of one size."""

    def __init__(self, handle: MemoryHandle, size: Size) -> None:
        """Raises OSError or ValueError where the memory is smaller than it must be."""
        self.size = size
        length = memory_bytes(size)
        self._map = _map(handle, length)
        if sys.platform == "linux":
            with suppress(OSError):  # a kernel without core dumps has no such advice
                self._map.madvise(mmap.MADV_DONTDUMP)
        slot_bytes = length // _ALL_SLOTS
        pixels = size.width * size.height * 3
        self._pictures = [
            np.frombuffer(self._map, np.uint8, pixels, slot * slot_bytes).reshape(
                size.height, size.width, 3
            )
            for slot in range(_ALL_SLOTS)
        ]

    def picture(self, slot: int) -> Pixels:
        """A view of one slot, (H, W, 3) RGB."""
        return self._pictures[slot]

    def wipe(self, slot: int) -> None:
        """Leave nothing of the picture in this slot."""
        self._pictures[slot].fill(0)

    def wipe_all(self) -> None:
        """Leave nothing of any picture."""
        for slot in range(_ALL_SLOTS):
            self.wipe(slot)

    def close(self) -> None:
        """Let go: the mapping ends with the last view of it."""
        self._pictures.clear()
        with suppress(BufferError):  # somebody still has a view
            self._map.close()


def memory_bytes(size: Size) -> int:
    """Bytes of the whole memory. Raises ValueError for a size that no camera has."""
    if not (0 < size.width <= LARGEST.width and 0 < size.height <= LARGEST.height):
        raise ValueError(f"a camera picture of {size}")
    pixels = size.width * size.height * 3
    return _ALL_SLOTS * -(-pixels // mmap.ALLOCATIONGRANULARITY) * mmap.ALLOCATIONGRANULARITY


def reserve_memory(size: Size) -> tuple[MemoryHandle, PictureMemory]:
    """Make memory for pictures of this size and map it. Raises SinkError where there is none."""
    try:
        handle = _reserve(memory_bytes(size))
    except OSError as error:
        raise _no_memory(error) from error
    try:
        return handle, PictureMemory(handle, size)
    except OSError as error:
        handle.close()
        raise _no_memory(error) from error


def _no_memory(error: OSError) -> SinkError:
    return SinkError(
        "There is no memory left for the virtual camera: {reason}.",
        "Close other programs; the camera comes back by itself.",
        reason=error.strerror or error,
    )


def _reserve(length: int) -> MemoryHandle:
    if sys.platform == "win32":
        return MemoryHandle(None, f"Local\\live2diff-{secrets.token_hex(16)}")
    if sys.platform == "linux":
        file = os.memfd_create("live2diff-camera", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    else:
        file, path = tempfile.mkstemp()
        os.unlink(path)  # noqa: PTH108 - mkstemp gives a string
    try:
        _fill_up(file, length)
    except BaseException:
        os.close(file)
        raise
    return MemoryHandle(file)


def _fill_up(file: int, length: int) -> None:
    """Give the file its length, with real memory behind all of it. Raises OSError."""
    os.ftruncate(file, length)
    if sys.platform == "linux":
        os.posix_fallocate(file, 0, length)
        fcntl.fcntl(file, fcntl.F_ADD_SEALS, _SEALS)
    elif sys.platform != "win32":
        for start in range(0, length, 1 << 20):
            os.pwrite(file, bytes(min(1 << 20, length - start)), start)


def _map(handle: MemoryHandle, length: int) -> mmap.mmap:
    if sys.platform == "win32":
        return mmap.mmap(-1, length, tagname=handle.name)
    if handle.file is None:
        raise OSError(errno.EBADF, "no open file came with the memory")
    if sys.platform == "linux" and fcntl.fcntl(handle.file, fcntl.F_GET_SEALS) & _SEALS != _SEALS:
        raise OSError(errno.EPERM, "the memory is not sealed")
    return mmap.mmap(handle.file, length)
