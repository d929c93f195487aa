"""Where a stream's results leave: a sink of the session's, before the tracks of those who watch."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from av.video.frame import VideoFrame

from engine.frames import Size, StyledFrame
from engine.remote.rtc import to_video
from engine.remote.track import OutgoingTrack
from engine.server.feed import FrameFeed

Post = Callable[..., object]


@dataclass(frozen=True, slots=True)
class Source:
    """What a result was made from: its frame's RTP time, and when that arrived, in seconds of
    `time.monotonic()`.
    """

    rtp_time: int
    at: float


Track = OutgoingTrack[Source | None]
"""Sends results with their source, and the placeholder with None."""


def poster(loop: asyncio.AbstractEventLoop) -> Post:
    """Calls a function on the loop's thread, soon and in order; once the loop is closed, never."""

    def post(work: Callable[..., object], *words: object) -> None:
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(work, *words)

    return post


class Outlet:
    """A sink, on the engine's thread; the rest belongs to the loop's.

    No picture is sent but styled ones, and the placeholder after them. changed: called when a
    result is shown after none was, and when nothing of what was sent may be seen any more.
    """

    def __init__(self, post: Post, changed: Callable[[], object]) -> None:
        self._post, self._changed = post, changed
        self._feed: FrameFeed | None = None
        self._tracks: tuple[Track, ...] = ()
        self._size: Size | None = None
        self._hidden = False
        self.showing = False
        self.results = 0

    def read_from(self, feed: FrameFeed) -> None:
        """The source whose frames the results are made from."""
        self._feed = feed

    # What a sink does, on the engine's thread.

    def open(self, size: Size, fps: float) -> None:  # noqa: ARG002 - frames leave as they come
        """Prepare for frames of this size."""
        self._post(self._begin, size)

    def send(self, frame: StyledFrame) -> None:
        """Take one finished frame; of an original nothing leaves the server."""
        times = self._feed.times_of(frame.number) if self._feed is not None else None
        if frame.original or times is None:
            self.blank()
        else:
            self._post(self._deliver, to_video(frame.pixels), Source(*times))

    def blank(self) -> None:
        """Show the placeholder in place of what was sent."""
        self._post(self._withdraw)

    def close(self) -> None:
        """Nothing is left to complete."""

    def abort(self) -> None:
        """Nothing is left behind."""

    # On the loop's thread.

    @property
    def hidden(self) -> bool:
        """Whether a panic hides every result."""
        return self._hidden

    def hide(self, on: bool) -> None:
        """Show the placeholder alone until released."""
        self._hidden = on
        if on:
            self._withdraw()

    def add(self, track: Track) -> None:
        """Send the results by one more track."""
        self._tracks = (*self._tracks, track)

    def remove(self, track: Track) -> None:
        """Send nothing more by this track."""
        self._tracks = tuple(one for one in self._tracks if one is not track)

    def repeat(self) -> None:
        """Send the placeholder again, where it is shown: it may have been lost on the way."""
        if not self.showing and self.results:
            self._show_placeholder()

    @property
    def idle(self) -> bool:
        """Whether every result has left."""
        return all(track.idle for track in self._tracks)

    def _begin(self, size: Size) -> None:
        self._size = size

    def _deliver(self, picture: VideoFrame, source: Source) -> None:
        if self._hidden:
            return
        was_showing, self.showing = self.showing, True
        self.results += 1
        for index, track in enumerate(self._tracks):
            track.show(picture if index == 0 else _copy(picture), source)
        if not was_showing:
            self._changed()

    def _withdraw(self) -> None:
        was_showing, self.showing = self.showing, False
        for track in self._tracks:
            track.drop_waiting()
        if was_showing:
            self._changed()
            self._show_placeholder()

    def _show_placeholder(self) -> None:
        if self._size is not None:
            for track in self._tracks:
                track.show(_copy(_placeholder(self._size)), None)


def _copy(picture: VideoFrame) -> VideoFrame:
    """Of its own: encoders write times and kinds into frames."""
    return VideoFrame.from_ndarray(picture.to_ndarray(), "yuv420p")


@lru_cache(maxsize=4)
def _placeholder(size: Size) -> VideoFrame:
    """A plain dark picture with a lighter band, so that it is not taken for a broken line."""
    pixels = np.full((size.height, size.width, 3), (26, 30, 42), np.uint8)
    middle, half = size.height // 2, max(size.height // 120, 1)
    pixels[middle - half : middle + half, size.width // 3 : 2 * size.width // 3] = (96, 106, 128)
    return to_video(pixels)
