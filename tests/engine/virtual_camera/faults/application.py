"""An application for the fault tests, in a process of its own: it does what lines on stdin say.

application.py FOLDER
    Words: styled, original, stop, panic, release, close, and quit. Each is answered by a line.

Frames are of one grey each: STYLED_GREY, or RAW_GREY for what the camera would show untouched.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from engine.errors import SinkError
from engine.frames import Size, StyledFrame
from engine.virtual_camera.client import PublisherClient
from engine.virtual_camera.protocol import CameraSettings

SIZE = Size(96, 64)
FPS = 60
STYLED_GREY, RAW_GREY = 123, 250


def camera_settings(folder: Path) -> CameraSettings:
    """A stand-in camera next to the runtime folder."""
    return CameraSettings(SIZE, fps=FPS, device=f"stand-in:{folder.parent / 'camera'}")


def frame(grey: int, number: int = 1) -> StyledFrame:
    """A picture of one grey."""
    pixels = np.full((SIZE.height, SIZE.width, 3), grey, np.uint8)
    return StyledFrame(pixels, number, 0.0, original=grey == RAW_GREY)


class Application:
    """Sends frames of the chosen grey until another is requested."""

    def __init__(self, folder: Path) -> None:
        self.client = PublisherClient(camera_settings(folder), folder=folder)
        self._sink = self.client.sink()
        self._grey = 0
        self._guard = threading.Lock()

    def show(self, grey: int) -> None:
        """As a session does it: nothing of what was sent before may be seen any more."""
        with self._guard:
            self._sink.close()
            self._grey = grey
            if grey:
                self._sink.open(SIZE, FPS)

    def send_frames(self) -> None:
        """Some 50 a second."""
        number = 0
        while True:
            with self._guard:
                if self._grey:
                    number += 1
                    self._sink.send(frame(self._grey, number))
            time.sleep(0.02)


def main() -> None:
    application = Application(Path(sys.argv[1]))
    client = application.client
    words: dict[str, Callable[[], None]] = {
        "styled": lambda: application.show(STYLED_GREY),
        "original": lambda: application.show(RAW_GREY),
        "stop": lambda: application.show(0),
        "panic": lambda: client.panic(on=True),
        "release": lambda: client.panic(on=False),
        "close": client.close,
    }
    try:
        client.start()
        sys.stdout.write("started\n")
    except SinkError as error:
        sys.stdout.write(f"refused: {error.message}\n")
    sys.stdout.flush()
    threading.Thread(target=application.send_frames, daemon=True).start()
    for line in sys.stdin:
        if line.strip() == "quit":
            break
        words[line.strip()]()
        status = client.status()
        sys.stdout.write(f"{status.state.value} {status.on_air.name} {status.panic_reached}\n")
        sys.stdout.flush()
    client.close()


if __name__ == "__main__":
    main()
