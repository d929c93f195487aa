"""Frames on their way to another computer, and each result bound to the frame it was made from.

A result is a picture and its record; they come by separate ways, in either order. A picture that
never gets a record is never shown: it may be a placeholder.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from engine.errors import EngineError
from engine.frames import Frame
from engine.remote.stream.flow import Flow
from engine.remote.wire import Record

P = TypeVar("P")

MOST_KEPT = 256
"""Records, and frames, that are remembered."""
MOST_PICTURES_LIVE, MOST_PICTURES_PACED = 4, 64
"""Pictures that may wait for their records."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A frame that was submitted. order: from 0. at: `time.monotonic()` seconds."""

    frame: Frame
    order: int
    at: float


@dataclass(frozen=True, slots=True)
class Result(Generic[P]):
    """A picture, the frame that it was made from, and the seconds that the line took, both ways."""

    sent: Sent
    picture: P
    away: float
    engine_seconds: float


class Flight(Generic[P]):
    """Any thread may use it. P: what a decoded picture is.

    most: frames of a paced stream that may be unanswered; none is skipped in it. None: a live one,
    in which the newest wins.
    """

    def __init__(self, most: int | None = None) -> None:
        self._most = most
        self._changed = threading.Condition()
        self._flow = Flow()
        self._by_time: OrderedDict[int, Sent] = OrderedDict()
        self._records: OrderedDict[int, Record] = OrderedDict()
        self._pictures: deque[tuple[int, P, float]] = deque(
            maxlen=MOST_PICTURES_LIVE if most is None else MOST_PICTURES_PACED
        )
        self._results: list[Result[P]] = []
        self._next = 0
        self._first = 0
        self._matched = self._taken = self._left = -1
        self._owed_since: float | None = None
        self._over = False
        self.dropped = 0
        self.failure: EngineError | None = None

    @property
    def gathered(self) -> int:
        """Frames of the present stream that were submitted."""
        return self._next - self._first

    @property
    def begun(self) -> bool:
        """Whether there has been a result of the present stream."""
        return self._matched >= self._first

    def add(self, frame: Frame) -> Sent:
        """A frame sets out."""
        with self._changed:
            sent = Sent(frame, self._next, time.monotonic())
            self._next += 1
            self._flow.sent(sent.order, sent.at)
            return sent

    def left(self, rtp_time: int, sent: Sent) -> None:
        """It was sent, with this RTP timestamp."""
        with self._changed:
            self._left = max(self._left, sent.order)
            self._changed.notify_all()
            if sent.order >= self._first:
                self._by_time[rtp_time] = sent
                _trim(self._by_time)

    def records(self, records: Sequence[Record]) -> bool:
        """Records have come; whether that gives results."""
        with self._changed:
            for record in reversed(records):
                source = self._by_time.get(record.source)
                if source is not None:  # else of a former stream, or told before
                    self._records[record.result] = record
                    now = time.monotonic()
                    self._flow.answered(source.order, now)
                    if self._owed_since is None and source.order > self._matched:
                        self._owed_since = now
            self._changed.notify_all()
            _trim(self._records)
            return self._match()

    def picture(self, rtp_time: int, picture: P) -> bool:
        """A picture has come; whether that gives results."""
        with self._changed:
            self._pictures.append((rtp_time, picture, time.monotonic()))
            return self._match()

    def take(self) -> Sequence[Result[P]]:
        """The results that were not taken yet, in the order of their frames."""
        with self._changed:
            results, self._results = self._results, []
            for result in results:
                self._settle(result.sent.order)
            return results

    def forget(self) -> None:
        """Nothing that is on its way counts any more; a new stream begins."""
        with self._changed:
            self._first = self._next
            self._taken = self._next - 1
            self._by_time.clear()
            self._pictures.clear()
            self._results.clear()
            self._owed_since = None
            self._flow.forget()

    def fail(self, error: EngineError) -> None:
        """Nothing more comes, for this reason; the first one stays."""
        with self._changed:
            self.failure = self.failure or error
            self._changed.notify_all()

    def end(self) -> None:
        """The other end has sent its last result."""
        with self._changed:
            self._over = True
            self._changed.notify_all()

    def seconds_until_room(self) -> float:
        """Until the next live frame had better set out; earlier it would only wait on its way."""
        with self._changed:
            return self._flow.seconds_until_room(time.monotonic())

    def stopped(self, seconds: float) -> bool:
        """Whether results have come and then stopped for so long; see `Flow.stopped`. Records
        whose pictures stay away are none.
        """
        with self._changed:
            now = time.monotonic()
            if self.begun and self._owed_since is not None:
                patience = max(seconds, 4 * self._flow.between_answers)
                if now - self._owed_since > patience:
                    return True
            return self._flow.stopped(now, seconds)

    def wait_for_room(self, patience: float) -> None:
        """Wait until one more frame of a paced stream may set out. Where nothing comes for
        `patience` seconds, or eight of the usual intervals, the oldest one counts as lost.
        """
        assert self._most is not None
        with self._changed:
            while self._flow.waiting >= self._most and self.failure is None:
                if not self._changed.wait(max(patience, 8 * self._flow.between_answers)):
                    self._flow.give_up_oldest()

    def wait_until_sent(self, patience: float) -> None:
        """Wait until the last frame has left, as long as frames do: one more every `patience`
        seconds at least.
        """
        with self._changed:
            while self._left < self._next - 1 and self.failure is None:
                if not self._changed.wait(patience):
                    break

    def wait_for_end(self, quiet: float, patience: float) -> None:
        """Wait for the last results: until all are there, or none has come for `quiet` seconds
        after the other end has sent its last, or for `patience` seconds before that.
        """
        with self._changed:
            since, seen = time.monotonic(), (self._matched, self._over)
            while self._matched < self._next - 1 and self.failure is None:
                if (self._matched, self._over) != seen:
                    since, seen = time.monotonic(), (self._matched, self._over)
                left = since + (quiet if self._over else patience) - time.monotonic()
                if left <= 0.0:
                    break
                self._changed.wait(left)

    def close(self) -> None:
        """What has no result by now will have none."""
        with self._changed:
            self._settle(self._next)

    def _settle(self, order: int) -> None:
        """Those between the last result and this one have none."""
        self.dropped += max(0, order - self._taken - 1)
        self._taken = max(self._taken, order)

    def _match(self) -> bool:
        """Bind pictures to their frames; a picture before one that is bound waits no longer."""
        found = False
        while (place := self._first_known()) is not None:
            for _ in range(place):
                self._pictures.popleft()
            rtp_time, picture, came = self._pictures.popleft()
            found |= self._bind(self._records.pop(rtp_time), picture, came)
        if found:
            self._changed.notify_all()
        return found

    def _first_known(self) -> int | None:
        """The place of the first picture whose record is there."""
        known = (i for i, (rtp_time, *_) in enumerate(self._pictures) if rtp_time in self._records)
        return next(known, None)

    def _bind(self, record: Record, picture: P, came: float) -> bool:
        sent = self._by_time.get(record.source)
        if sent is None:  # a later one has been bound
            return False
        self._by_time = OrderedDict(
            (at, one) for at, one in self._by_time.items() if one.order > sent.order
        )
        self._matched, self._owed_since = sent.order, None
        away = max(0.0, came - sent.at - record.server_ms / 1000.0)
        result = Result(sent, picture, away, record.engine_ms / 1000.0)
        self._results = [result] if self._most is None else [*self._results, result]
        return True


def _trim(kept: OrderedDict[int, Any]) -> None:
    while len(kept) > MOST_KEPT:
        kept.popitem(last=False)
