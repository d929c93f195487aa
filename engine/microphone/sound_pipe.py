"""The microphone's sound on its way from its process to the application, for a broadcast.

Records of one length go through a pipe, which the system writes whole or not at all: whoever ends
half-way leaves nothing half-written, and where nobody reads, nothing waits.
"""

from __future__ import annotations

import os
import select
import struct
import sys
import threading
import time
from contextlib import suppress

import numpy as np

from engine.concurrency.worker import Worker
from engine.microphone.delay_line import DelayLine, Samples

RATE = 48_000

_HEAD = struct.Struct("<dQ")
"""When the last sample was recorded, in `time.monotonic()` seconds, and how many there are."""
_MOST = 960
_BYTES = 4
_RECORD = _HEAD.size + _MOST * _BYTES
"""Less than Linux's PIPE_BUF, 4096: a longer one might be torn."""
_OLD_S = 0.5
_LOOKS_EVERY_S = 0.2
_LEAST_DELAY_S = 0.06
"""Sound is on its way for a while, too: less cannot be had without gaps."""


class SoundWriter:
    """The process's end; any thread."""

    def __init__(self, file: int) -> None:
        """file: the pipe's descriptor, which must not block."""
        self._file = file

    def send(self, samples: Samples, now: float) -> None:
        """Pass on samples (N,) of which the last was recorded at `now`. Never waits."""
        for first in range(0, len(samples), _MOST):
            part = samples[first : first + _MOST]
            at = now - (len(samples) - first - len(part)) / RATE
            body = part.astype("<f4").tobytes().ljust(_MOST * _BYTES, b"\0")
            with suppress(OSError):  # nobody reads now, or the application has ended
                os.write(self._file, _HEAD.pack(at, len(part)) + body)


class HeardSound:
    """The application's end: the sound as late as it was last asked to be, for one who reads it to
    the clock. `open`, `read` and `close` belong to one thread; `follow` is for any.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._line = DelayLine(RATE, 0.0)
        self._on = False
        self._pipe: tuple[int, int] | None = None
        self._worker: Worker | None = None

    def writing_end(self) -> int:
        """What a process has to inherit to write; it must not be closed."""
        if self._pipe is None:
            self._pipe = os.pipe()
            os.set_blocking(self._pipe[1], False)
        return self._pipe[1]

    def follow(self, delay: float, *, on: bool) -> None:
        """Be so many seconds late; while it is off, there is silence, and nothing is kept."""
        with self._guard:
            self._line.aim_for(max(delay, _LEAST_DELAY_S))
            self._on = on
            if not on:
                self._line.forget()

    def open(self) -> None:
        """Begin to listen; there is nothing to listen to but on Linux."""
        if sys.platform == "win32":
            return
        self.writing_end()
        self._worker = Worker("microphone sound", self._listen)
        self._worker.start()

    def read(self, count: int, now: float) -> Samples:
        """The next samples (count,), -1..1, the last of which is heard at `now`; silence where
        there are none.
        """
        with self._guard:
            return self._line.read(count, now)

    def close(self) -> None:
        """Listen no longer."""
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.stop()
            worker.join()
        with self._guard:
            self._line.forget()

    def _listen(self, stopping: threading.Event) -> None:
        assert self._pipe is not None
        source = self._pipe[0]
        while not stopping.is_set():
            if select.select([source], [], [], _LOOKS_EVERY_S)[0]:
                self._take(os.read(source, _RECORD))

    def _take(self, record: bytes) -> None:
        at, count = _HEAD.unpack_from(record)
        if not self._on or time.monotonic() - at > _OLD_S:
            return  # written before anybody listened
        samples = np.frombuffer(record, "<f4", count, _HEAD.size)
        with self._guard:
            if self._on:
                self._line.write(samples, at)
