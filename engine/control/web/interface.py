"""The control interface of a running window: started, moved and ended as the user chooses."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.control.board import Board
from engine.control.inbox import Inbox
from engine.control.local_access import LocalAccess, announce, withdraw
from engine.control.settings import WebSettings
from engine.control.web.access import Access
from engine.control.web.addresses import LOOPBACK, listening_socket, network_address, no_network
from engine.control.web.app import make_app
from engine.control.web.certificate import fingerprint, server_context
from engine.control.web.server import Listener, WebServer
from engine.errors import EngineError

CLOSES_WITHIN_S = 2.0


@dataclass(frozen=True, slots=True)
class Answering:
    """Where the interface answers: on this computer and in the network; "" where it does not.

    fingerprint: of the certificate that the network is shown. error: why the network is not
    answered although it is wanted.
    """

    here: str = ""
    network: str = ""
    fingerprint: str = ""
    error: EngineError | None = None


class ControlInterface:
    """One thread at a time calls it. folder: for the certificate. runtime: for the local access,
    by default the user's runtime folder.
    """

    def __init__(
        self, inbox: Inbox, board: Board, access: Access, folder: Path, runtime: Path | None = None
    ) -> None:
        self._inbox, self._board, self._access = inbox, board, access
        self._folder, self._runtime = folder, runtime
        self._server: WebServer | None = None

    def apply(self, settings: WebSettings) -> Answering:
        """Answer as chosen from now on. Raises SettingError where it cannot; it is off then."""
        self.close()
        if not settings.on:
            return Answering()
        listeners = [Listener(listening_socket(LOOPBACK, settings.port))]
        port, network, error = listeners[0].port, "", None
        if settings.network:
            try:
                address, listener = self._in_network(port)
                listeners.append(listener)
                network = f"https://{address}:{port}"
            except EngineError as reason:
                error = reason
        self._server = WebServer(
            listeners,
            lambda watched: make_app(self._inbox, self._board, self._access, watched),
        )
        self._server.start()
        announce(LocalAccess(port, self._access.local_token), self._runtime)
        print_ = fingerprint(self._folder) if network else ""
        return Answering(f"http://{LOOPBACK}:{port}", network, print_, error)

    def close(self, timeout: float = CLOSES_WITHIN_S) -> bool:
        """End every connection; whether that was done within `timeout` seconds."""
        if self._server is None:
            return True
        withdraw(self._runtime)
        server, self._server = self._server, None
        return server.stop(timeout)

    def _in_network(self, port: int) -> tuple[str, Listener]:
        address = network_address()
        if address is None:
            raise no_network()
        context = server_context(self._folder)
        return address, Listener(listening_socket(address, port), context)
