"""Where a broadcast goes, and what carries it there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import unquote, urlsplit

import numpy as np
from numpy.typing import NDArray

from engine.errors import SettingError, SinkError
from engine.frames import Pixels, Size

_RTMP, _WHIP, _NDI = ("rtmp", "rtmps"), ("http", "https"), "ndi"


@dataclass(frozen=True, slots=True)
class BroadcastTarget:
    """address: rtmp:// or rtmps:// of a server, the https:// address of a WHIP endpoint, or ndi://
    with the name that receivers see.

    key: the stream key, or the token of the endpoint; it appears in no text.
    """

    address: str
    key: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        try:
            parts = urlsplit(self.address)
        except ValueError:  # an unfinished IPv6 address, for example
            parts = urlsplit("")
        if parts.scheme not in (*_RTMP, *_WHIP, _NDI) or not parts.hostname:
            raise SettingError(
                "{address} is no address of a broadcast.",
                "Give one that begins with rtmp://, rtmps://, https:// or ndi://.",
                address=self.address or '""',
            )
        if parts.password or any(c.isspace() for c in self.address + self.key):
            raise SettingError(
                "The address or the key of the broadcast holds a space or a password.",
                "Give the key in its own field.",
            )
        if parts.scheme == "http" and self.key and parts.hostname not in _OWN_COMPUTER:
            raise SettingError(
                "The key would be sent without encryption.",
                "Use an address that begins with https://.",
            )

    @property
    def by_whip(self) -> bool:
        """Whether it is a WHIP endpoint."""
        return urlsplit(self.address).scheme in _WHIP

    @property
    def ndi_name(self) -> str:
        """The name that receivers of NDI see, with spaces for %20; "" where it goes elsewhere."""
        parts = urlsplit(self.address)
        return unquote(parts.netloc) if parts.scheme == _NDI else ""


_OWN_COMPUTER = ("localhost", "127.0.0.1", "::1")


SOUND_RATE = 48_000
"""Samples a second of a broadcast's sound."""

Samples = NDArray[np.float32]
"""(N,) of one channel, -1..1."""


class SoundSource(Protocol):
    """What a broadcast sounds of; one thread uses it."""

    def open(self) -> None:
        """Begin to listen."""
        ...

    def read(self, count: int, now: float) -> Samples:
        """The next samples (count,) at `SOUND_RATE`, of which the last belongs to the picture that
        is sent at `now`, in `time.monotonic()` seconds. Never waits: silence where there are none.
        """
        ...

    def close(self) -> None:
        """Listen no longer."""
        ...


class BroadcastConnection(Protocol):
    """One connection to the service; one thread uses it."""

    def open(self, size: Size, fps: float) -> None:
        """Connect. Raises SinkError, RefusedError where the service says no."""
        ...

    def send(self, pixels: Pixels, seconds: float) -> None:
        """Send a picture of the opened size. seconds: since the first. Raises SinkError."""
        ...

    def send_sound(self, samples: Samples) -> None:
        """Send the next samples (N,) at `SOUND_RATE`; the first of all belongs to the first
        picture. Raises SinkError.
        """
        ...

    def close(self) -> None:
        """End it; harmless when not open."""
        ...


def lost(reason: object) -> SinkError:
    """The connection does not come about, or has ended."""
    return SinkError(
        "The broadcast is interrupted: {reason}.", "It goes on by itself.", reason=reason
    )
