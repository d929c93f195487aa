"""Where the web server listens."""

from __future__ import annotations

import errno
import ipaddress
import socket
import sys
from contextlib import suppress

from engine.errors import SettingError

LOOPBACK = "127.0.0.1"
_DOCUMENTATION = "192.0.2.1"
"""An address that belongs to nobody; connecting a datagram socket sends nothing."""


def network_address() -> str | None:
    """The computer's own address in the local network, by the route that leads out of it; None
    where there is no network, or its addresses are public.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect((_DOCUMENTATION, 9))
        address = str(probe.getsockname()[0])
        found = ipaddress.ip_address(address)
        if found.is_private and not found.is_loopback and not found.is_unspecified:
            return address
    return None


def listening_socket(address: str, port: int) -> socket.socket:
    """A socket that listens; port 0 takes a free one. Raises SettingError."""
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":  # there it would let another program take the port as well
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((address, port))
        made.listen(64)
    except OSError as error:
        made.close()
        raise _unavailable(port, error) from error
    made.setblocking(False)
    return made


def _unavailable(port: int, error: OSError) -> SettingError:
    if error.errno == errno.EADDRINUSE:
        return SettingError(
            "Another program uses the port {port}.",
            "Choose another port in the menu under Remote control.",
            port=port,
        )
    return SettingError(
        "The control interface cannot be reached at the port {port}: {reason}.",
        "Choose another port in the menu under Remote control.",
        port=port,
        reason=error.strerror or error,
    )


def no_network() -> SettingError:
    """The error where this computer has no address in a local network."""
    return SettingError(
        "This computer is in no local network.", "Connect it to one, then switch this on again."
    )
