"""The routes of the control interface."""

from __future__ import annotations

import asyncio

from aiohttp import web

from engine.control.board import Board
from engine.control.commands import LONGEST_COMMAND, PANIC, parse_command
from engine.control.inbox import Inbox
from engine.control.local_access import API
from engine.control.web.access import Access
from engine.control.web.connections import Connections
from engine.control.web.events_socket import EventsSocket, too_many
from engine.control.web.guards import CALLER, PAGE, SOCKET_PATH, Guards, refused
from engine.control.web.openapi import description
from engine.control.web.requests import add_page, body_of, error_data, pair
from engine.errors import EngineError
from engine.files.json_data import to_data

OBEYED_WITHIN_S = 5.0
MOST_SOCKETS = 16


def make_app(
    inbox: Inbox, board: Board, access: Access, connections: Connections
) -> web.Application:
    """The interface as an application of aiohttp's, guards included."""
    guards = Guards(access, connections)
    interface = _Interface(inbox, board, access, guards)
    app = web.Application(middlewares=[guards.middleware()], client_max_size=LONGEST_COMMAND)
    app.on_response_prepare.append(guards.add_headers)
    app.router.add_get(f"{API}/openapi.json", interface.openapi)
    app.router.add_post(f"{API}/pair", interface.pair)
    app.router.add_get(f"{API}/status", interface.status)
    app.router.add_get(f"{API}/figures", interface.figures)
    app.router.add_post(f"{API}/commands", interface.command)
    app.router.add_get(SOCKET_PATH, interface.events)
    add_page(app, PAGE)
    return app


class _Interface:
    """One handler a route."""

    def __init__(self, inbox: Inbox, board: Board, access: Access, guards: Guards) -> None:
        self._inbox, self._board, self._access, self._guards = inbox, board, access, guards
        self._sockets = 0

    async def openapi(self, _request: web.Request) -> web.Response:
        return web.json_response(description())

    async def status(self, _request: web.Request) -> web.Response:
        return web.json_response(to_data(self._board.status))

    async def figures(self, _request: web.Request) -> web.Response:
        return web.json_response(to_data(self._board.figures))

    async def pair(self, request: web.Request) -> web.Response:
        return await pair(request, self._access)

    async def command(self, request: web.Request) -> web.Response:
        try:
            command = parse_command(await body_of(request))
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
