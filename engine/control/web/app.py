"""The routes of the control interface."""

from __future__ import annotations

import asyncio
import json
from functools import lru_cache

from aiohttp import web

from engine.control.board import Board
from engine.control.commands import LONGEST_COMMAND, PANIC, parse_command
from engine.control.inbox import Inbox
from engine.control.local_access import API
from engine.control.web.access import Access
from engine.control.web.connections import Connections
from engine.control.web.events_socket import EventsSocket, error_data, too_many
from engine.control.web.guards import CALLER, HEADERS, PAGE, SOCKET_PATH, Guards, refused
from engine.control.web.openapi import description
from engine.errors import EngineError
from engine.files.json_data import to_data
from engine.paths import RESOURCES

OBEYED_WITHIN_S = 5.0
BODY_WITHIN_S = 5.0
MOST_SOCKETS = 16


def make_app(
    inbox: Inbox, board: Board, access: Access, connections: Connections
) -> web.Application:
    """The interface as an application of aiohttp's, guards included."""
    guards = Guards(access, connections)
    interface = _Interface(inbox, board, access, guards)
    app = web.Application(middlewares=[guards.middleware()], client_max_size=LONGEST_COMMAND)
    app.on_response_prepare.append(_add_headers)
    app.router.add_get(f"{API}/openapi.json", interface.openapi)
    app.router.add_post(f"{API}/pair", interface.pair)
    app.router.add_get(f"{API}/status", interface.status)
    app.router.add_get(f"{API}/figures", interface.figures)
    app.router.add_post(f"{API}/commands", interface.command)
    app.router.add_get(SOCKET_PATH, interface.events)
    for path in PAGE:
        app.router.add_get(path, interface.file)
    return app


class _Interface:
    """One handler a route."""

    def __init__(self, inbox: Inbox, board: Board, access: Access, guards: Guards) -> None:
        self._inbox, self._board, self._access, self._guards = inbox, board, access, guards
        self._sockets = 0

    async def openapi(self, _request: web.Request) -> web.Response:
        return web.json_response(description())

    async def file(self, request: web.Request) -> web.Response:
        name, kind = PAGE[request.path]
        return web.Response(body=_content(name), content_type=kind, charset="utf-8")

    async def status(self, _request: web.Request) -> web.Response:
        return web.json_response(to_data(self._board.status))

    async def figures(self, _request: web.Request) -> web.Response:
        return web.json_response(to_data(self._board.figures))

    async def pair(self, request: web.Request) -> web.Response:
        try:
            data = json.loads(await _body(request))
        except (ValueError, RecursionError):
            data = None
        given = data if isinstance(data, dict) else {}
        code, name = given.get("code"), given.get("name")
        if not isinstance(code, str) or not isinstance(name, str):
            return refused(422, "A code and a name are needed.")
        if not self._access.pairing.redeem(code):
            return refused(403, "This code is not valid, or no longer.")
        try:
            device, token = self._access.tokens.add(name)
        except EngineError as error:
            return web.json_response(error_data(error), status=503)
        return web.json_response({"token": token, "id": device.id})

    async def command(self, request: web.Request) -> web.Response:
        try:
            command = parse_command(await _body(request))
            if command != PANIC and not self._guards.allows_command(request[CALLER]):
                return web.json_response(
                    error_data(too_many()), status=429, headers={"Retry-After": "1"}
                )
            done = asyncio.wrap_future(self._inbox.submit(command))
            await asyncio.wait_for(asyncio.shield(done), OBEYED_WITHIN_S)
        except TimeoutError:
            return refused(503, "The program is busy; the command is carried out when it can be.")
        except EngineError as error:
            return web.json_response(error_data(error), status=422)
        return web.json_response(to_data(self._board.status))

    async def events(self, request: web.Request) -> web.StreamResponse:
        if self._sockets >= MOST_SOCKETS:
            return refused(503, "Too many programs are connected.")
        self._sockets += 1
        try:
            socket = EventsSocket(self._inbox, self._board, self._access, self._guards)
            return await socket.serve(request)
        finally:
            self._sockets -= 1


async def _add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(HEADERS)
    response.headers.popall("Server", None)


async def _body(request: web.Request) -> bytes:
    """The whole body; one that trickles in is not waited for."""
    try:
        return await asyncio.wait_for(request.read(), BODY_WITHIN_S)
    except TimeoutError as error:
        raise web.HTTPRequestTimeout from error


@lru_cache(maxsize=len(PAGE))
def _content(name: str) -> bytes:
    return (RESOURCES / "remote" / name).read_bytes()
