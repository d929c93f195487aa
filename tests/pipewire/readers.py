"""A program that reads the camera and is not ours: GStreamer's pipewiresrc."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from typing import Any

import numpy as np

from engine.frames import Pixels, Size
from engine.pipewire.dump import read_dump
from tests.virtual_camera.picture import is_raw, is_styled

NODE = "live2diff-camera"


def nodes(name: str = NODE) -> list[dict[str, Any]]:
    """The nodes of this name as `pw-dump` lists them."""
    done = subprocess.run(["pw-dump"], capture_output=True, timeout=30, check=True)
    return [
        entry for entry in read_dump(done.stdout) if _properties(entry).get("node.name") == name
    ]


def node_id(name: str) -> int:
    """The number of the node of this name, 0 where there is none."""
    found = nodes(name)
    return int(found[0]["id"]) if found else 0


def _properties(found: dict[str, Any]) -> dict[str, Any]:
    return dict((found.get("info") or {}).get("props") or {})


class GStreamerReader:
    """Reads until it is closed, and judges every frame."""

    def __init__(self, size: Size) -> None:
        (node,) = nodes()
        self.size = size
        self.frames = self.raw = self.styled = 0
        self.last: Pixels | None = None
        self.numbers: list[int] = []
        self._process = subprocess.Popen(
            ["gst-launch-1.0", "-q", "pipewiresrc", f"path={node['id']}", "!", "videoconvert", "!",
             f"video/x-raw,format=RGB,width={size.width},height={size.height}", "!",
             "fdsink", "fd=1", "sync=false"],
            stdout=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    @property
    def ended(self) -> bool:
        """Whether it lost the camera."""
        return self._process.poll() is not None

    def stop(self, on: bool) -> None:
        """Have it hang, or go on."""
        os.killpg(self._process.pid, signal.SIGSTOP if on else signal.SIGCONT)

    def close(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()
        self._thread.join(10)
        assert self._process.stdout is not None
        self._process.stdout.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        length = self.size.width * self.size.height * 3
        while len(data := self._process.stdout.read(length)) == length:
            pixels = np.frombuffer(data, np.uint8).reshape(self.size.height, self.size.width, 3)
            self.note(pixels)

    def note(self, pixels: Pixels) -> None:
        """Judge a frame, on the thread that reads."""
        self.raw += is_raw(pixels)
        self.styled += is_styled(pixels)
        self.last = pixels
        self.frames += 1
