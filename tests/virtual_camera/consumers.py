"""Programs that read the virtual camera, each in a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import IO, Any

import cv2
import numpy as np

from engine.frames import Pixels, Size

HERE = Path(__file__).parent

PATIENCE = float(os.environ.get("PATIENCE", "1"))
"""How many times longer than promised things may take, on a machine that is slow or busy."""


@dataclass
class Seen:
    """What one consumer read. sizes: all it met; longest_gap: seconds between two frames.

    failures: reads that gave nothing and were tried again; an old driver (0.12) fails one now and
    then when another program opens the device. first_at: `time.monotonic()` of the first frame.
    error: why the camera could not be opened. looks: how many different pictures (Chromium only).
    """

    frames: int = 0
    raw: int = 0
    styled: int = 0
    sizes: list[str] = field(default_factory=list)
    longest_gap: float = 0.0
    ended: bool = False
    failures: int = 0
    first_at: float = 0.0
    error: str = ""
    looks: int = 0


_SEEN = {one.name for one in fields(Seen)}


class Reader:
    """A consumer that keeps reading until it is asked to stop, and then reports what it saw.

    last: the newest answer. figures: the same and whatever else this kind of reader tells.
    """

    def __init__(self, kind: str, log: Path, *arguments: str) -> None:
        self._log: IO[str] = log.open("w")
        self.kind = kind
        script = str(HERE / f"read_{kind}.py")
        self._process = subprocess.Popen(
            [sys.executable, script, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=self._log, text=True, cwd=HERE.parents[1], start_new_session=True,
        )  # fmt: skip
        self.last: Seen = Seen()
        self.figures: dict[str, Any] = {}

    def poll(self) -> Seen:
        """What it has seen so far. Raises RuntimeError where it has died."""
        return self._ask("\n")

    def stop(self) -> Seen:
        """What it has seen in the end."""
        seen = self._ask("stop\n")
        self.kill()
        return seen

    def kill(self) -> None:
        """End it in whatever state, and the browser that it may have started."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._log.close()

    def _ask(self, text: str) -> Seen:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(text)
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            raise RuntimeError(f"the reader has ended; see {self._log.name}")
        self.figures = json.loads(line)
        self.last = Seen(**{key: self.figures[key] for key in _SEEN if key in self.figures})
        return self.last

    def waits_for(self, frames: int, seconds: float) -> None:
        """Wait until it has read that many frames in all. Raises TimeoutError."""
        try:
            wait_for(lambda: self.poll().frames >= frames, seconds, f"{self.kind}: {frames} frames")
        except TimeoutError as error:
            raise TimeoutError(f"{error}: {self.last}") from None

    def reads_on(self, more: int, seconds: float = 120) -> Seen:
        """Wait until it has read that many more frames. Raises TimeoutError."""
        self.waits_for(self.poll().frames + more, seconds)
        return self.last


def wait_for(ready: Callable[[], bool], seconds: float, what: str) -> float:
    """Wait until it is so; returns the seconds it took. Raises TimeoutError."""
    began = time.monotonic()
    while not ready():
        if time.monotonic() - began > seconds * PATIENCE:
            raise TimeoutError(f"{what} did not happen within {seconds:g} s")
        time.sleep(0.2)
    return time.monotonic() - began


def decode_yuyv(raw: bytes, size: Size) -> list[Pixels]:
    """The RGB frames of a file of YUYV frames."""
    frames = np.frombuffer(raw, np.uint8).reshape(-1, size.height, size.width, 2)
    return [np.asarray(cv2.cvtColor(f, cv2.COLOR_YUV2RGB_YUY2), np.uint8) for f in frames]
