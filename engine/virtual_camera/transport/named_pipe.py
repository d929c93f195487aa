"""Windows: a named pipe. Not yet run on that system.

The pipe's name and its key are drawn at random by the publisher and lie in a file in the user's
profile, which other users cannot read; the standard library's challenge proves that both sides
know the key. Sending may block there, so each connection has a thread that sends.
"""

from __future__ import annotations

import json
import queue
import secrets
from contextlib import suppress
from multiprocessing.connection import Client, Connection
from multiprocessing.connection import Listener as PipeListener
from pathlib import Path
from threading import Event
from typing import Any, TypeAlias

from engine.concurrency.worker import Worker
from engine.files.atomic import write_text
from engine.virtual_camera.transport.base import MAX_MESSAGE, ChannelLostError

Pipe: TypeAlias = "Connection[Any, Any]"

ADDRESS_NAME = "camera.address"

_MOST_UNSENT = 64
_FAILURES = (OSError, EOFError)


class PipeChannel:
    """A connected pipe."""

    def __init__(self, connection: Pipe) -> None:
        self._connection = connection
        self._unsent: queue.Queue[bytes] = queue.Queue(_MOST_UNSENT)
        self._lost = Event()
        self.peer_process: int | None = None
        self._sender = Worker("camera pipe", self._send_all)
        self._sender.start()

    @property
    def waitable(self) -> Pipe:
        return self._connection

    def send(self, message: bytes, handle: int | None = None) -> bool:  # noqa: ARG002
        if self._lost.is_set():
            raise ChannelLostError("the peer does not take messages any more")
        try:
            self._unsent.put_nowait(message)
        except queue.Full:
            return False
        return True

    def receive(self, most: int) -> list[bytes]:
        messages: list[bytes] = []
        try:
            while len(messages) < most and self._connection.poll():
                messages.append(self._connection.recv_bytes(MAX_MESSAGE))
        except _FAILURES as error:
            if not messages:
                raise ChannelLostError(str(error)) from error
        return messages

    def take_handle(self) -> int | None:
        return None  # memory is found by its name on this system

    def close(self) -> None:
        self._sender.stop()
        with suppress(OSError):
            self._connection.close()

    def _send_all(self, stopping: Event) -> None:
        while not stopping.is_set():
            try:
                self._connection.send_bytes(self._unsent.get(timeout=0.1))
            except queue.Empty:
                continue
            except _FAILURES:
                self._lost.set()
                return


class NamedPipeListener:
    """Accepts on a thread, because a pipe cannot be waited on for that."""

    def __init__(self, folder: Path, family: str = "AF_PIPE") -> None:
        self._key = secrets.token_bytes(32)
        self._listener = PipeListener(None, family, authkey=self._key)
        self._file = folder / ADDRESS_NAME
        self._text = json.dumps([self._listener.address, self._key.hex()])
        write_text(self._file, self._text, private=True)
        self._accepted: queue.Queue[Pipe] = queue.Queue()
        self._acceptor = Worker("camera pipe, accepting", self._accept_all)
        self._acceptor.start()

    @property
    def waitable(self) -> None:
        return None

    def accept(self) -> PipeChannel | None:
        try:
            return PipeChannel(self._accepted.get_nowait())
        except queue.Empty:
            return None

    def reachable(self) -> bool:
        try:
            return self._file.read_text() == self._text
        except OSError:
            return False

    def close(self) -> None:
        self._acceptor.stop()
        if self.reachable():
            with suppress(OSError):
                self._file.unlink()
        with suppress(*_FAILURES):  # only a connection ends the waiting for one
            Client(self._listener.address, authkey=self._key).close()
        self._acceptor.join(1.0)
        self._listener.close()

    def _accept_all(self, stopping: Event) -> None:
        while not stopping.is_set():
            try:
                self._accepted.put(self._listener.accept())
            except Exception:  # noqa: BLE001 - a stranger's nonsense must not end accepting
                if stopping.wait(0.1):
                    return


def connect_pipe(folder: Path) -> PipeChannel | None:
    """A connection to the publisher; None where none listens."""
    try:
        address, key = json.loads((folder / ADDRESS_NAME).read_text())
        return PipeChannel(Client(address, authkey=bytes.fromhex(key)))
    except Exception:  # noqa: BLE001 - whatever is wrong with the address, nobody can be reached
        return None
