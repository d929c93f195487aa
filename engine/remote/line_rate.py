"""How many bits a second a line carries, as its receiver sees it; the sender is told by REMB.

In place of aiortc's own estimator, which takes a camera before a still wall for a narrow line, and
grows by 8 % a second at most.
"""

from __future__ import annotations

import math
from collections import deque

FIRST_BITS, MOST_BITS, LEAST_BITS = 2_000_000, 12_000_000, 150_000
"""Bits per second of a stream: at first, at most, and at least; in between the line decides."""

INTERVAL_MS, AT_ONCE_MS = 500, 200
"""Between two judgements: usually, and where the queue is very long."""
REMEMBERED_MS = 20_000
"""How long the quickest packet is remembered: a longer way is learnt after that, and clocks drift.
"""
FREE_MS, CONGESTED_MS, JAMMED_MS = 40.0, 80.0, 150.0
"""Milliseconds of a standing queue: below, there is room for more; above, there was too much, or
far too much.
"""
DRAINS = 0.85
"""Share of what has come through that is asked for, so that the queue empties."""
QUICKLY, SLOWLY = 1.25, 1.05
"""Growth in a second: where the line's width is not known, and around where it is."""
NEAR = 1.1
"""Up to this share of the known width, growth is slow; beyond, the line must have become wider."""
USED = 0.6
"""Share of the rate that must be used before it grows: whoever has little to say proves nothing."""

MOST_SENDERS = 4
"""That one line has, those of what is sent again included; a message holds not many more."""

_WRAP_BITS, _FRACTION_BITS = 24, 18
_WRAP = 1 << _WRAP_BITS


class LineRate:
    """Has the interface of aiortc's `RemoteBitrateEstimator`.

    Of packets that wait nowhere, some take the shortest time that the way ever takes. Where even
    the quickest of an interval took longer, a queue stands before the line (as CoDel judges, RFC
    8289); the bursts of single frames, and of a busy computer, do not count.
    """

    def __init__(self) -> None:
        self._bits = float(FIRST_BITS)
        self._width: float | None = None
        self._senders: dict[int, None] = {}
        self._began_ms: int | None = None
        self._bytes = 0
        self._quickest = math.inf
        self._floors: deque[tuple[int, float]] = deque(maxlen=REMEMBERED_MS // AT_ONCE_MS)
        self._sent = 0
        self._last_sent: int | None = None

    def add(
        self, arrival_time_ms: int, abs_send_time: int, payload_size: int, ssrc: int
    ) -> tuple[int, list[int]] | None:
        """Take a packet. abs_send_time: seconds, in 6.18 bits. At the end of an interval, the bits
        per second that are asked for, and of whom.
        """
        self._senders.pop(ssrc, None)
        self._senders[ssrc] = None
        if len(self._senders) > MOST_SENDERS:
            del self._senders[next(iter(self._senders))]
        way = arrival_time_ms - self._sent_ms(abs_send_time)
        since = 0 if self._began_ms is None else arrival_time_ms - self._began_ms
        judged = None
        if self._began_ms is None or not 0 <= since <= 2 * INTERVAL_MS:
            # neither a pause tells anything, nor a clock that is set
            self._begin(arrival_time_ms)
        elif since >= (AT_ONCE_MS if self._standing > JAMMED_MS else INTERVAL_MS):
            self._judge(arrival_time_ms, since / 1000.0)
            self._begin(arrival_time_ms)
            judged = round(self._bits), list(self._senders)
        self._bytes += payload_size
        self._quickest = min(self._quickest, way)
        return judged

    @property
    def _standing(self) -> float:
        """Milliseconds of queue that even the quickest packet of this interval has met."""
        return self._quickest - min((floor for _, floor in self._floors), default=math.inf)

    def _begin(self, now_ms: int) -> None:
        self._began_ms, self._bytes, self._quickest = now_ms, 0, math.inf

    def _judge(self, now_ms: int, seconds: float) -> None:
        self._floors.append((now_ms, self._quickest))
        while self._floors[0][0] < now_ms - REMEMBERED_MS:
            self._floors.popleft()
        standing = self._standing
        through = 8 * self._bytes / seconds
        if standing > CONGESTED_MS:
            self._width = through
            # again and again, until the queue is gone, as what was lost is sent twice; but not all
            # at once, as a computer that stalls for a moment looks the same
            least = self._bits / (4 if standing > JAMMED_MS else 2)
            self._bits = max(DRAINS * min(self._bits, through), least)
        elif standing < FREE_MS and through > USED * self._bits:
            near = self._width is not None and self._bits < NEAR * self._width
            self._bits *= (SLOWLY if near else QUICKLY) ** seconds
        self._bits = min(max(self._bits, LEAST_BITS), MOST_BITS)

    def _sent_ms(self, abs_send_time: int) -> float:
        """Milliseconds on the sender's clock, which wraps around every 64 s; packets may be late,
        as those sent again are.
        """
        last = abs_send_time if self._last_sent is None else self._last_sent
        ahead = (abs_send_time - last + _WRAP // 2) % _WRAP - _WRAP // 2
        self._sent, self._last_sent = self._sent + ahead, abs_send_time
        return 1000.0 * self._sent / (1 << _FRACTION_BITS)
