"""The one web server of the program: a thread with an event loop, on sockets made beforehand."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from aiohttp import web

from engine.concurrency.worker import Worker
from engine.control.web.connections import Connections

logger = logging.getLogger(__name__)

KEEP_ALIVE_S = 15.0
HANDSHAKE_WITHIN_S = 5.0
SHUTDOWN_WITHIN_S = 0.2
ACCEPT_AGAIN_S = 0.1
MOST_SHAKING = 32
"""Connections whose handshake is under way; one more ends the oldest."""


@dataclass(frozen=True, slots=True)
class Listener:
    """A socket that listens, and the context of its HTTPS; None for plain HTTP."""

    socket: socket.socket
    tls: ssl.SSLContext | None = None

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.socket.getsockname()[1])


class WebServer:
    """Serves an application until it is stopped. It knows nothing of what is served.

    make_app: called on the server's own thread, as aiohttp wants it.
    """

    def __init__(
        self,
        listeners: Sequence[Listener],
        make_app: Callable[[Connections], web.Application],
        connections: Callable[[], Connections] = Connections,
    ) -> None:
        self._listeners, self._make_app = tuple(listeners), make_app
        self._make_connections = connections
        self._worker = Worker("web server", self._run)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._stopped = threading.Event()

    @property
    def running(self) -> bool:
        """Whether it answers, or is about to."""
        return self._worker.running

    def start(self) -> None:
        """Begin to answer; the sockets take connections already."""
        self._worker.start()

    def stop(self, timeout: float) -> bool:
        """End every connection; whether that was done within `timeout` seconds."""
        self._stopped.set()
        if self._loop is not None and self._stop is not None:
            with suppress(RuntimeError):  # it has ended by itself
                self._loop.call_soon_threadsafe(self._stop.set)
        return self._worker.join(timeout)

    def _run(self, _stopping: threading.Event) -> None:
        try:
            asyncio.run(self._serve())
        finally:
            for listener in self._listeners:
                listener.socket.close()

    async def _serve(self) -> None:
        self._stop = stop = asyncio.Event()
        self._loop = loop = asyncio.get_running_loop()
        loop.set_exception_handler(_log_quietly)
        if self._stopped.is_set():
            return
        connections = self._make_connections()
        runner = web.AppRunner(
            self._make_app(connections),
            access_log=None,
            keepalive_timeout=KEEP_ALIVE_S,
            shutdown_timeout=SHUTDOWN_WITHIN_S,
            handler_cancellation=True,
        )
        await runner.setup()
        server = runner.server
        assert server is not None  # after `setup`
        doors = [_Door(listener, connections.wrap(server)) for listener in self._listeners]
        accepting = [asyncio.create_task(door.accept()) for door in doors]
        try:
            await stop.wait()
        finally:
            for task in accepting:
                task.cancel()
            await asyncio.gather(*accepting, return_exceptions=True)
            server.pre_shutdown()
            await runner.cleanup()


class _Door:
    """Accepts connections at one listener, only so many at a time that have yet to shake hands:
    asyncio's own server has no bound there, and files that are open are few.
    """

    def __init__(self, listener: Listener, make: Callable[[], asyncio.Protocol]) -> None:
        self._listener, self._make = listener, make
        self._shaking: dict[asyncio.Task[None], None] = {}

    async def accept(self) -> None:
        """Until it is cancelled."""
        loop = asyncio.get_running_loop()
        try:
            while True:
                try:
                    peer, _ = await loop.sock_accept(self._listener.socket)
                except OSError:  # out of open files, or the peer has gone already
                    await asyncio.sleep(ACCEPT_AGAIN_S)
                    continue
                self._let_in(peer)
        finally:
            for task in list(self._shaking):
                task.cancel()

    def _let_in(self, peer: socket.socket) -> None:
        if len(self._shaking) >= MOST_SHAKING:
            oldest = next(iter(self._shaking))
            del self._shaking[oldest]
            oldest.cancel()
        task = asyncio.create_task(self._shake_hands(peer))
        self._shaking[task] = None
        task.add_done_callback(lambda done: self._shaking.pop(done, None))

    async def _shake_hands(self, peer: socket.socket) -> None:
        tls = self._listener.tls
        try:
            await asyncio.get_running_loop().connect_accepted_socket(
                self._make, peer, ssl=tls, ssl_handshake_timeout=HANDSHAKE_WITHIN_S if tls else None
            )
        except OSError:  # also ssl.SSLError and a handshake that takes too long
            peer.close()
        except asyncio.CancelledError:
            peer.close()
            raise


def _log_quietly(_loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
    """Broken connections and handshakes are everyday; neither addresses nor requests are kept."""
    error = context.get("exception")
    if isinstance(error, OSError | asyncio.CancelledError):  # ssl.SSLError is an OSError
        return
    logger.error("the web server: %s", context.get("message"), exc_info=error)  # type: ignore[arg-type]
