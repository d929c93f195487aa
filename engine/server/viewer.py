"""One who watches a stream that another has brought (WHEP)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from engine.server.negotiation import Offer, answer, new_peer, take_offer
from engine.server.outlet import Track
from engine.server.stream import CLOSES_WITHIN_S, Stream


class Viewer:
    """Belongs to the loop's thread. ended: called once, when nothing flows any more."""

    def __init__(
        self, name: str, caller: str, stream: Stream, ended: Callable[[Viewer], object]
    ) -> None:
        self.name, self.caller, self.stream = name, caller, stream
        self.began = time.monotonic()
        self._tell_end = ended
        self._track = Track(lambda *_: None)
        self._peer: Any = new_peer()
        self._peer.on("connectionstatechange", self._connection_changed)
        self._closing: asyncio.Task[None] | None = None

    @property
    def connected(self) -> bool:
        """Whether pictures can flow."""
        return bool(self._peer.connectionState == "connected")

    async def open(self, offer: Offer) -> str:
        """Answer an offer. Raises SettingError."""
        await take_offer(self._peer, offer)
        self._peer.addTrack(self._track)
        said = await answer(self._peer)
        self.stream.outlet.add(self._track)
        return said

    def end(self) -> None:
        """End it."""
        if self._closing is None:
            self.stream.outlet.remove(self._track)
            self._closing = asyncio.ensure_future(self._close())

    async def wait(self) -> None:
        """Until it is over."""
        if self._closing is not None:
            await asyncio.gather(self._closing, return_exceptions=True)

    def _connection_changed(self) -> None:
        if self._peer.connectionState in ("failed", "closed"):
            self.end()

    async def _close(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._peer.close(), CLOSES_WITHIN_S)
        self._tell_end(self)
