"""What the two sides ask of a connection, whatever the system makes it of."""

from __future__ import annotations

import socket
from multiprocessing.connection import Connection
from typing import Any, Protocol, TypeAlias

Waitable: TypeAlias = "socket.socket | Connection[Any, Any]"

MAX_MESSAGE = 16_384
"""Bytes of the longest message; a peer that announces a longer one is not one of ours."""


class ChannelLostError(Exception):
    """The peer has closed the connection, died, or broken the protocol."""


class Channel(Protocol):
    """One connection. Nothing here waits; one thread at a time.

    peer_process: the process at the other end, None where the system does not say.
    """

    @property
    def peer_process(self) -> int | None: ...

    @property
    def waitable(self) -> Waitable:
        """What `multiprocessing.connection.wait` waits on."""
        ...

    def send(self, message: bytes, handle: int | None = None) -> bool:
        """Send it whole, with an open file where there is one; False where the peer does not
        read and it was left out. Raises ChannelLostError.
        """
        ...

    def receive(self, most: int) -> list[bytes]:
        """At most this many messages that have arrived. Raises ChannelLostError when there will
        be no more.
        """
        ...

    def take_handle(self) -> int | None:
        """The next open file that came with a message; the caller closes it."""
        ...

    def close(self) -> None:
        """End the connection; harmless twice."""
        ...


class Listener(Protocol):
    """Where applications connect. Only this user's may."""

    @property
    def waitable(self) -> Waitable | None:
        """What `multiprocessing.connection.wait` waits on; None where accepting must be polled."""
        ...

    def accept(self) -> Channel | None:
        """The next connection; None where nobody waits."""
        ...

    def reachable(self) -> bool:
        """Whether applications still find it under its name."""
        ...

    def close(self) -> None:
        """Accept no more, and take the name away."""
        ...
