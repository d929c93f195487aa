"""Linux: what a video device can do, as its driver says (VIDIOC_QUERYCAP, <linux/videodev2.h>)."""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass
from pathlib import Path

_QUERY = 0x80685600
_ANSWER = struct.Struct("=16s32s32sIII12x")
_CAPTURE, _OUTPUT, _CAPTURE_MULTIPLANAR = 0x0000_0001, 0x0000_0002, 0x0000_1000
_HAS_DEVICE_CAPABILITIES = 0x8000_0000


@dataclass(frozen=True, slots=True)
class Capabilities:
    """captures: it gives pictures. outputs: it takes them."""

    captures: bool
    outputs: bool


def query_capabilities(device: Path) -> Capabilities:
    """Ask a device. Raises OSError where it cannot be opened or is not a video device."""
    import fcntl  # noqa: PLC0415 - does not exist on Windows

    handle = os.open(device, os.O_RDWR | os.O_NONBLOCK)
    try:
        answer = fcntl.ioctl(handle, _QUERY, bytes(_ANSWER.size))
    finally:
        os.close(handle)
    *_, whole, node = _ANSWER.unpack(answer)
    bits = node if whole & _HAS_DEVICE_CAPABILITIES else whole
    return Capabilities(bool(bits & (_CAPTURE | _CAPTURE_MULTIPLANAR)), bool(bits & _OUTPUT))
