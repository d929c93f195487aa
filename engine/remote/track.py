"""The outgoing video track of either end: the newest picture, or every one in order."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from aiortc import MediaStreamTrack
from av.video.frame import VideoFrame

from engine.remote.rtc import CLOCK, TIME_BASE, Sending

T = TypeVar("T")

KEYFRAMES = 3
"""At the beginning, where every frame counts: nobody asks for a first packet that was lost, and all
that is built on it would be lost with it.
"""
REPEATED_AFTER_S = (0.15, 0.3, 0.6)
"""Seconds of a pause after which the last packet is sent again, as nothing follows by which its
loss would be noticed; where every frame counts.
"""


class OutgoingTrack(MediaStreamTrack, Generic[T]):  # type: ignore[misc]
    """Gives frames to the encoder as it asks for them. Only the event loop's thread uses it.

    sent: called when a frame has left, with its RTP timestamp and what `show` was given with it.
    most_waiting: 1 for live pictures, of which the newest wins; where more may wait, every frame
    counts: they stay in order, what a line loses is sent again, and whoever shows more than that
    loses the oldest.
    """

    kind = "video"

    def __init__(self, sent: Callable[[int, T], object], *, most_waiting: int = 1) -> None:
        super().__init__()
        self._sent = sent
        self._waiting: deque[tuple[VideoFrame, T]] = deque(maxlen=most_waiting)
        self._come = asyncio.Event()
        self._every = most_waiting > 1
        self._sending: Sending | None = None
        self._last: tuple[T] | None = None
        self._began = time.monotonic()
        self._pts = -1
        self._count = 0

    def attach(self, sender: Any) -> None:
        """Learn the sender of this track's; to be called before the connection is made."""
        self._sending = Sending(sender)

    @property
    def idle(self) -> bool:
        """Whether everything that was shown has left."""
        return not self._waiting and self._last is None

    def show(self, frame: VideoFrame, what: T) -> None:
        """Send a frame in yuv420p; what: handed to `sent`."""
        self._waiting.append((frame, what))
        self._come.set()

    def drop_waiting(self) -> None:
        """Send nothing of what waits."""
        self._waiting.clear()

    async def recv(self) -> VideoFrame:
        """For the sender: it asks again when the frame before has left."""
        self._tell()
        if self._every and self._count > 0:
            await self._pause()
        while not self._waiting:
            self._come.clear()
            await self._come.wait()
        frame, what = self._waiting.popleft()
        if self._every and self._count < KEYFRAMES and self._sending is not None:
            self._sending.begin_anew()
        self._count += 1
        self._pts = max(self._pts + 1, round((time.monotonic() - self._began) * CLOCK))
        frame.pts, frame.time_base = self._pts, TIME_BASE
        self._last = (what,)
        return frame

    async def _pause(self) -> None:
        """Until the next frame is there, or nothing more can be done for the last one."""
        for seconds in REPEATED_AFTER_S:
            self._come.clear()
            if self._waiting or self._sending is None:
                return
            try:
                await asyncio.wait_for(self._come.wait(), seconds)
            except TimeoutError:
                await self._sending.repeat_last_packet()

    def _tell(self) -> None:
        last, self._last = self._last, None
        if last is None or self._sending is None:
            return
        rtp_time = self._sending.last_sent()
        if rtp_time is not None:
            self._sent(rtp_time, last[0])
