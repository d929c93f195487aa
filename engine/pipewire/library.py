"""libpipewire (MIT), as it is on the user's computer: nothing is built and nothing is bundled.

Only what has been in its stable interface since 0.3.50 is used.
"""

from __future__ import annotations

import ctypes
import os
from functools import cache

from engine.errors import SinkError

_NAME = "libpipewire-0.3.so.0"
_POINTER, _TEXT, _NUMBER = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
_FUNCTIONS: dict[str, tuple[object, list[object]]] = {
    "pw_init": (None, [_POINTER, _POINTER]),
    "pw_get_library_version": (_TEXT, []),
    "pw_properties_new_string": (_POINTER, [_TEXT]),
    "pw_thread_loop_new": (_POINTER, [_TEXT, _POINTER]),
    "pw_thread_loop_start": (_NUMBER, [_POINTER]),
    "pw_thread_loop_stop": (None, [_POINTER]),
    "pw_thread_loop_destroy": (None, [_POINTER]),
    "pw_thread_loop_lock": (None, [_POINTER]),
    "pw_thread_loop_unlock": (None, [_POINTER]),
    "pw_thread_loop_get_loop": (_POINTER, [_POINTER]),
    "pw_context_new": (_POINTER, [_POINTER, _POINTER, ctypes.c_size_t]),
    "pw_context_destroy": (None, [_POINTER]),
    "pw_context_connect": (_POINTER, [_POINTER, _POINTER, ctypes.c_size_t]),
    "pw_core_disconnect": (_NUMBER, [_POINTER]),
    "pw_stream_new": (_POINTER, [_POINTER, _TEXT, _POINTER]),
    "pw_stream_add_listener": (None, [_POINTER, _POINTER, _POINTER, _POINTER]),
    "pw_stream_destroy": (None, [_POINTER]),
    "pw_stream_connect": (
        _NUMBER,
        [_POINTER, _NUMBER, ctypes.c_uint32, _NUMBER, _POINTER, ctypes.c_uint32],
    ),
    "pw_stream_get_state": (_NUMBER, [_POINTER, ctypes.POINTER(_TEXT)]),
    "pw_stream_dequeue_buffer": (_POINTER, [_POINTER]),
    "pw_stream_queue_buffer": (_NUMBER, [_POINTER, _POINTER]),
    "pw_stream_trigger_process": (_NUMBER, [_POINTER]),
}


class Chunk(ctypes.Structure):
    """struct spa_chunk: which part of the memory holds the picture or the samples."""

    _fields_ = [
        ("offset", ctypes.c_uint32),
        ("size", ctypes.c_uint32),
        ("stride", ctypes.c_int32),
        ("flags", ctypes.c_int32),
    ]


class Data(ctypes.Structure):
    """struct spa_data: one block of memory."""

    _fields_ = [
        ("kind", ctypes.c_uint32),
        ("flags", ctypes.c_uint32),
        ("file", ctypes.c_int64),
        ("map_offset", ctypes.c_uint32),
        ("max_size", ctypes.c_uint32),
        ("address", ctypes.c_void_p),
        ("chunk", ctypes.POINTER(Chunk)),
    ]


class Meta(ctypes.Structure):
    """struct spa_meta: what goes with a buffer."""

    _fields_ = [
        ("kind", ctypes.c_uint32),
        ("size", ctypes.c_uint32),
        ("address", ctypes.c_void_p),
    ]


class SpaBuffer(ctypes.Structure):
    """struct spa_buffer."""

    _fields_ = [
        ("meta_count", ctypes.c_uint32),
        ("data_count", ctypes.c_uint32),
        ("metas", ctypes.POINTER(Meta)),
        ("datas", ctypes.POINTER(Data)),
    ]


class StreamBuffer(ctypes.Structure):
    """struct pw_buffer. requested: how much is wanted of a source of sound, 0: as usual."""

    _fields_ = [
        ("buffer", ctypes.POINTER(SpaBuffer)),
        ("user_data", ctypes.c_void_p),
        ("size", ctypes.c_uint64),
        ("requested", ctypes.c_uint64),
    ]


class Listener(ctypes.Structure):
    """struct spa_hook: PipeWire's own notes about a listener."""

    _fields_ = [("reserved", ctypes.c_void_p * 8)]


OnProcess = ctypes.CFUNCTYPE(None, ctypes.c_void_p)
"""Called on PipeWire's thread when a stream has, or wants, data."""


class StreamEvents(ctypes.Structure):
    """struct pw_stream_events; only `process` is listened to."""

    _fields_ = [
        ("version", ctypes.c_uint32),
        ("before", ctypes.c_void_p * 7),
        ("process", OnProcess),
        ("after", ctypes.c_void_p * 3),
    ]


def first_block(pointer: int) -> Data:
    """The memory of a buffer with one block, as all of ours have it."""
    held = ctypes.cast(pointer, ctypes.POINTER(StreamBuffer)).contents.buffer.contents
    block: Data = held.datas[0]
    return block


def requested(pointer: int) -> int:
    """How many samples a buffer of a source of sound should hold; 0 where that is not said."""
    return int(ctypes.cast(pointer, ctypes.POINTER(StreamBuffer)).contents.requested)


class Header(ctypes.Structure):
    """struct spa_meta_header. presented_at: nanoseconds of the monotonic clock."""

    _fields_ = [
        ("flags", ctypes.c_uint32),
        ("offset", ctypes.c_uint32),
        ("presented_at", ctypes.c_int64),
        ("decoding_offset", ctypes.c_int64),
        ("sequence", ctypes.c_uint64),
    ]


def load_pipewire() -> ctypes.CDLL:
    """The library, ready for use. Raises SinkError where the computer does not have it.

    Files of the user's own cannot make it load other code: it reads the system's settings alone.
    """
    try:
        return _load()
    except (OSError, AttributeError) as error:
        raise SinkError(
            "The library of PipeWire is not installed.",
            "Install it, for example: sudo apt install libpipewire-0.3-0",
        ) from error


def library_version() -> str:
    """Such as "1.0.5". Raises SinkError."""
    return str(load_pipewire().pw_get_library_version().decode())


@cache
def _load() -> ctypes.CDLL:
    os.environ["PIPEWIRE_NO_CONFIG"] = "true"
    library = ctypes.CDLL(_NAME)
    for name, (result, arguments) in _FUNCTIONS.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    library.pw_init(None, None)
    return library
