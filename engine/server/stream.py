"""One stream: a peer brings pictures, an engine styles them, and they leave for whoever watches."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

from aiortc.mediastreams import MediaStreamError
from av.video.frame import VideoFrame

from engine.control.rate_limit import RateLimit
from engine.errors import EngineError, SettingError
from engine.frames import Size
from engine.remote.rtc import PromptReceiver, ask_no_consent
from engine.remote.wire import Message, Record
from engine.server.channels import Channels
from engine.server.engine_kind import EngineKind
from engine.server.feed import Arrival, FrameFeed
from engine.server.negotiation import Flow, Offer, answer, new_peer, take_offer
from engine.server.outlet import Outlet, Source, Track, poster
from engine.server.settings import MOST_FPS, MOST_WAITING
from engine.server.stream_engine import StreamEngine, Wanted

logger = logging.getLogger(__name__)

CLOSES_WITHIN_S = 5.0
LAST_WORDS_S = 0.2
"""Seconds for the peer to hear why it is ended."""


class Stream:
    """Belongs to the loop's thread. ended: called once, when nothing flows any more.

    caller: whose token brought it. flow: BOTH or IN. frames: how many have come. last_frame: when
    the newest came, in seconds of `time.monotonic()`; None before the first.
    """

    def __init__(
        self,
        name: str,
        caller: str,
        flow: Flow,
        wanted: Wanted,
        kind: EngineKind,
        ended: Callable[[Stream], object],
    ) -> None:
        self.name, self.caller, self.flow, self.wanted = name, caller, flow, wanted
        self.began = time.monotonic()
        self.last_frame: float | None = None
        self.frames = 0
        self._largest, self._tell_end = kind.largest, ended
        post = poster(asyncio.get_running_loop())
        self.channels = Channels(self._obey, self._greeted)
        self.outlet = Outlet(post, self._shown_changed)
        self.engine = StreamEngine(
            kind, wanted, self.outlet, post, self.channels.tell, self._engine_ended
        )
        self._feed: FrameFeed | None = None
        self._rate = RateLimit(2 * MOST_FPS, 4 * MOST_FPS)
        self._track: Track | None = None
        self._tasks: set[asyncio.Task[Any]] = set()
        self._draining: asyncio.Task[Any] | None = None
        self._video: Any = None
        self._peer: Any = new_peer()
        self._peer.on("datachannel", self.channels.opened)
        self._peer.on("connectionstatechange", self._connection_changed)
        self.ending = False

    @property
    def silent_for(self) -> float:
        """Seconds since the last frame, or since the beginning."""
        return time.monotonic() - (self.last_frame or self.began)

    async def open(self, offer: Offer) -> str:
        """Answer an offer. Raises SettingError."""
        self._video = transceiver = await take_offer(self._peer, offer)
        receiver = PromptReceiver(transceiver.receiver, paced=self.wanted.paced)
        if self.flow is Flow.BOTH:
            waiting = MOST_WAITING if self.wanted.paced else 1
            self._track = Track(self._sent, most_waiting=waiting)
            self._track.attach(self._peer.addTrack(self._track))
            self.outlet.add(self._track)
        said = await answer(self._peer)
        self._draining = self._begin(self._drain(transceiver.receiver.track, receiver))
        return said

    def end(self, reason: EngineError | None = None) -> None:
        """End it; reason: what the peer is told."""
        if not self.ending:
            self.ending = True
            self._begin(self._end(reason))

    async def wait(self) -> None:
        """Until it is over."""
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.engine.over.wait()

    async def _drain(self, track: Any, receiver: PromptReceiver) -> None:
        """Take every frame as it comes: what is not read would be shown later and later."""
        with suppress(MediaStreamError):
            while True:
                picture = await track.recv()
                self._take(picture, receiver.rtp_time(picture))

    def _take(self, picture: VideoFrame, rtp_time: int) -> None:
        if self.ending:
            return
        if picture.width * picture.height > self._largest.width * self._largest.height:
            self.end(_too_large(self._largest))
            return
        if not self.wanted.paced and not self._rate.allows():
            self.end(_too_many())
            return
        self.last_frame = time.monotonic()
        self.frames += 1
        if self._feed is None:
            size = Size(picture.width, picture.height)
            self._feed = FrameFeed(size, paced=self.wanted.paced)
            self.engine.begin(self._feed)
        if not self._feed.put(Arrival(picture, rtp_time, self.last_frame)):
            self.end(_too_many())

    def _sent(self, rtp_time: int, source: Source | None) -> None:
        """A picture has left; the placeholder has no source, and so no record."""
        if source is None:
            return
        figures = self.engine.figures
        engine_ms = figures.engine_ms if figures is not None else 0.0
        server_ms = (time.monotonic() - source.at) * 1000
        self.channels.record(Record(rtp_time, source.rtp_time, engine_ms, server_ms))

    def _obey(self, message: Message) -> None:
        self.engine.run(message)

    def _greeted(self) -> None:
        self.engine.tell_status()

    def _shown_changed(self) -> None:
        if not self.outlet.showing:
            self.channels.tell({"event": "blank"})
        self.engine.tell_status()

    def _engine_ended(self, failure: EngineError | None) -> None:
        if failure is not None or not self.wanted.paced:
            self.end(failure)
        else:
            self._begin(self._finish())

    async def _finish(self) -> None:
        """A paced stream is complete once its last result has left."""
        while not self.outlet.idle and not self.ending:
            await asyncio.sleep(0.01)
        self.channels.tell({"event": "finished"})

    def _connection_changed(self) -> None:
        if self._peer.connectionState in ("failed", "closed"):
            self.end()
        elif self._peer.connectionState == "connected" and self.flow is Flow.IN:
            ask_no_consent(self._video)

    async def _end(self, reason: EngineError | None) -> None:
        self.engine.stop()
        if reason is not None:
            words = {"message": reason.message, "remedy": reason.remedy}
            self.channels.tell({"event": "ended", **words})
            await asyncio.sleep(LAST_WORDS_S)
        if self._track is not None:
            self.outlet.remove(self._track)
        if self._draining is not None:
            self._draining.cancel()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._peer.close(), CLOSES_WITHIN_S)
        self._tell_end(self)

    def _begin(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[Any]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            logger.error("a stream failed", exc_info=error)
            self.end()


def _too_large(largest: Size) -> EngineError:
    return SettingError(
        "The picture is larger than this server takes.", "Send at most {largest}.", largest=largest
    )


def _too_many() -> EngineError:
    return SettingError("Frames come faster than this server takes them.", "Send fewer of them.")
