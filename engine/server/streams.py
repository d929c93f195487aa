"""All streams of a server and who watches them: places, fairness, and what is cleared away."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace

from engine.errors import EngineError, SettingError
from engine.server.engine_kind import EngineKind
from engine.server.negotiation import Flow, Offer
from engine.server.places import Report, StreamReport, Totals, find, not_there
from engine.server.settings import (
    CONNECTS_WITHIN_S,
    SILENT_S,
    VIEWERS_PER_STREAM,
    FullError,
    full,
)
from engine.server.stream import Stream
from engine.server.stream_engine import Wanted
from engine.server.viewer import Viewer

TICK_S = 1.0
GIVES_WAY_S = 2.0
"""Seconds of silence after which a stream gives its place to another that wants it."""


class Streams:
    """Belongs to the loop's thread. still_in: whether a caller's token has not been taken back."""

    def __init__(self, kind: EngineKind, most: int, still_in: Callable[[str], bool]) -> None:
        self._kind, self.most, self._still_in = kind, most, still_in
        self._streams: dict[str, Stream] = {}
        self._viewers: dict[str, Viewer] = {}
        self._ending: set[Stream] = set()
        self.totals = Totals()

    @property
    def all(self) -> Mapping[str, Stream]:
        """Those that flow, or are about to, by their names; the newest last."""
        return self._streams

    async def open(self, caller: str, flow: Flow, wanted: Wanted, offer: Offer) -> tuple[str, str]:
        self._make_room(caller)
        stream = Stream(_name(), caller, flow, wanted, self._kind, self._stream_ended)
        self._streams[stream.name] = stream
        try:
            said = await stream.open(offer)
        except BaseException:
            stream.end()
            raise
        self.totals.opened += 1
        return stream.name, said

    async def watch(self, caller: str, name: str | None, offer: Offer) -> tuple[str, str]:
        stream = find(self._streams.values(), caller, name)
        if len(self._viewers) >= VIEWERS_PER_STREAM * self.most:
            raise self.count_refusal(full(), "full")
        viewer = Viewer(_name(), caller, stream, self._viewer_ended)
        self._viewers[viewer.name] = viewer
        try:
            said = await viewer.open(offer)
        except BaseException:
            viewer.end()
            raise
        return viewer.name, said

    async def end(self, caller: str, flow: Flow, name: str) -> None:
        group: Mapping[str, Stream | Viewer] = self._viewers if flow is Flow.OUT else self._streams
        found = group.get(name)
        if found is None or found.caller != caller:
            raise not_there()
        found.end()

    async def report(self) -> Report:
        going = list(self._streams.values())
        totals = replace(
            self.totals,
            frames_in=self.totals.frames_in + sum(one.frames for one in going),
            frames_out=self.totals.frames_out + sum(one.outlet.results for one in going),
            refused=Counter(self.totals.refused),
        )
        viewers = tuple(one.caller for one in self._viewers.values())
        return Report(tuple(map(_report_of, going)), self.most, viewers, totals)

    async def until_free(self, name: str) -> None:
        """Until a stream has given its place back; its model is out of memory then."""
        stream = self._streams.get(name)
        while stream is not None and (name in self._streams or stream in self._ending):
            await asyncio.sleep(TICK_S / 4)

    async def run(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            self._tick()
            try:
                await asyncio.wait_for(stop.wait(), TICK_S)
            except TimeoutError:
                continue
        await self.end_all()

    async def end_all(self) -> None:
        """End every stream; what watches them ends, too."""
        going = [*self._streams.values(), *self._ending]
        viewers = list(self._viewers.values())
        for viewer in viewers:
            viewer.end()
        for stream in going:
            stream.end(_closing())
        await asyncio.gather(*(one.wait() for one in viewers), *(one.wait() for one in going))

    def count_refusal(self, error: FullError, reason: str) -> FullError:
        """Count a refusal; the error itself."""
        self.totals.refused[reason] += 1
        return error

    def _make_room(self, caller: str) -> None:
        """Raises FullError."""
        if len(self._streams) >= self.most:
            for stream in self._silent_ones(caller):
                stream.end(_gave_way())
                self._streams.pop(stream.name, None)
                self._ending.add(stream)
                break
        if len(self._streams) >= self.most or len(self._ending) > self.most:
            raise self.count_refusal(full(), "full")

    def _silent_ones(self, caller: str) -> list[Stream]:
        """Streams that bring nothing and may give way, the first to go first: the caller's own,
        such as the one before a broken line, and others' of those who hold more than one.
        """
        held = Counter(stream.caller for stream in self._streams.values())
        silent = [one for one in self._streams.values() if one.silent_for > GIVES_WAY_S]
        own = [one for one in silent if one.caller == caller]
        greedy = [one for one in silent if one.caller != caller and held[one.caller] > 1]
        return [*own, *greedy]

    def _tick(self) -> None:
        for stream in list(self._streams.values()):
            limit = SILENT_S if stream.last_frame is not None else CONNECTS_WITHIN_S
            if not self._still_in(stream.caller):
                stream.end(_taken_back())
            elif stream.silent_for > limit:
                stream.end(_silent())
            else:
                stream.outlet.repeat()
        for viewer in list(self._viewers.values()):
            late = time.monotonic() - viewer.began > CONNECTS_WITHIN_S and not viewer.connected
            if late or viewer.stream.ending or not self._still_in(viewer.caller):
                viewer.end()

    def _stream_ended(self, stream: Stream) -> None:
        self._streams.pop(stream.name, None)
        self._ending.add(stream)
        self.totals.frames_in += stream.frames
        self.totals.frames_out += stream.outlet.results
        asyncio.ensure_future(self._released(stream))  # noqa: RUF006 - it is in `_ending`

    async def _released(self, stream: Stream) -> None:
        """A place is free again once the model is out of memory."""
        await stream.engine.over.wait()
        self._ending.discard(stream)

    def _viewer_ended(self, viewer: Viewer) -> None:
        self._viewers.pop(viewer.name, None)


def _report_of(stream: Stream) -> StreamReport:
    engine = stream.engine
    return StreamReport(
        stream.name, stream.caller, stream.flow, stream.wanted, engine.size, engine.figures
    )


def _name() -> str:
    """Not to be guessed: whoever knows it can end the stream only with its token, though."""
    return secrets.token_hex(8)


def _silent() -> EngineError:
    return SettingError("No pictures have come for a while.", "Connect again.")


def _gave_way() -> EngineError:
    return SettingError("Another stream has taken the place of this one.", "Connect again.")


def _taken_back() -> EngineError:
    return SettingError("This device has been removed on the server.", "Pair it again.")


def _closing() -> EngineError:
    return SettingError("The server is being closed.", "Connect again later.")
