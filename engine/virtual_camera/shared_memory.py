"""The memory that the application and the publisher share: frames one way, a status back.

The newest frame wins and nobody waits. A frame is written to a slot that is not the newest
one; its number is cleared first and set last, so that the reader can tell a slot that was
overwritten under its hands (it then keeps the picture it has). Every other field is a single
aligned word with one writer. Clocks are never compared across the two processes: both sides
see that a counter moves and stamp that with their own clock. `handed_over` alone is a time, and
serves measuring only.

The memory is a file that both map, in a folder that is the user's alone. It is never made
smaller or replaced, so a mapping outlives the restart of either side.
"""

from __future__ import annotations

import ctypes
import mmap
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.frames import Pixels, Size
from engine.virtual_camera.protocol import LARGEST

SLOTS = 4
_LAYOUT = 2
_PICTURE_BYTES = LARGEST.width * LARGEST.height * 3
_PAGE = 4096


class ControlBlock(ctypes.Structure):
    """The words on the first page. The application writes the first group, the publisher the rest.

    beat: moves while the application lives. session: which stream is live, 0 for none.
    newest: number of the newest frame. panic: 1 while the placeholder is forced. wish: moves when
    another size or rate is wanted.
    publisher_beat: moves while the publisher lives. watched: 1, 0, or -1 where not known.
    report: moves when the texts have changed. message, remedy, values: an error's templates, and
    what belongs into them as JSON.
    """

    heartbeat: int
    session: int
    newest: int
    panic: int
    requested_width: int
    requested_height: int
    requested_fps: float
    request_number: int
    publisher_heartbeat: int
    width: int
    height: int
    on_air: int
    watched: int
    sending: int
    report: int
    camera_name: bytes
    message: bytes
    remedy: bytes
    values: bytes

    _fields_ = [
        ("heartbeat", ctypes.c_uint64),
        ("session", ctypes.c_uint64),
        ("newest", ctypes.c_uint64),
        ("panic", ctypes.c_uint64),
        ("requested_width", ctypes.c_uint64),
        ("requested_height", ctypes.c_uint64),
        ("requested_fps", ctypes.c_double),
        ("request_number", ctypes.c_uint64),
        ("publisher_heartbeat", ctypes.c_uint64),
        ("width", ctypes.c_uint64),
        ("height", ctypes.c_uint64),
        ("on_air", ctypes.c_uint64),
        ("watched", ctypes.c_int64),
        ("sending", ctypes.c_uint64),
        ("report", ctypes.c_uint64),
        ("camera_name", ctypes.c_char * 128),
        ("message", ctypes.c_char * 512),
        ("remedy", ctypes.c_char * 1024),
        ("values", ctypes.c_char * 1024),
    ]


class _SlotWords(ctypes.Structure):
    """What is known of the picture in one slot; number 0 means that it is being written."""

    number: int
    session: int
    original: int
    width: int
    height: int
    frame: int
    handed_over: float

    _fields_ = [
        ("number", ctypes.c_uint64),
        ("session", ctypes.c_uint64),
        ("original", ctypes.c_uint64),
        ("width", ctypes.c_uint64),
        ("height", ctypes.c_uint64),
        ("frame", ctypes.c_uint64),
        ("handed_over", ctypes.c_double),
    ]


@dataclass(frozen=True, slots=True)
class FrameHeader:
    """What goes with a picture. handed_over: `time.monotonic()` seconds of the application."""

    session: int
    original: bool = False
    frame: int = 0
    handed_over: float = 0.0


class SharedFrameBuffer:
    """One mapping of the shared memory. Frames have one writer thread and one reader thread."""

    def __init__(self, folder: Path) -> None:
        self._map = _map_file(folder / f"frames-{_LAYOUT}", _PAGE + (SLOTS + 1) * _SLOT_BYTES)
        self.signals = ControlBlock.from_buffer(self._map)
        self._words = [_SlotWords.from_buffer(self._map, _slot_start(i)) for i in range(SLOTS + 1)]
        self._pictures = [
            np.frombuffer(self._map, np.uint8, _PICTURE_BYTES, _slot_start(i) + _PAGE)
            for i in range(SLOTS + 1)
        ]

    @property
    def size(self) -> Size:
        """The camera's size; 0x0 before the publisher has said it."""
        return Size(self.signals.width, self.signals.height)

    def write(self, label: FrameHeader, size: Size, paint: Callable[[Pixels], None]) -> None:
        """Let `paint` fill a picture of this size, then make it the newest."""
        number = self.signals.newest + 1
        self._fill(number % SLOTS, number, label, size, paint)
        self.signals.newest = number

    def read(self, number: int, take: Callable[[Pixels], None]) -> FrameHeader | None:
        """Show `take` the frame of this number; None where it is not whole any more.

        What `take` made of it must then be thrown away.
        """
        return self._copy_newest(number % SLOTS, number, take)

    def write_placeholder(self, number: int, size: Size, paint: Callable[[Pixels], None]) -> None:
        """Put a picture where the placeholder lies. number: moves with every new one, from 1."""
        self._fill(SLOTS, number, FrameHeader(session=0), size, paint)

    def drop_placeholder(self) -> None:
        """Let the publisher's own placeholder stand again."""
        self._words[SLOTS].number = 0

    @property
    def placeholder_number(self) -> int:
        """Moves when there is a new placeholder; 0 while there is none."""
        return self._words[SLOTS].number

    def read_placeholder(self, take: Callable[[Pixels], None]) -> bool:
        """Show `take` the placeholder; false where there is none or it has just been changed."""
        number = self.placeholder_number
        return bool(number) and self._copy_newest(SLOTS, number, take) is not None

    def close(self) -> None:
        """Let go: the mapping ends with the last view of it. The file stays for the other side."""
        del self.signals, self._words, self._pictures, self._map

    def _fill(
        self,
        slot: int,
        number: int,
        label: FrameHeader,
        size: Size,
        paint: Callable[[Pixels], None],
    ) -> None:
        words = self._words[slot]
        words.number = 0
        paint(self._picture(slot, size))
        words.session, words.original = label.session, int(label.original)
        words.width, words.height = size.width, size.height
        words.frame, words.handed_over = label.frame, label.handed_over
        words.number = number

    def _copy_newest(
        self, slot: int, number: int, take: Callable[[Pixels], None]
    ) -> FrameHeader | None:
        words = self._words[slot]
        size = Size(words.width, words.height)
        label = FrameHeader(words.session, bool(words.original), words.frame, words.handed_over)
        if words.number != number or size.width * size.height * 3 > _PICTURE_BYTES:
            return None
        take(self._picture(slot, size))
        return label if words.number == number else None

    def _picture(self, slot: int, size: Size) -> Pixels:
        flat = self._pictures[slot][: size.width * size.height * 3]
        return flat.reshape(size.height, size.width, 3)


_SLOT_BYTES = _PAGE + -(-_PICTURE_BYTES // _PAGE) * _PAGE


def _slot_start(slot: int) -> int:
    return _PAGE + slot * _SLOT_BYTES


def _map_file(path: Path, length: int) -> mmap.mmap:
    """Map the file, made first if need be. Untouched pages take no memory."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if os.fstat(handle).st_size < length:
            os.ftruncate(handle, length)
        return mmap.mmap(handle, length)
    finally:
        os.close(handle)
