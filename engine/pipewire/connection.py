"""A connection to the user's PipeWire, and the thread of the library's that serves it."""

from __future__ import annotations

import ctypes
import os
import socket
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import Any

from engine.errors import SinkError
from engine.pipewire.library import load_pipewire

OUTPUT, INPUT = 1, 0
ANY_NODE = 0xFFFFFFFF


class StreamState(IntEnum):
    """enum pw_stream_state. STREAMING: somebody reads, or is read."""

    ERROR = -1
    UNCONNECTED = 0
    CONNECTING = 1
    PAUSED = 2
    STREAMING = 3


def socket_path() -> Path | None:
    """Where PipeWire listens; None where that cannot be known."""
    remote = os.environ.get("PIPEWIRE_REMOTE") or "pipewire-0"
    folder = os.environ.get("PIPEWIRE_RUNTIME_DIR") or os.environ.get("XDG_RUNTIME_DIR")
    if Path(remote).is_absolute():
        return Path(remote)
    return Path(folder, remote) if folder else None


def answers() -> bool:
    """Whether PipeWire accepts connections; nothing is said to it."""
    path = socket_path()
    if path is None:
        return False
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(1.0)
        try:
            probe.connect(str(path))
        except OSError:
            return False
        return True


class Connection:
    """Streams are made and used under `locked`, since the library's thread uses them, too."""

    def __init__(self) -> None:
        """Raises SinkError where PipeWire cannot be reached."""
        self.library = load_pipewire()
        if not answers():  # the library would wait for a daemon that only listens
            raise _not_running()
        self._streams: list[int] = []
        self._core: int | None = None
        self._context: int | None = None
        self._loop = self.library.pw_thread_loop_new(b"pipewire", None)
        if not self._loop:
            raise _not_running()
        try:
            self._connect()
        except SinkError:
            self.close()
            raise

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep the library's thread out."""
        self.library.pw_thread_loop_lock(self._loop)
        try:
            yield
        finally:
            self.library.pw_thread_loop_unlock(self._loop)

    def add_stream(self, name: str, properties: Mapping[str, str]) -> int:
        """Make a stream, not connected yet. Call it under `locked`. Raises SinkError."""
        stream = self.library.pw_stream_new(self._core, name.encode(), self._properties(properties))
        if not stream:
            raise _not_running()
        self._streams.append(stream)
        return int(stream)

    def connect_stream(
        self, stream: int, direction: int, flags: int, parameters: Sequence[bytes]
    ) -> None:
        """Announce the stream with the formats that it takes. Call it under `locked`.

        Raises SinkError.
        """
        texts = [ctypes.create_string_buffer(parameter, len(parameter)) for parameter in parameters]
        pointers = (ctypes.c_void_p * len(texts))(*(ctypes.addressof(text) for text in texts))
        done = self.library.pw_stream_connect(
            stream, direction, ANY_NODE, flags, pointers, len(texts)
        )
        if done < 0:
            raise SinkError(
                "PipeWire refuses the stream: {reason}.",
                "Restart it: systemctl --user restart pipewire wireplumber",
                reason=os.strerror(-done),
            )

    def remove_stream(self, stream: int) -> None:
        """End a stream; no callback of it runs any more."""
        with self.locked():
            self.library.pw_stream_destroy(stream)
            self._streams.remove(stream)

    def state(self, stream: int) -> StreamState:
        """How the stream fares. Call it under `locked`."""
        return StreamState(self.library.pw_stream_get_state(stream, None))

    def close(self) -> None:
        """End the streams and the connection."""
        self.library.pw_thread_loop_stop(self._loop)
        for stream in self._streams:
            self.library.pw_stream_destroy(stream)
        self._streams.clear()
        if self._core is not None:
            self.library.pw_core_disconnect(self._core)
        if self._context is not None:
            self.library.pw_context_destroy(self._context)
        self.library.pw_thread_loop_destroy(self._loop)

    def _connect(self) -> None:
        library: Any = self.library
        loop = library.pw_thread_loop_get_loop(self._loop)
        self._context = library.pw_context_new(loop, None, 0)
        if self._context is None or library.pw_thread_loop_start(self._loop) < 0:
            raise _not_running()
        with self.locked():
            self._core = library.pw_context_connect(self._context, None, 0)
        if self._core is None:
            raise _not_running()

    def _properties(self, properties: Mapping[str, str]) -> int | None:
        """PipeWire's own notation; it belongs to the stream from then on."""
        text = " ".join(f'{key} = "{_escaped(value)}"' for key, value in properties.items())
        made: int | None = self.library.pw_properties_new_string(text.encode())
        return made


def _not_running() -> SinkError:
    return SinkError(
        "PipeWire is not running for this user.",
        "Start it: systemctl --user start pipewire wireplumber",
    )


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"')
