"""The frames that a peer brings, as a source of the session's."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Sequence
from dataclasses import dataclass

from av.video.frame import VideoFrame

from engine.errors import EngineError
from engine.frames import Frame, Size
from engine.remote.rtc import to_pixels
from engine.server.settings import MOST_WAITING

USUAL_FPS = 30.0
"""A peer does not say its rate."""

MOST_REMEMBERED = 512


@dataclass(frozen=True, slots=True)
class Arrival:
    """A decoded frame. rtp_time: as in its packets. at: `time.monotonic()` seconds."""

    picture: VideoFrame
    rtp_time: int
    at: float


class FrameFeed:
    """Live, the newest frame wins; paced, all of them stay in order.

    `put`, `finish` and `close` may be called on any thread.
    """

    name = "WebRTC"
    frames: int | None = None
    fps = USUAL_FPS

    def __init__(self, size: Size, *, paced: bool) -> None:
        self.size = size
        self.live = not paced
        self._changed = threading.Condition()
        self._waiting: deque[Arrival] = deque()
        self._most = MOST_WAITING if paced else 1
        self._finished = False
        self._number = 0
        self._times: OrderedDict[int, tuple[int, float]] = OrderedDict()

    def put(self, arrival: Arrival) -> bool:
        """Hand a frame over; whether there was room, which live there always is."""
        with self._changed:
            if len(self._waiting) >= self._most:
                if not self.live:
                    return False
                self._waiting.clear()
            self._waiting.append(arrival)
            self._changed.notify_all()
        return True

    def finish(self) -> None:
        """No more frames follow; those that wait are still read."""
        with self._changed:
            self._finished = True
            self._changed.notify_all()

    def open(self) -> None:
        """There is nothing to open."""

    def read(self) -> Frame | None:
        """Wait for the next frame; None at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._finished)
            if not self._waiting:
                return None
            arrival = self._waiting.popleft()
            number = self._number
            self._number += 1
            self._times[number] = (arrival.rtp_time, arrival.at)
            if len(self._times) > MOST_REMEMBERED:
                self._times.popitem(last=False)
        return Frame(to_pixels(arrival.picture), number, arrival.at)

    def times_of(self, number: int) -> tuple[int, float] | None:
        """RTP time and arrival of the frame that was read under this number; None if long ago."""
        with self._changed:
            return self._times.get(number)

    def remarks(self) -> Sequence[EngineError]:
        """There are none."""
        return ()

    def close(self) -> None:
        """End at once: nothing more is read."""
        with self._changed:
            self._waiting.clear()
            self._finished = True
            self._changed.notify_all()
