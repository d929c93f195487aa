"""Linux: the camera as a node of PipeWire, which needs no kernel module and no root.

Programs that ask the desktop's camera portal, Flatpak ones among them, see this one.
"""

from __future__ import annotations

import ctypes
import time
from fractions import Fraction

from engine.errors import SinkError
from engine.frames import Pixels, Size
from engine.pipewire.connection import OUTPUT, Connection, StreamState
from engine.pipewire.library import Header, StreamBuffer
from engine.pipewire.pod import (
    build_object,
    fraction,
    identifier,
    integer,
    integer_range,
    rectangle,
)
from engine.virtual_camera.pixel_formats import Prepared, blank_yuyv, to_yuyv
from engine.virtual_camera.protocol import CAMERA_NAME, NODE_NAME, CameraKind

_DRIVER, _MAP_BUFFERS = 1 << 3, 1 << 2
_FORMAT, _BUFFERS, _META = 0x40003, 0x40004, 0x40005
_ENUM_FORMAT_ID, _BUFFERS_ID, _META_ID = 3, 5, 6
_HEADER = 1

_PROPERTIES = {
    "media.class": "Video/Source",
    "media.role": "Camera",
    "media.type": "Video",
    "media.category": "Capture",
    "media.name": CAMERA_NAME,
    "node.name": NODE_NAME,
    "node.nick": CAMERA_NAME,
    "node.description": CAMERA_NAME,
    "application.name": CAMERA_NAME,
}


class PipeWireCamera:
    """One size, one rate and YUYV, as a webcam has it: nobody's coming changes it for others."""

    kinds = frozenset({CameraKind.PIPEWIRE})

    def __init__(self, size: Size, fps: float) -> None:
        """Raises SinkError where PipeWire cannot be reached."""
        self.name, self.node = CAMERA_NAME, ""
        self.size, self.fps = size, fps
        self._sequence = 0
        self._connection = Connection()
        try:
            with self._connection.locked():
                self._stream = self._connection.add_stream(CAMERA_NAME, _PROPERTIES)
                self._connection.connect_stream(
                    self._stream, OUTPUT, _DRIVER | _MAP_BUFFERS, _parameters(size, fps)
                )
        except SinkError:
            self._connection.close()
            raise

    def blank(self) -> Prepared:
        return blank_yuyv(self.size)

    def prepare(self, pixels: Pixels, out: Prepared) -> None:
        to_yuyv(pixels, out)

    def send(self, picture: Prepared, frame: int) -> None:  # noqa: ARG002 - only for measuring
        with self._connection.locked():
            state = self._connection.state(self._stream)
            if state in (StreamState.ERROR, StreamState.UNCONNECTED):
                raise SinkError(
                    "PipeWire has ended.", "The camera comes back by itself when PipeWire does."
                )
            if state is StreamState.STREAMING:
                self._send(picture)

    def watched(self) -> bool | None:
        with self._connection.locked():
            return self._connection.state(self._stream) is StreamState.STREAMING

    def close(self) -> None:
        self._connection.close()

    def _send(self, picture: Prepared) -> None:
        library = self._connection.library
        pointer = library.pw_stream_dequeue_buffer(self._stream)
        if not pointer:
            return  # the readers still hold every buffer: they get the next picture
        held = ctypes.cast(pointer, ctypes.POINTER(StreamBuffer)).contents.buffer.contents
        data = held.datas[0]
        chunk = data.chunk.contents
        fits = bool(data.address) and data.max_size >= picture.nbytes
        if fits:
            ctypes.memmove(data.address, picture.ctypes.data, picture.nbytes)
        chunk.offset, chunk.stride = 0, 2 * self.size.width
        chunk.size = picture.nbytes if fits else 0
        self._sequence += 1
        for meta in held.metas[: held.meta_count]:
            if meta.kind == _HEADER and meta.size >= ctypes.sizeof(Header):
                header = ctypes.cast(meta.address, ctypes.POINTER(Header)).contents
                header.flags, header.presented_at = 0, time.monotonic_ns()
                header.decoding_offset, header.sequence = 0, self._sequence
        library.pw_stream_queue_buffer(self._stream, pointer)
        library.pw_stream_trigger_process(self._stream)


def _parameters(size: Size, fps: float) -> list[bytes]:
    """The one format, the buffers for it, and a header with the time.

    The colours are described as well: readers otherwise guess BT.709 for larger pictures.
    """
    rate = Fraction(fps).limit_denominator(1001)
    picture = build_object(_FORMAT, _ENUM_FORMAT_ID, [
        (0x00001, identifier(2)),  # video
        (0x00002, identifier(1)),  # raw
        (0x20001, identifier(4)),  # YUY2
        (0x20003, rectangle(size)),
        (0x20004, fraction(rate.numerator, rate.denominator)),
        (0x2000C, identifier(2)),  # limited range
        (0x2000D, identifier(4)),  # matrix: BT.601
        (0x2000E, identifier(5)),  # transfer: BT.709, the same as that of BT.601
        (0x2000F, identifier(1)),  # primaries: BT.709
    ])  # fmt: skip
    buffers = build_object(_BUFFERS, _BUFFERS_ID, [
        (1, integer_range(4, 2, 8)),
        (2, integer(1)),  # blocks
        (3, integer(2 * size.width * size.height)),
        (4, integer(2 * size.width)),
    ])  # fmt: skip
    header = build_object(_META, _META_ID, [
        (1, identifier(_HEADER)), (2, integer(ctypes.sizeof(Header))),
    ])  # fmt: skip
    return [picture, buffers, header]
