"""Where streams are computed, as the routes see it: in this process, or somewhere in a cluster."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from engine.events import Stats
from engine.frames import Size
from engine.server.negotiation import Flow, Offer
from engine.server.settings import NotThereError
from engine.server.stream_engine import Wanted


@dataclass(slots=True)
class Totals:
    """Since the beginning. refused: by reason."""

    opened: int = 0
    frames_in: int = 0
    frames_out: int = 0
    refused: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class StreamReport:
    """A moment of a stream. caller: whose token brought it. figures: None before the first."""

    name: str
    caller: str
    flow: Flow
    wanted: Wanted
    size: Size | None
    figures: Stats | None


@dataclass(frozen=True, slots=True)
class Report:
    """A moment of all places. most: streams that may be open. viewers: the callers of those who
    watch. totals: with what the open streams have brought and given so far.
    """

    streams: tuple[StreamReport, ...]
    most: int
    viewers: tuple[str, ...]
    totals: Totals


class Places(Protocol):
    """totals: the routes count there what they refuse. Everything belongs to the loop's thread."""

    totals: Totals

    async def open(self, caller: str, flow: Flow, wanted: Wanted, offer: Offer) -> tuple[str, str]:
        """Begin a stream; its name, and the answer. Raises FullError or SettingError."""

    async def watch(self, caller: str, name: str | None, offer: Offer) -> tuple[str, str]:
        """Begin to watch a stream, found as `find` does; the viewer's name, and the answer. Raises
        FullError, NotThereError or SettingError.
        """

    async def end(self, caller: str, flow: Flow, name: str) -> None:
        """End a caller's own stream, or the view of one. Raises NotThereError."""

    async def report(self) -> Report:
        """What there is now, or was a second ago."""

    async def run(self, stop: asyncio.Event) -> None:
        """Look after the streams until `stop`; those of this process are ended then."""


class Watchable(Protocol):
    """What `visible_to` and `find` look at."""

    @property
    def name(self) -> str: ...

    @property
    def caller(self) -> str: ...

    @property
    def wanted(self) -> Wanted: ...


W = TypeVar("W", bound=Watchable)


def visible_to(streams: Iterable[W], caller: str) -> list[W]:
    """The streams that a caller may watch: its own, then those that are shared."""
    everything = list(streams)
    own = [one for one in everything if one.caller == caller]
    return own + [one for one in everything if one.caller != caller and one.wanted.shared]


def find(streams: Iterable[W], caller: str, name: str | None) -> W:
    """The stream of this name; without one, the newest of the caller's, else the newest that is
    shared. Raises NotThereError where there is none that the caller may watch.
    """
    visible = [one for one in visible_to(streams, caller) if name in (None, one.name)]
    own = [one for one in visible if one.caller == caller]
    found = own or visible
    if not found:
        raise not_there()
    return found[-1]


def not_there() -> NotThereError:
    """The error where a stream is asked for that is not there, or not for this caller."""
    return NotThereError("There is no such stream.", "Bring one first.")
