"""Bounds on connections: how many there may be, and how long a stranger's may stay."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import cast

MOST_STRANGERS = 32
"""Connections without a valid token at one time; one more ends the oldest."""
STRANGER_STAYS_S = 10.0
"""Seconds within which a connection has to prove a token; more than a page takes to load."""


class Connections:
    """Knows every open connection. Only the server's event loop uses it.

    A socket that says nothing, or half a request, costs its place and is ended; those with a
    token stay.
    """

    def __init__(
        self, *, most_strangers: int = MOST_STRANGERS, stranger_stays_s: float = STRANGER_STAYS_S
    ) -> None:
        self._most, self._stays_s = most_strangers, stranger_stays_s
        self._strangers: dict[asyncio.BaseTransport, asyncio.TimerHandle] = {}

    def wrap(self, make: Callable[[], asyncio.Protocol]) -> Callable[[], asyncio.Protocol]:
        """What makes a protocol for each new connection, watched."""
        return lambda: _Watched(make(), self)

    def trust(self, transport: asyncio.BaseTransport | None) -> None:
        """Let a connection stay: it has proven a token."""
        self._forget(transport)

    def opened(self, transport: asyncio.Transport) -> None:
        """A connection has been made."""
        while len(self._strangers) >= self._most:
            oldest = next(iter(self._strangers))
            self._forget(oldest)
            cast("asyncio.Transport", oldest).abort()
        loop = asyncio.get_running_loop()
        self._strangers[transport] = loop.call_later(self._stays_s, transport.abort)

    def closed(self, transport: asyncio.BaseTransport | None) -> None:
        """A connection has ended."""
        self._forget(transport)

    def _forget(self, transport: asyncio.BaseTransport | None) -> None:
        timer = self._strangers.pop(transport, None) if transport is not None else None
        if timer is not None:
            timer.cancel()


class _Watched(asyncio.Protocol):
    """Passes everything on to the protocol within."""

    def __init__(self, inner: asyncio.Protocol, connections: Connections) -> None:
        self._inner, self._connections = inner, connections
        self._transport: asyncio.BaseTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._connections.opened(cast("asyncio.Transport", transport))
        self._inner.connection_made(transport)

    def data_received(self, data: bytes) -> None:
        self._inner.data_received(data)

    def eof_received(self) -> bool | None:
        return self._inner.eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        self._connections.closed(self._transport)
        self._inner.connection_lost(exc)

    def pause_writing(self) -> None:
        self._inner.pause_writing()

    def resume_writing(self) -> None:
        self._inner.resume_writing()
