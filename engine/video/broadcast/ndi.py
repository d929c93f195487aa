"""NDI: to programs in the local network, by the runtime that the user has installed.

The runtime is not free software, and none of it is part of this program. Structures and functions
are those of its documented C interface, version 5 and later.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from engine.errors import RefusedError
from engine.frames import Pixels, Size
from engine.video.broadcast.target import SOUND_RATE, BroadcastTarget, Samples, lost

_RGBX = int.from_bytes(b"RGBX", "little")
_PROGRESSIVE = 1
_ITS_OWN_CLOCK = 2**63 - 1
_FOLDERS = ("NDI_RUNTIME_DIR_V6", "NDI_RUNTIME_DIR_V5")
"""Variables that the runtime's installer sets."""
_NAMES = {
    "win32": ("Processing.NDI.Lib.x64.dll",),
    "darwin": ("libndi.dylib",),
    "linux": ("libndi.so.6", "libndi.so.5", "libndi.so"),
}


class _Sender(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_char_p),
        ("groups", ctypes.c_char_p),
        ("clock_video", ctypes.c_bool),
        ("clock_audio", ctypes.c_bool),
    )


class _Video(ctypes.Structure):
    _fields_ = (
        ("width", ctypes.c_int),
        ("height", ctypes.c_int),
        ("four_cc", ctypes.c_int),
        ("rate", ctypes.c_int),
        ("rate_divisor", ctypes.c_int),
        ("aspect", ctypes.c_float),
        ("field_order", ctypes.c_int),
        ("timecode", ctypes.c_int64),
        ("data", ctypes.c_void_p),
        ("stride", ctypes.c_int),
        ("metadata", ctypes.c_char_p),
        ("timestamp", ctypes.c_int64),
    )


class _Audio(ctypes.Structure):
    _fields_ = (
        ("rate", ctypes.c_int),
        ("channels", ctypes.c_int),
        ("samples", ctypes.c_int),
        ("timecode", ctypes.c_int64),
        ("data", ctypes.c_void_p),
        ("channel_stride", ctypes.c_int),
        ("metadata", ctypes.c_char_p),
        ("timestamp", ctypes.c_int64),
    )


class NdiConnection:
    """A sender that receivers in the network find by its name."""

    def __init__(self, target: BroadcastTarget, library: Any = None) -> None:
        """library: the runtime; None finds the one that is installed."""
        self._target, self._library = target, library
        self._sender: int | None = None
        self._rate = Fraction(30)

    def open(self, size: Size, fps: float) -> None:  # noqa: ARG002 - every picture says its size
        library = self._library = self._library or _prepared(_installed())
        if not library.NDIlib_initialize():
            raise RefusedError(
                "NDI's runtime does not work on this computer.",
                "Install its present version from ndi.video, or broadcast by RTMP or WHIP.",
            )
        self._rate = Fraction(fps).limit_denominator(1001)
        asked = _Sender(self._target.ndi_name.encode(), None, False, False)
        self._sender = library.NDIlib_send_create(ctypes.byref(asked))
        if not self._sender:
            raise lost("NDI")

    def send(self, pixels: Pixels, seconds: float) -> None:  # noqa: ARG002 - it is sent when it is due
        assert self._sender is not None
        whole = cv2.cvtColor(pixels, cv2.COLOR_RGB2RGBA)
        height, width = whole.shape[:2]
        frame = _Video(
            width, height, _RGBX, self._rate.numerator, self._rate.denominator, width / height,
            _PROGRESSIVE, _ITS_OWN_CLOCK, whole.ctypes.data, 4 * width, None, 0,
        )  # fmt: skip
        self._library.NDIlib_send_send_video_v2(self._sender, ctypes.byref(frame))

    def send_sound(self, samples: Samples) -> None:
        assert self._sender is not None
        if not len(samples):
            return
        sound = np.ascontiguousarray(samples, np.float32)
        frame = _Audio(
            SOUND_RATE, 1, len(sound), _ITS_OWN_CLOCK, sound.ctypes.data, sound.nbytes, None, 0
        )
        self._library.NDIlib_send_send_audio_v2(self._sender, ctypes.byref(frame))

    def close(self) -> None:
        sender, self._sender = self._sender, None
        if sender is not None:
            self._library.NDIlib_send_destroy(sender)


def _installed() -> ctypes.CDLL:
    """The user's own runtime. Raises RefusedError."""
    for place in _places():
        try:
            return ctypes.CDLL(str(place))
        except OSError:
            continue
    raise RefusedError(
        "NDI needs its own runtime, which is not installed.",
        "Install it from ndi.video, or broadcast by RTMP or WHIP.",
    )


def _places() -> Iterator[Path]:
    """Where the installer says that it is, then where the system looks."""
    names = _NAMES.get(sys.platform, ())
    for folder in (os.environ.get(variable) for variable in _FOLDERS):
        if folder and Path(folder).is_absolute():
            yield from (Path(folder, name) for name in names)
    yield from map(Path, names)


def _prepared(library: ctypes.CDLL) -> ctypes.CDLL:
    """The same, with the types of what is called."""
    pointer = ctypes.c_void_p
    library.NDIlib_initialize.restype = ctypes.c_bool
    library.NDIlib_send_create.restype = pointer
    library.NDIlib_send_create.argtypes = [pointer]
    for name in ("NDIlib_send_send_video_v2", "NDIlib_send_send_audio_v2"):
        function = getattr(library, name)
        function.restype, function.argtypes = None, [pointer, pointer]
    library.NDIlib_send_destroy.restype = None
    library.NDIlib_send_destroy.argtypes = [pointer]
    return library
