"""Memory for pictures: reserved, sealed, wiped."""

from __future__ import annotations

import errno
import mmap
import os
import sys
from collections.abc import Iterator

import numpy as np
import psutil
import pytest

from engine.errors import SinkError
from engine.frames import Size
from engine.virtual_camera.shared_memory import (
    FRAME_SLOTS,
    MemoryHandle,
    PictureMemory,
    memory_bytes,
    reserve_memory,
)

SIZE = Size(64, 48)


@pytest.fixture
def handle() -> Iterator[MemoryHandle]:
    handle, _ = reserve_memory(SIZE)
    yield handle
    handle.close()


def test_both_mappings_show_the_same_pictures(handle: MemoryHandle) -> None:
    one, other = PictureMemory(handle, SIZE), PictureMemory(handle, SIZE)
    for slot in range(FRAME_SLOTS + 1):
        one.picture(slot).fill(slot + 1)
    shown = [np.unique(other.picture(slot)).tolist() for slot in range(FRAME_SLOTS + 1)]
    assert shown == [[1], [2], [3], [4], [5]]


def test_wiping_leaves_nothing(handle: MemoryHandle) -> None:
    memory = PictureMemory(handle, SIZE)
    for slot in range(FRAME_SLOTS + 1):
        memory.picture(slot).fill(200)
    memory.wipe_all()
    memory.close()
    assert handle.file is not None
    assert not np.frombuffer(os.pread(handle.file, memory_bytes(SIZE), 0), np.uint8).any()


@pytest.mark.skipif(sys.platform != "linux", reason="seals are Linux's")
@pytest.mark.parametrize("length", [0, 1 << 30])
def test_neither_side_can_make_it_smaller_or_larger(handle: MemoryHandle, length: int) -> None:
    assert handle.file is not None
    with pytest.raises(PermissionError):
        os.ftruncate(handle.file, length)


@pytest.mark.skipif(sys.platform != "linux", reason="seals are Linux's")
def test_memory_that_is_not_sealed_is_refused() -> None:
    file = os.memfd_create("unsealed")
    os.ftruncate(file, memory_bytes(SIZE))
    with pytest.raises(OSError, match=r"not sealed|Invalid argument"):
        PictureMemory(MemoryHandle(file), SIZE)
    os.close(file)


def test_memory_smaller_than_the_pictures_is_refused(handle: MemoryHandle) -> None:
    with pytest.raises(ValueError, match="mmap length is greater"):
        PictureMemory(handle, Size(640, 480))


def test_all_of_it_is_reserved_before_it_is_used(handle: MemoryHandle) -> None:
    assert handle.file is not None
    assert os.fstat(handle.file).st_blocks * 512 >= memory_bytes(SIZE)
    assert memory_bytes(SIZE) % mmap.ALLOCATIONGRANULARITY == 0


@pytest.mark.skipif(sys.platform != "linux", reason="names what Linux does")
def test_too_little_memory_is_an_error_with_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "posix_fallocate", full)
    files = psutil.Process().num_fds()
    with pytest.raises(SinkError, match=r"no memory left.*No space left"):
        reserve_memory(SIZE)
    assert psutil.Process().num_fds() == files


@pytest.mark.parametrize("size", [Size(0, 48), Size(64, 0), Size(4000, 48), Size(64, 4000)])
def test_a_size_that_no_camera_has_is_refused(size: Size) -> None:
    with pytest.raises(ValueError, match="camera picture"):
        memory_bytes(size)
