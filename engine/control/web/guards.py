"""What every request passes before it is looked at.

DNS rebinding: a page of a stranger's, whose name has been pointed at this computer, sends its own
name as Host; only the address that the connection came in at, and "localhost", are ours. Other
pages' requests carry their own Origin. Beyond that, nothing is done without a token, which no
page of a stranger's can know: there are no cookies.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Mapping

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from engine.control.local_access import API
from engine.control.rate_limit import RateLimit
from engine.control.web.access import Access
from engine.control.web.connections import Connections

logger = logging.getLogger(__name__)

COMMON_FILES = {
    "/language.js": ("language.js", "text/javascript"),
    "/pairing.js": ("pairing.js", "text/javascript"),
    "/remote.css": ("remote.css", "text/css"),
    "/icon.svg": ("icon.svg", "image/svg+xml"),
}
"""What every page needs: files and their types, by path."""
PAGE = COMMON_FILES | {
    "/": ("index.html", "text/html"),
    "/remote.js": ("remote.js", "text/javascript"),
    "/texts.js": ("texts.js", "text/javascript"),
}
"""The page's files and their types, by path."""
OPEN_PATHS = frozenset({*PAGE, f"{API}/openapi.json", f"{API}/pair"})
"""What needs no token: the page itself, the description, and pairing."""
SOCKET_PATH = f"{API}/events"
"""The WebSocket asks for the token in its first message: a page cannot send it as a header."""

FAILURES_PER_S, FAILURES_AT_ONCE = 2.0, 20.0
COMMANDS_PER_S, COMMANDS_AT_ONCE = 50.0, 100.0
MOST_REMEMBERED = 256

CALLER = web.RequestKey("caller", str)

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Guards:
    """The checks as one middleware, with what they remember. One event loop uses it.

    open_paths: what needs no token. names: what else than addresses a Host header may call this
    computer. headers: what every answer says to browsers.
    """

    def __init__(
        self,
        access: Access,
        connections: Connections,
        *,
        open_paths: frozenset[str] = OPEN_PATHS | {SOCKET_PATH},
        names: frozenset[str] = frozenset(),
        headers: Mapping[str, str] = HEADERS,
    ) -> None:
        self._access, self._connections = access, connections
        self._open_paths, self._names, self._headers = open_paths, names, headers
        self._failures: OrderedDict[str, RateLimit] = OrderedDict()
        self._commands: OrderedDict[str, RateLimit] = OrderedDict()

    def middleware(self) -> Middleware:
        """For `web.Application`."""

        @web.middleware
        async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
            refusal = self._refusal(request)
            response = refusal if refusal is not None else await _answer(request, handler)
            if response.status in (401, 403, 421):
                self.count_failure(request)
            if not response.prepared:
                response.headers.update(self._headers)
            return response

        return guard

    async def add_headers(self, _request: web.Request, response: web.StreamResponse) -> None:
        """For `on_response_prepare`: answers that are streamed have them, too."""
        response.headers.update(self._headers)
        response.headers.popall("Server", None)

    def let_in(self, request: web.Request, token: str) -> str | None:
        """The caller with this token, whose connection may stay; None for a stranger."""
        caller = self._access.caller(token)
        if caller is not None:
            self._connections.trust(request.transport)
        return caller

    def caller_of(self, request: web.Request) -> str | None:
        """Who asks, by the token in the header; None for a stranger."""
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return self.let_in(request, token)

    def allows_command(self, caller: str) -> bool:
        """Whether a caller may have one more command carried out now."""
        return limit_for(self._commands, caller, COMMANDS_PER_S, COMMANDS_AT_ONCE).allows()

    def count_failure(self, request: web.Request) -> None:
        """Too many from one address: its connections are broken off without another word."""
        address = request.remote or ""
        allowed = limit_for(self._failures, address, FAILURES_PER_S, FAILURES_AT_ONCE).allows()
        if not allowed and request.transport is not None:
            request.transport.abort()

    def _refusal(self, request: web.Request) -> web.Response | None:
        hosts = own_hosts(request.transport, self._names)
        if request.host not in hosts:
            return refused(421, "This is not the address of this program.")
        origin = request.headers.get("Origin")
        if origin is not None and origin not in {f"{request.scheme}://{host}" for host in hosts}:
            return refused(403, "Pages of other addresses may not do this.")
        if request.path in self._open_paths:
            return None
        caller = self.caller_of(request)
        if caller is None:
            return refused(401, "Pair this device first.", {"WWW-Authenticate": "Bearer"})
        request[CALLER] = caller
        return None


async def _answer(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except web.HTTPException as error:
        return refused(error.status, error.reason)
    except Exception:
        logger.exception("a request could not be answered")
        return refused(500, "This could not be done.")


def own_hosts(transport: object, others: frozenset[str] = frozenset()) -> frozenset[str]:
    """What a Host header may say on this connection. others: names beside the address."""
    found = getattr(transport, "get_extra_info", lambda _name: None)("sockname")
    if not isinstance(found, tuple):  # the connection is gone
        return frozenset()
    address, port = found[0], found[1]
    names = {address, *others, *(["localhost"] if address == "127.0.0.1" else [])}
    return frozenset(f"{name}:{port}" for name in names)


def refused(status: int, message: str, headers: dict[str, str] | None = None) -> web.Response:
    """An answer that says why something is not done, in the form of every error here."""
    data = {"message": message, "remedy": ""}
    return web.json_response(data, status=status, headers=headers)


def limit_for(
    limits: OrderedDict[str, RateLimit], key: str, per_second: float, burst: float
) -> RateLimit:
    """The limit for `key`; only the latest ones are remembered."""
    found = limits.pop(key, None) or RateLimit(per_second, burst)
    limits[key] = found
    while len(limits) > MOST_REMEMBERED:
        limits.popitem(last=False)
    return found
