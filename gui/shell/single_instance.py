"""One window per user: a program that is started again raises the one that is there."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from engine.errors import EngineError
from engine.paths import APP_ID
from engine.virtual_camera.runtime_dir import runtime_dir

ANSWERS_WITHIN_MS = 1000
_MOST_BYTES = 65_536
_ANSWER = b"raised\n"


class SingleInstance(QObject):
    """Listens for later starts. One line each way: the arguments as JSON, then an answer."""

    asked = Signal(list)
    """The arguments of a program that was started again."""

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        QLocalServer.removeServer(name)  # nobody has answered there: it is left over from a crash
        self._server.listen(name)

    def close(self) -> None:
        """Answer no more."""
        self._server.close()

    def _on_connection(self) -> None:
        socket = self._server.nextPendingConnection()
        if socket is not None:
            socket.readyRead.connect(lambda: self._on_line(socket))
            socket.disconnected.connect(socket.deleteLater)

    def _on_line(self, socket: QLocalSocket) -> None:
        if socket.bytesAvailable() > _MOST_BYTES:
            socket.abort()
        if not socket.canReadLine():
            return
        arguments = _arguments(bytes(socket.readLine().data()))
        if arguments is None:
            socket.abort()
            return
        socket.write(_ANSWER)
        socket.flush()
        self.asked.emit(arguments)


def hand_over(name: str, arguments: Sequence[str]) -> bool:
    """Have the program that is there raise its window; false where none answers in time."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(ANSWERS_WITHIN_MS):
        return False
    socket.write(json.dumps(list(arguments)).encode() + b"\n")
    answered = socket.waitForReadyRead(ANSWERS_WITHIN_MS)
    socket.disconnectFromServer()
    return answered


def instance_name() -> str | None:
    """Where this user's window listens; None if there is no folder for that."""
    if sys.platform == "win32":
        return f"{APP_ID}-window-{getpass.getuser()}"
    try:
        return str(runtime_dir() / "window.sock")
    except EngineError:
        return None


def _arguments(line: bytes) -> list[str] | None:
    try:
        words = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if isinstance(words, list) and all(isinstance(word, str) for word in words):
        return words
    return None
