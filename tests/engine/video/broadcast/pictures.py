"""What the tests of broadcasts share: frames, and how to tell them apart on the other side."""

from __future__ import annotations

import threading
import time
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from engine.frames import Pixels, Size, StyledFrame
from engine.video.broadcast.sink import Broadcast

SIZE = Size(160, 120)
FPS = 20.0
STYLED, PLACEHOLDER = (200, 60, 40), (20, 20, 120)


def plain(colour: tuple[int, int, int]) -> Pixels:
    """A picture of one colour."""
    return np.full((SIZE.height, SIZE.width, 3), colour, np.uint8)


def shows(pixels: Pixels, colour: tuple[int, int, int]) -> bool:
    """Whether this is that picture, as far as a codec leaves it."""
    middle = pixels[40:80, 40:120].reshape(-1, 3).mean(axis=0)
    return bool(np.abs(middle - np.array(colour)).max() <= 12)


def click_starts(sound: NDArray[np.float32], rate: int) -> list[float]:
    """When clicks begin in a sound of one channel; seconds."""
    loud = np.flatnonzero(np.abs(sound) > 0.2) / rate
    return [float(at) for at in loud[np.diff(loud, prepend=-1.0) > 0.1]]


class Stream:
    """A session that hands over styled frames."""

    def __init__(self, sink: Broadcast) -> None:
        self.sink = sink
        self.paused = False
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._send)

    def __enter__(self) -> Stream:
        self.sink.open(SIZE, FPS)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._thread.join()
        self.sink.close()

    def _send(self) -> None:
        number = 0
        while not self._ended.wait(1 / 30):
            if not self.paused:
                number += 1
                self.sink.send(StyledFrame(plain(STYLED), number, time.monotonic()))
