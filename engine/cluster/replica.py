"""What a replica does: it owns a few streams, and opens their media itself."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from engine.control.web.access import LOCAL
from engine.errors import EngineError
from engine.remote.rtc import raise_bitrates
from engine.server.engine_kind import EngineKind
from engine.server.negotiation import Flow, Offer
from engine.server.places import Report
from engine.server.service import expect_broken_connections
from engine.server.settings import NotThereError, ServeSettings
from engine.server.stream_engine import Wanted
from engine.server.streams import Streams

MakeKind = Callable[[ServeSettings], EngineKind]


@dataclass(frozen=True, slots=True)
class Opened:
    """A stream or a view of one has begun. answer: an SDP."""

    name: str
    answer: str


@dataclass(frozen=True, slots=True)
class ReplicaReport:
    """A moment of a replica. identity: differs from that of every other one, and of those before.
    process: its id on its node.
    """

    identity: str
    process: int
    report: Report


class Replica:
    """A deployment of Ray Serve's. A stream is one request of it that lasts as long as the stream:
    Serve gives it to a replica with a free place, counts it, scales by it, and waits for its end
    before the replica goes. Errors of users are results, so that Ray does not log them as faults.
    """

    def __init__(self, settings: ServeSettings, make_kind: MakeKind) -> None:
        raise_bitrates()
        kind = make_kind(settings)
        self._gone: set[str] = set()
        self._streams = Streams(kind, settings.streams, self._still_in)
        self._identity = f"{os.getpid()}-{os.urandom(8).hex()}"
        expect_broken_connections(asyncio.get_running_loop())
        self._stop = asyncio.Event()
        self._running = asyncio.create_task(self._streams.run(self._stop))
        kind.prepare()

    async def open(
        self, caller: str, flow: Flow, wanted: Wanted, offer: Offer
    ) -> AsyncIterator[Opened | EngineError]:
        """Begin a stream, say so, and return at its end. Whoever breaks off ends it."""
        try:
            opened = Opened(*await self._streams.open(caller, flow, wanted, offer))
        except EngineError as error:
            yield error
            return
        yield opened
        try:
            await self._streams.until_free(opened.name)
        except asyncio.CancelledError:
            await self.end(caller, flow, opened.name)
            raise

    async def watch(self, caller: str, name: str, offer: Offer) -> Opened | EngineError | None:
        """Begin to watch a stream; None where it is not of this replica."""
        try:
            return Opened(*await self._streams.watch(caller, name, offer))
        except NotThereError:
            return None
        except EngineError as error:
            return error

    async def end(self, caller: str, flow: Flow, name: str) -> bool:
        """End a stream or a view; whether it was of this replica."""
        try:
            await self._streams.end(caller, flow, name)
        except NotThereError:
            return False
        return True

    async def report(self) -> ReplicaReport:
        """What there is now."""
        return ReplicaReport(self._identity, os.getpid(), await self._streams.report())

    async def forget(self, callers: frozenset[str]) -> None:
        """Their tokens have been taken back: their streams end, and are told why."""
        self._gone |= callers - {LOCAL}

    async def close(self) -> None:
        """End every stream, and tell them that the server is being closed."""
        self._stop.set()
        await self._running

    def check_health(self) -> None:
        """For Ray Serve, which replaces a replica that fails here."""
        if self._running.done() and not self._stop.is_set():
            raise RuntimeError("nobody looks after the streams any more")

    def _still_in(self, caller: str) -> bool:
        return caller not in self._gone
