"""PipeWire: the chosen microphone in, "Live2Diff Microphone" out, with a delay line in between."""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Callable

import numpy as np

from engine.microphone.delay_line import DelayLine
from engine.microphone.sound_pipe import RATE, SoundWriter
from engine.paths import APP_NAME
from engine.pipewire.connection import INPUT, OUTPUT, Connection, StreamState
from engine.pipewire.library import Listener, OnProcess, StreamEvents, first_block, requested
from engine.pipewire.pod import build_object, identifier, identifiers, integer

NODE_NAME = "live2diff-microphone"
TITLE = APP_NAME.replace("Camera", "Microphone")

_AUTOCONNECT, _MAP_BUFFERS, _RT_PROCESS = 1, 1 << 2, 1 << 4
_FORMAT, _ENUM_FORMAT_ID = 0x40003, 3
_BYTES = 4
_ROUND = {
    "node.latency": f"512/{RATE}", "node.group": NODE_NAME, "node.link-group": NODE_NAME,
    "audio.channels": "1",
}  # fmt: skip
"""512 samples a turn, and one clock for both streams. One link group, too: otherwise the session
manager moves the input to our own output where the user makes that the default microphone.
"""


class MicrophoneStreams:
    """While it is open, programs can choose the microphone; sound goes through while it is on.

    While it is off, the real microphone is let go of and silence goes out. `aim_for`, `switch` and
    `alive` belong to one thread; the sound passes on PipeWire's own.
    """

    def __init__(self, source: str, delay: float, listener: SoundWriter | None = None) -> None:
        """source: the name of the microphone's node, "" for the usual one. listener: is given what
        is recorded, not yet late. Raises SinkError.
        """
        self._source, self._listener = source, listener
        self._line = DelayLine(RATE, delay)
        self._guard = threading.Lock()
        self._connection = Connection()
        self._input: int | None = None
        self._take = _Events(self._on_recorded)
        self._give = _Events(self._on_wanted)
        try:
            self._output = self._add("output", OUTPUT, 0, self._give, {
                "media.class": "Audio/Source", "node.name": NODE_NAME, "node.description": TITLE,
                "node.nick": TITLE, "media.name": TITLE, "node.virtual": "true",
            })  # fmt: skip
        except BaseException:
            self._connection.close()
            raise

    @property
    def alive(self) -> bool:
        """Whether PipeWire still has the streams."""
        with self._connection.locked():
            streams = [self._output] if self._input is None else [self._output, self._input]
            return all(self._connection.state(s) > StreamState.UNCONNECTED for s in streams)

    def aim_for(self, delay: float) -> None:
        """Be this many seconds late."""
        with self._guard:
            self._line.aim_for(delay)

    def switch(self, on: bool) -> None:
        """Listen to the microphone, or let go of it. Raises SinkError."""
        if on and self._input is None:
            target = {"target.object": self._source} if self._source else {}
            self._input = self._add("input", INPUT, _AUTOCONNECT, self._take, {
                "media.type": "Audio", "media.category": "Capture", "media.role": "Communication",
                "media.class": "Stream/Input/Audio", "node.name": f"{NODE_NAME}.input",
                "node.description": TITLE, "media.name": TITLE, **target,
            })  # fmt: skip
        elif not on and self._input is not None:
            self._connection.remove_stream(self._input)
            self._input = None
            with self._guard:
                self._line.forget()

    def close(self) -> None:
        """End both."""
        self._connection.close()
        self._line.forget()

    def _add(
        self, name: str, direction: int, flags: int, events: _Events, properties: dict[str, str]
    ) -> int:
        with self._connection.locked():
            stream = self._connection.add_stream(f"{TITLE} {name}", properties | _ROUND)
            events.listen(self._connection, stream)
            self._connection.connect_stream(
                stream, direction, flags | _MAP_BUFFERS | _RT_PROCESS, [_mono()]
            )
        return stream

    def _on_recorded(self, stream: int) -> None:
        library = self._connection.library
        while pointer := library.pw_stream_dequeue_buffer(stream):
            data = first_block(pointer)
            chunk = data.chunk.contents
            if data.address and chunk.offset + chunk.size <= data.max_size:
                raw = (ctypes.c_char * chunk.size).from_address(data.address + chunk.offset)
                samples = np.frombuffer(raw, np.float32, chunk.size // _BYTES)
                now = time.monotonic()
                with self._guard:
                    self._line.write(samples, now)
                if self._listener is not None:
                    self._listener.send(samples, now)
            library.pw_stream_queue_buffer(stream, pointer)

    def _on_wanted(self, stream: int) -> None:
        library = self._connection.library
        pointer = library.pw_stream_dequeue_buffer(stream)
        if not pointer:
            return
        data, asked = first_block(pointer), requested(pointer)
        count = min(data.max_size // _BYTES, asked or 512) if data.address else 0
        if count:
            with self._guard:
                samples = self._line.read(count, time.monotonic())
            ctypes.memmove(data.address, samples.ctypes.data, count * _BYTES)
        chunk = data.chunk.contents
        chunk.offset, chunk.stride, chunk.size = 0, _BYTES, count * _BYTES
        library.pw_stream_queue_buffer(stream, pointer)


class _Events:
    """What PipeWire calls when a stream has, or wants, samples. It must outlive the stream."""

    def __init__(self, handle: Callable[[int], None]) -> None:
        self._handle = handle
        self._stream = 0
        self._callback = OnProcess(self._on_process)
        self._events = StreamEvents(version=2, process=self._callback)
        self._hook = Listener()

    def listen(self, connection: Connection, stream: int) -> None:
        self._stream = stream
        self._hook = Listener()
        connection.library.pw_stream_add_listener(
            stream, ctypes.addressof(self._hook), ctypes.addressof(self._events), None
        )

    def _on_process(self, _data: int | None) -> None:
        self._handle(self._stream)


def _mono() -> bytes:
    return build_object(_FORMAT, _ENUM_FORMAT_ID, [
        (0x00001, identifier(1)),  # audio
        (0x00002, identifier(1)),  # raw
        (0x10001, identifier(0x11B)),  # 32-bit floating point, little-endian
        (0x10003, integer(RATE)),
        (0x10004, integer(1)),  # channels
        (0x10005, identifiers([2])),  # mono
    ])  # fmt: skip
