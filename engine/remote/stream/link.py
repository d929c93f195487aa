"""The thread that holds the connection to an engine, and makes it again where that is wanted."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from av.video.frame import VideoFrame

from engine.concurrency.worker import Worker
from engine.errors import EngineError
from engine.remote import sentences
from engine.remote.pinned_http import Door
from engine.remote.stream.flight import Flight, Sent
from engine.remote.stream.peer import Peer, PeerListener

AGAIN_AFTER_S, AGAIN_AT_LAST_S = 0.5, 5.0
"""Pauses between two tries: the first, and the longest; each is twice the one before."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LinkListener:
    """What hears of a link, on its thread. came: results, room or a failure may be there. troubled:
    what a user should know, while the stream goes on or is tried again.
    """

    came: Callable[[], None]
    troubled: Callable[[EngineError], None]


class Link:
    """A connection from `start` to `close`; `Flight.fail` tells of its end.

    paced: no frame is skipped. patient: a connection that cannot be made is tried again until it
    can; otherwise that is the end. One that breaks always is.
    """

    def __init__(
        self,
        door: Door,
        flight: Flight[VideoFrame],
        listener: LinkListener,
        *,
        paced: bool,
        patient: bool,
    ) -> None:
        self._door, self._flight, self._listener = door, flight, listener
        self._paced, self._patient = paced, patient
        self._worker = Worker("remote engine", lambda _: self._run())
        self._decided = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closing: asyncio.Event | None = None
        self._closed = threading.Event()
        self._peer: Peer | None = None
        self._greeting: dict[str, object] = {}
        self.most_pixels = 0
        """Of a frame; known once it is open."""

    @property
    def open(self) -> bool:
        """Whether pictures can go both ways."""
        return self.most_pixels > 0

    def start(self, greeting: dict[str, object]) -> None:
        """Begin to connect. greeting: the message that is sent first."""
        self._greeting = greeting
        self._worker.start()

    def wait_until_decided(self, timeout: float) -> bool:
        """Wait until it is open or has failed; whether that was within `timeout` seconds."""
        return self._decided.wait(timeout)

    def show(self, frame: VideoFrame, sent: Sent) -> None:
        """Send a frame in yuv420p; nothing happens while it is not open."""
        self._call(lambda peer: peer.show(frame, sent))

    def tell(self, message: dict[str, object]) -> None:
        """Send a message; before it is open, in place of the greeting."""
        self._greeting = message
        self._call(lambda peer: peer.tell(message))

    def close(self, timeout: float) -> bool:
        """Let go, at once; whether everything has ended within `timeout` seconds."""
        self._closed.set()
        loop, closing = self._loop, self._closing
        if loop is not None and closing is not None and not loop.is_closed():
            self._soon(loop, closing.set)
        return self._worker.join(timeout)

    def _call(self, work: Callable[[Peer], None]) -> None:
        loop = self._loop
        if loop is None or not self.open:
            return

        def do() -> None:
            if self._peer is not None:
                work(self._peer)

        self._soon(loop, do)

    @staticmethod
    def _soon(loop: asyncio.AbstractEventLoop, work: Callable[[], None]) -> None:
        try:
            loop.call_soon_threadsafe(work)
        except RuntimeError:
            logger.debug("the connection has ended meanwhile")

    # Everything below runs on the link's own thread.

    def _run(self) -> None:
        try:
            asyncio.run(self._main())
        except EngineError as error:
            self._flight.fail(error)
        except Exception as error:
            logger.exception("the connection to another computer failed")
            self._flight.fail(sentences.ended(self._door.address, type(error).__name__))
        finally:
            self._decided.set()
            self._listener.came()

    async def _main(self) -> None:
        """Be connected until that fails, which raises EngineError, or is no longer wanted."""
        self._closing = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        if self._closed.is_set():
            return
        working = asyncio.create_task(self._work())
        closing = asyncio.create_task(self._closing.wait())
        await asyncio.wait((working, closing), return_when=asyncio.FIRST_COMPLETED)
        closing.cancel()
        if not working.done():
            working.cancel()
            await asyncio.wait((working,))
            return
        working.result()

    async def _work(self) -> None:
        pause, told = AGAIN_AFTER_S, ""
        while True:
            try:
                await self._connected()
            except EngineError as error:
                if self.open or not self._patient:
                    raise
                if error.template != told and pause > AGAIN_AFTER_S:  # the first may be a leftover
                    told = error.template
                    self._listener.troubled(error)
            await asyncio.sleep(pause)
            pause = min(2 * pause, AGAIN_AT_LAST_S)

    async def _connected(self) -> None:
        """One connection; raises EngineError where it cannot be made, or breaks."""
        listener = PeerListener(self._listener.came, self._listener.troubled)
        peer = Peer(self._door, self._flight, listener, paced=self._paced)
        try:
            most_pixels = await peer.connect()
            peer.tell(self._greeting)
            self._peer, self.most_pixels = peer, most_pixels
            self._decided.set()
            self._listener.came()
            await peer.watch()
        except EngineError as error:
            if self.open:
                self._flight.fail(error)  # before the farewell, which may take a while
                self._listener.came()
            raise
        finally:
            self._peer = None
            await peer.close()
