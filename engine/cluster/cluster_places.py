"""All replicas of a cluster as places for streams. Which replica takes a stream, whether one is
well and how many there are is Ray Serve's to decide.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from ray.exceptions import RayError
from ray.serve.exceptions import RayServeException

from engine.cluster.replica import Opened, ReplicaReport
from engine.errors import EngineError
from engine.server.negotiation import Flow, Offer
from engine.server.places import Report, Totals, find, not_there
from engine.server.settings import FullError, full
from engine.server.stream_engine import Wanted

logger = logging.getLogger(__name__)

PLACED_WITHIN_S = 6.0
"""Seconds that a stream may wait for a free place; the peers' own patience is ten."""
AGAIN_AFTER_S = 0.25
ANSWERED_WITHIN_S = 5.0
ON_ITS_WAY_S = PLACED_WITHIN_S + ANSWERED_WITHIN_S
"""Seconds after which a request has been answered, or never will be."""

TICK_S = 1.0

_BROKEN = (RayError, RayServeException, TimeoutError)
"""A replica has died, has no place, or does not answer."""


class ClusterPlaces:
    """handle: of the replicas' deployment. most: streams on each. still_in: whether a caller has a
    good token.
    """

    def __init__(self, handle: Any, most: int, still_in: Callable[[str], bool]) -> None:
        self._handle, self._most, self._still_in = handle, most, still_in
        self.totals = Totals()
        self._streams: dict[str, tuple[str, Any]] = {}
        self._following: set[asyncio.Task[None]] = set()
        self._seen: dict[str, Totals] = {}
        self._report, self._reported_at = Report((), 0, (), Totals()), 0.0
        self._asking = asyncio.Lock()
        self._asked: dict[str, float] = {}
        self._all_known = False

    async def open(self, caller: str, flow: Flow, wanted: Wanted, offer: Offer) -> tuple[str, str]:
        self._asked[caller] = time.monotonic()
        until = time.monotonic() + PLACED_WITHIN_S
        while True:
            try:
                return await self._open(until, caller, flow, wanted, offer)
            except FullError:
                if time.monotonic() + AGAIN_AFTER_S > until:
                    self.totals.refused["full"] += 1
                    raise
                await asyncio.sleep(AGAIN_AFTER_S)

    async def _open(self, until: float, caller: str, *request: object) -> tuple[str, str]:
        """Serve chooses a replica, the less busy of two; raises FullError where that is full."""
        flowing = self._handle.options(stream=True).open.remote(caller, *request)
        try:
            opened = _opened(await asyncio.wait_for(anext(flowing), until - time.monotonic()))
        except BaseException as error:
            flowing.cancel()
            if not isinstance(error, _BROKEN):
                raise
            logger.info("no place for a stream: %s", type(error).__name__)
            raise full() from error
        self._streams[opened.name] = caller, flowing
        task = asyncio.create_task(self._follow(opened.name, flowing))
        self._following.add(task)
        task.add_done_callback(self._following.discard)
        return opened.name, opened.answer

    async def watch(self, caller: str, name: str | None, offer: Offer) -> tuple[str, str]:
        self._asked[caller] = time.monotonic()
        report = await self._ask_for_report()
        stream = find(report.streams, caller, name)
        said = await self._ask_all("watch", caller, stream.name, offer)
        found = next((one for one in said if one is not None), None)
        if found is None:
            raise not_there()
        opened = _opened(found)
        return opened.name, opened.answer

    async def end(self, caller: str, flow: Flow, name: str) -> None:
        owner, flowing = self._streams.get(name, (None, None))
        if flowing is not None and owner == caller and flow is not Flow.OUT:
            flowing.cancel()
        elif not any(await self._ask_all("end", caller, flow, name)):
            raise not_there()

    async def report(self) -> Report:
        async with self._asking:
            if time.monotonic() - self._reported_at > TICK_S:
                await self._ask_for_report()
            return self._report

    async def run(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            try:
                await self._take_back()
            except Exception:  # another try follows; without any, no token could be taken back
                logger.exception("the replicas could not be told whose token was taken back")
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), TICK_S)
        for task in self._following:
            task.cancel()

    async def _take_back(self) -> None:
        """Tell the replicas whose token is no longer good, for as long as a request of theirs may
        still be on its way.
        """
        if not self._all_known:  # streams may be older than this ingress
            report = await self.report()
            callers = (*(one.caller for one in report.streams), *report.viewers)
            self._asked |= dict.fromkeys(callers, time.monotonic())
            self._all_known = report.most > 0
        gone = frozenset(one for one in self._asked if not self._still_in(one))
        if gone:
            await self._ask_all("forget", gone)
        long_ago = time.monotonic() - ON_ITS_WAY_S
        for caller in gone:
            if self._asked[caller] < long_ago:
                del self._asked[caller]

    async def _follow(self, name: str, flowing: Any) -> None:
        """A stream's request ends with it, or with its replica."""
        try:
            async for _ in flowing:
                pass
        except _BROKEN as error:
            logger.info("a stream has lost its replica: %s", type(error).__name__)
        finally:
            self._streams.pop(name, None)

    async def _ask_all(self, method: str, *words: object) -> Sequence[Any]:
        """What every replica says; those that cannot are left out."""
        response = self._handle.broadcast(method, *words)
        found = await response.results_async(timeout_s=ANSWERED_WITHIN_S, return_exceptions=True)
        return [one for one in found if not isinstance(one, BaseException) or _is_ours(one)]

    async def _ask_for_report(self) -> Report:
        said: Sequence[ReplicaReport] = await self._ask_all("report")
        self._seen |= {one.identity: one.report.totals for one in said}
        self._report = Report(
            tuple(stream for one in said for stream in one.report.streams),
            self._most * len(said),
            tuple(viewer for one in said for viewer in one.report.viewers),
            _sum_of(self.totals, list(self._seen.values())),
        )
        self._reported_at = time.monotonic()
        return self._report


def _is_ours(error: BaseException) -> bool:
    return isinstance(error, EngineError) and not isinstance(error, RayError)


def _opened(said: Opened | EngineError) -> Opened:
    if isinstance(said, EngineError):
        raise said
    return said


def _sum_of(own: Totals, replicas: Sequence[Totals]) -> Totals:
    """Of all replicas, also those that are no more: a counter never falls. What one of them has
    refused another may have taken.
    """
    return Totals(
        sum(one.opened for one in replicas),
        sum(one.frames_in for one in replicas),
        sum(one.frames_out for one in replicas),
        Counter(own.refused),
    )
