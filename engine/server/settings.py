"""What a server is started with, and its limits."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field

from engine.errors import EngineError, SettingError, TranslatableValue
from engine.frames import Size
from engine.remote.address import PORT
from engine.settings import BUILT_IN, check_range

EVERYWHERE = "0.0.0.0"  # noqa: S104 - to be reached from elsewhere is what a server is for
MOST_STREAMS = 256

VIEWERS_PER_STREAM = 4
"""How many may watch, on average; each has an encoder of its own."""

MOST_FPS = 60.0
"""Frames per second that are worth bringing; twice as many end a live stream."""

CONNECTS_WITHIN_S = 10.0
"""Seconds within which a stream has to connect and to bring its first frame."""

SILENT_S = 15.0
"""Seconds without a frame after which a stream is ended: its sender has gone."""

MOST_WAITING = 64
"""Frames of a paced stream that may wait for the engine."""

LARGEST_OFFER = 1 << 16
"""Bytes of an SDP."""

OPENS_PER_S, OPENS_AT_ONCE = 2.0, 12.0
"""How often one device may ask for a stream or a view of one."""

COMMANDS_PER_S, COMMANDS_AT_ONCE = 50.0, 100.0


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server listens; port 0 is a free one."""

    host: str = EVERYWHERE
    port: int = PORT

    @property
    def on_loopback(self) -> bool:
        """Whether only this computer is answered."""
        return ipaddress.ip_address(self.host).is_loopback


@dataclass(frozen=True, slots=True)
class ServeSettings:
    """streams: how many at a time, 1..256. largest: no picture has more pixels. plain_http: without
    encryption, on loopback alone, for tests.
    """

    address: Address = field(default_factory=Address)
    streams: int = 2
    model: str = BUILT_IN
    largest: Size = field(default_factory=lambda: Size(1280, 720))
    plain_http: bool = False

    def __post_init__(self) -> None:
        check_range(TranslatableValue("The number of streams"), self.streams, 1, MOST_STREAMS)
        if self.plain_http and not self.address.on_loopback:
            raise SettingError(
                "Pictures are not sent without encryption.",
                "Leave out --plain-http, or listen on 127.0.0.1.",
            )


def parse_address(text: str) -> Address:
    """Read "ADDRESS:PORT" or "ADDRESS", in digits. Raises SettingError."""
    host, colon, port = text.strip().partition(":")
    try:
        address = ipaddress.IPv4Address("127.0.0.1" if host == "localhost" else host)
        number = int(port) if colon else PORT
        if not 0 <= number <= 65_535:
            raise ValueError(port)  # noqa: TRY301
    except ValueError:
        raise SettingError(
            "'{text}' is not an address to listen at.",
            "Write it as ADDRESS:PORT, such as 0.0.0.0:8733.",
            text=text,
        ) from None
    return Address(str(address), number)


class FullError(EngineError):
    """The server has no room; trying again later may help. retry_after: in seconds."""

    retry_after = 10


class NotThereError(EngineError):
    """There is no such stream, or none that may be watched."""


def full() -> FullError:
    """The error of a server all of whose places are taken."""
    return FullError("The server is full.", "Try again in a moment.")
