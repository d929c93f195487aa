"""The engine server in a process of its own, to be killed and stopped; its model is a negative:
`python -m tests.engine.server.alone FOLDER PORT PICTURE_SIZE` prints a line when it is ready, and
each code that pairs.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

from engine.frames import Size
from engine.server.engine_kind import engine_kind
from engine.server.service import EngineServer
from engine.server.settings import Address, ServeSettings
from engine.settings import parse_size
from tests.engine.server.peers import build_negative

LARGEST = Size(1280, 720)


class Alone:
    """Starts it, over HTTPS; another one may follow at the same address."""

    def __init__(self, largest: Size = LARGEST) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.address = f"https://127.0.0.1:{self._port}"
        self._largest = largest
        self._running: subprocess.Popen[str] | None = None

    def start(self, folder: Path) -> str:
        """Start, and wait until it is ready; the code that pairs with it. folder: of its
        certificate and its devices.
        """
        module = "tests.engine.server.alone"
        words = [str(folder), str(self._port), str(self._largest)]
        command = [sys.executable, "-m", module, *words]
        self._running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._running.stdout is not None
        return self._running.stdout.readline().strip()

    def send(self, kind: signal.Signals) -> None:
        """Send it a signal."""
        assert self._running is not None
        os.kill(self._running.pid, kind)

    def kill(self) -> None:
        """As `kill -9` does."""
        if self._running is not None:
            self._running.kill()
            self._running.wait()
            assert self._running.stdout is not None
            self._running.stdout.close()
            self._running = None


def _say(code: str) -> None:
    sys.stdout.write(f"{code}\n")
    sys.stdout.flush()


def _main(folder: str, port: str, largest: str) -> None:
    wanted = ServeSettings(Address("127.0.0.1", int(port)), largest=parse_size(largest))
    kind = engine_kind(wanted, build_negative, lambda: None)
    EngineServer(wanted, kind, _say, Path(folder)).start()
    threading.Event().wait()


if __name__ == "__main__":
    _main(*sys.argv[1:])
