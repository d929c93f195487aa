"""A window's place taken by a thread: it carries commands out by noting them."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

import aiohttp

from engine.control.board import Board
from engine.control.commands import PANIC, RELEASE, ChooseStyle, Command
from engine.control.inbox import Inbox
from engine.control.pairing import Pairing
from engine.control.tokens import TokenStore
from engine.control.web.access import Access
from engine.control.web.addresses import LOOPBACK, listening_socket
from engine.control.web.app import make_app
from engine.control.web.connections import Connections
from engine.control.web.server import Listener, WebServer
from engine.errors import SettingError

T = TypeVar("T")
WITHIN_S = 30.0


class Host:
    """Notes what it was asked to do; "nowhere" is a style that it has not got."""

    def __init__(self) -> None:
        self.board = Board()
        self.inbox = Inbox(self._hide, lambda: self._woken.put(True))
        self.obeyed: list[Command] = []
        self.hidden = 0
        self.held = threading.Event()
        self.held.set()
        self._woken: queue.SimpleQueue[bool] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work)
        self._thread.start()

    def close(self) -> None:
        self.held.set()
        self._woken.put(False)
        self._thread.join()

    def _hide(self) -> None:
        self.hidden += 1

    def _work(self) -> None:
        while self._woken.get():
            self.held.wait()
            for asked in self.inbox.take():
                if asked.command == ChooseStyle("nowhere"):
                    asked.done.set_exception(SettingError("There is no such style.", "Look."))
                    continue
                self.obeyed.append(asked.command)
                self._show(asked.command)
                asked.done.set_result(None)

    def _show(self, command: Command) -> None:
        status = self.board.status
        if isinstance(command, ChooseStyle):
            status = replace(status, live=replace(status.live, style=command.name))
        elif command in (PANIC, RELEASE):
            status = replace(status, panic=command == PANIC)
        self.board.show_status(status)


@dataclass
class Serving:
    """A server on loopback, and what stands behind it."""

    host: Host
    access: Access
    port: int
    url: str = field(init=False)

    def __post_init__(self) -> None:
        self.url = f"http://127.0.0.1:{self.port}"

    @property
    def key(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.access.local_token}"}


@contextmanager
def serving(
    folder: Path, connections: Callable[[], Connections] = Connections
) -> Iterator[Serving]:
    host = Host()
    access = Access(TokenStore(folder / "paired.json"), Pairing())
    listener = Listener(listening_socket(LOOPBACK, 0))
    server = WebServer(
        [listener],
        lambda watched: make_app(host.inbox, host.board, access, watched),
        connections,
    )
    server.start()
    try:
        yield Serving(host, access, listener.port)
    finally:
        assert server.stop(WITHIN_S)
        host.close()


def run(work: Callable[[aiohttp.ClientSession], Coroutine[Any, Any, T]]) -> T:
    """Run a client to its end."""

    async def main() -> T:
        async with aiohttp.ClientSession() as session:
            return await asyncio.wait_for(work(session), 500)

    return asyncio.run(main())
