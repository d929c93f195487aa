"""Where an engine on another computer answers."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from engine.errors import SettingError
from engine.files.names import shown

LOCALHOST = "localhost"
PORT = 8733
"""Where `serve` listens, unless it is told otherwise."""
LONGEST_ADDRESS = 300


@dataclass(frozen=True, slots=True)
class EngineAddress:
    """host: a name or an address in digits, without brackets. tls: False for plain HTTP, which is
    for loopback alone.
    """

    host: str
    port: int
    tls: bool = True

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}"


def parse_address(text: str) -> EngineAddress:
    """Read "https://HOST:PORT"; either end may be missing. What follows, as in a link, is left out.

    Raises SettingError for anything else, and for plain HTTP to another computer.
    """
    stripped = text.strip()
    parts = _split(stripped if "//" in stripped else f"https://{stripped}")
    if parts is None or len(stripped) > LONGEST_ADDRESS:
        raise _not_an_address(text)
    host, port = parts.hostname or "", PORT if parts.port is None else parts.port
    if not host or not port or parts.username is not None or parts.scheme not in ("https", "http"):
        raise _not_an_address(text)
    if not all(character.isalnum() or character in "-._:%" for character in host):
        raise _not_an_address(text)
    if parts.scheme == "http" and not is_loopback(host):
        raise SettingError(
            "Pictures are sent to another computer only over HTTPS.",
            "Write the address as https://HOST:PORT.",
        )
    return EngineAddress(host, port, tls=parts.scheme == "https")


def is_loopback(host: str) -> bool:
    """Whether a host is this computer, by its name or address alone."""
    try:
        return host == LOCALHOST or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _split(text: str) -> SplitResult | None:
    try:
        parts = urlsplit(text)
        _ = parts.port  # read only now
    except ValueError:
        return None
    return parts


def _not_an_address(text: str) -> SettingError:
    return SettingError(
        "'{text}' is not the address of an engine.",
        "Write it as https://HOST:PORT, as the other computer shows it.",
        text=shown(text),
    )
