"""A running server: its listener, its streams, pairing, and its end."""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import web

from engine.control.pairing import Pairing
from engine.control.tokens import TokenStore
from engine.control.web.access import Access
from engine.control.web.addresses import listening_socket
from engine.control.web.certificate import fingerprint, server_context
from engine.control.web.connections import Connections
from engine.control.web.server import Listener, WebServer
from engine.errors import SettingError
from engine.paths import config_dir
from engine.remote.rtc import raise_bitrates
from engine.server.app import make_app
from engine.server.engine_kind import EngineKind
from engine.server.places import Places
from engine.server.settings import Address, ServeSettings
from engine.server.streams import TICK_S, Streams

logger = logging.getLogger(__name__)

DEVICES_FILE = "engine-devices.json"
MOST_DEVICES = 512
MOST_TRIES = 50
"""Wrong codes before a new one is made: of 40 bits, while each address has two tries a second."""
ENDS_WITHIN_S = 10.0
_LIBRARIES = ("aiortc", "aioice", "pyee")


@dataclass(frozen=True, slots=True)
class Door:
    """Where a server answers. fingerprint: SHA-256 of its certificate, in pairs of hexadecimal
    digits; "" without one.
    """

    scheme: str
    port: int
    fingerprint: str = ""


def devices(folder: Path | None = None) -> TokenStore:
    """The devices that may use this computer's engine; their tokens are no good elsewhere."""
    return TokenStore((folder or config_dir()) / DEVICES_FILE, most=MOST_DEVICES)


def _socket_at(address: Address) -> socket.socket:
    try:
        return listening_socket(address.host, address.port)
    except SettingError as error:
        remedy = "Choose another address: --listen ADDRESS:PORT"
        raise SettingError(error.template, remedy, **error.values) from error


class EngineServer:
    """One thread at a time calls it. folder: for the certificate and the list of devices.

    announce: is told the code that the next device pairs by, on the server's threads. places: makes
    what the streams are computed by, on the server's own thread; by default this process does.
    """

    def __init__(
        self,
        settings: ServeSettings,
        kind: EngineKind,
        announce: Callable[[str], object],
        folder: Path | None = None,
        places: Callable[[Access], Places] | None = None,
    ) -> None:
        self._make_places = places or self._in_this_process
        self._settings, self._kind, self._announce = settings, kind, announce
        self._folder = folder or config_dir()
        self.access = Access(devices(folder), Pairing(lasts_s=None, tries=MOST_TRIES))
        self._listener: Listener | None = None
        self._server: WebServer | None = None
        self._announcing = threading.Lock()

    @property
    def port(self) -> int:
        """Where it listens, once started."""
        assert self._listener is not None
        return self._listener.port

    @property
    def running(self) -> bool:
        """Whether it has been started and has not ended."""
        return self._server is not None and self._server.running

    @property
    def door(self) -> Door:
        """What others are told, once started."""
        if self._settings.plain_http:
            return Door("http", self.port)
        return Door("https", self.port, fingerprint(self._folder))

    def start(self) -> None:
        """Begin to answer, and announce the first code. Raises SettingError."""
        raise_bitrates()
        address = self._settings.address
        tls = None if self._settings.plain_http else server_context(self._folder)
        self._listener = Listener(_socket_at(address), tls)
        self._server = WebServer([self._listener], self._make_app)
        self._server.start()
        self._renew_code()

    def stop(self) -> bool:
        """End every stream and connection; whether that was done in time."""
        return self._server is None or self._server.stop(ENDS_WITHIN_S)

    def _make_app(self, connections: Connections) -> web.Application:
        places = self._make_places(self.access)
        app = make_app(self._settings, self._kind, self.access, places, connections)

        stopping = asyncio.Event()
        tasks: list[asyncio.Task[None]] = []

        async def look_after(_app: web.Application) -> None:
            expect_broken_connections(asyncio.get_running_loop())
            tasks.append(asyncio.create_task(places.run(stopping)))
            tasks.append(asyncio.create_task(self._look_after_access(stopping)))

        async def end(_app: web.Application) -> None:
            stopping.set()
            await asyncio.gather(*tasks, return_exceptions=True)

        app.on_startup.append(look_after)
        app.on_shutdown.append(end)
        return app

    def _in_this_process(self, access: Access) -> Places:
        return Streams(self._kind, self._settings.streams, access.still_in)

    async def _look_after_access(self, stopping: asyncio.Event) -> None:
        """Hear of tokens that another process has taken back, and renew a used code."""
        while not stopping.is_set():
            self.access.tokens.refresh()
            self._renew_code()
            try:
                await asyncio.wait_for(stopping.wait(), TICK_S)
            except TimeoutError:
                continue

    def _renew_code(self) -> None:
        with self._announcing:
            if self.access.pairing.code is None:
                self._announce(self.access.pairing.begin())


def expect_broken_connections(loop: asyncio.AbstractEventLoop) -> None:
    """What fails in the background of a library of WebRTC's, when a peer goes or sends nonsense, is
    everyday: it is no error of ours, and its details may name addresses.
    """
    other = loop.get_exception_handler()

    def handle(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, Exception) and _origin(error) in _LIBRARIES:
            logger.info("a connection broke: %s", type(error).__name__)
        elif other is not None:
            other(loop, context)
        else:
            loop.default_exception_handler(context)

    loop.set_exception_handler(handle)


def _origin(error: Exception) -> str:
    """The package in which it was raised."""
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    name = last.tb_frame.f_globals.get("__name__", "") if last is not None else ""
    return str(name).partition(".")[0]
