"""One WebSocket: commands in, events out."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from concurrent.futures import Future
from contextlib import suppress
from typing import Any

from aiohttp import WSCloseCode, WSMessage, WSMsgType, web

from engine.control.board import Board
from engine.control.commands import LONGEST_COMMAND, PANIC, Command, command_from
from engine.control.inbox import Inbox
from engine.control.web.access import Access
from engine.control.web.guards import Guards
from engine.control.web.requests import error_data
from engine.errors import EngineError, SettingError
from engine.files.json_data import to_data

HELLO_WITHIN_S = 5.0
HEARTBEAT_S = 20.0
FIGURES_EVERY_S = 0.25
MOST_ANSWERS = 64
MOST_EXCESS = 20_000
"""Messages over the limit after which a connection is ended. Until then, each is still looked
through for a panic.
"""


class EventsSocket:
    """Serves one connection. Nothing queues: whoever reads slowly is sent the newest alone."""

    def __init__(self, inbox: Inbox, board: Board, access: Access, guards: Guards) -> None:
        self._inbox, self._board, self._access, self._guards = inbox, board, access, guards
        self._socket = web.WebSocketResponse(
            heartbeat=HEARTBEAT_S, max_msg_size=LONGEST_COMMAND, compress=False, timeout=1.0
        )
        self._loop = asyncio.get_running_loop()
        self._news = asyncio.Event()
        self._answers: deque[dict[str, Any]] = deque(maxlen=MOST_ANSWERS)
        self._caller = ""
        self._excess = 0

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Until either side ends it."""
        await self._socket.prepare(request)
        caller = await self._hello(request)
        if caller is None:
            self._guards.count_failure(request)
            await self._socket.close(code=WSCloseCode.POLICY_VIOLATION, message=b"no valid token")
            return self._socket
        self._caller = caller
        end_listening = self._board.listen(self._wake)
        writing = asyncio.create_task(self._write())
        try:
            await self._read()
        finally:
            end_listening()
            writing.cancel()
            with suppress(asyncio.CancelledError, ConnectionError):
                await writing
        return self._socket

    async def _hello(self, request: web.Request) -> str | None:
        """The caller that the first message's token stands for."""
        try:
            message = await self._socket.receive(timeout=HELLO_WITHIN_S)
        except TimeoutError:
            return None
        data = _data(message)
        token = data.get("token") if isinstance(data, dict) else None
        return self._guards.let_in(request, token) if isinstance(token, str) else None

    async def _read(self) -> None:
        async for message in self._socket:
            if message.type is not WSMsgType.TEXT or not self._access.still_in(self._caller):
                await self._socket.close(code=WSCloseCode.POLICY_VIOLATION)
                return
            if self._guards.allows_command(self._caller):
                self._obey(_data(message))
            else:
                self._excess += 1
                self._look_for_panic(message)
            if self._excess > MOST_EXCESS:
                await self._socket.close(code=WSCloseCode.POLICY_VIOLATION)
                return

    def _obey(self, data: object) -> None:
        identity = data.pop("id", None) if isinstance(data, dict) else None
        try:
            self._submit(command_from(data), identity)
        except EngineError as error:
            self._answer(refusal(error, identity))

    def _look_for_panic(self, message: WSMessage) -> None:
        data = _data(message) if '"panic"' in str(message.data) else None
        identity = data.pop("id", None) if isinstance(data, dict) else None
        if data == {"command": "panic"}:
            self._submit(PANIC, identity)
        else:
            self._answer(refusal(too_many(), identity))

    def _submit(self, command: Command, identity: object) -> None:
        done = self._inbox.submit(command)
        done.add_done_callback(lambda future: self._on_done(future, identity))

    def _on_done(self, done: Future[None], identity: object) -> None:
        """On the thread that has carried the command out."""
        error = done.exception()
        answer = {"event": "done", "id": identity} if error is None else refusal(error, identity)
        with suppress(RuntimeError):  # the server has ended
            self._loop.call_soon_threadsafe(self._answer, answer)

    def _answer(self, answer: dict[str, Any]) -> None:
        self._answers.append(answer)
        self._news.set()

    def _wake(self) -> None:
        """On the thread that writes on the board."""
        with suppress(RuntimeError):  # the server has ended
            self._loop.call_soon_threadsafe(self._news.set)

    async def _write(self) -> None:
        status: object = None
        figures: object = None
        figures_at = 0.0
        self._news.set()
        while True:
            await self._news.wait()
            self._news.clear()
            while self._answers:
                await self._socket.send_json(self._answers.popleft())
            if not self._access.still_in(self._caller):
                await self._socket.close(code=WSCloseCode.POLICY_VIOLATION)
                return
            if self._board.status is not status:
                status = self._board.status
                await self._socket.send_json({"event": "status", "status": to_data(status)})
            if self._board.figures is not figures:
                wait = figures_at + FIGURES_EVERY_S - self._loop.time()
                if wait > 0:
                    self._loop.call_later(wait, self._news.set)
                    continue
                figures, figures_at = self._board.figures, self._loop.time()
                await self._socket.send_json({"event": "figures", "figures": to_data(figures)})


def refusal(error: BaseException, identity: object = None) -> dict[str, Any]:
    """An event that says why a command was not carried out."""
    return {"event": "refused", "id": identity, **error_data(error)}


def too_many() -> EngineError:
    """The error of a caller that is over its limit."""
    return SettingError(
        "Commands come too fast.", "Send fewer of them; a panic is obeyed all the same."
    )


def _data(message: WSMessage) -> Any:
    """What a message holds; None where it is not JSON."""
    try:
        return json.loads(message.data) if message.type is WSMsgType.TEXT else None
    except (ValueError, RecursionError):
        return None
