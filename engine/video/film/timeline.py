"""One clock for all streams of a file, also where the file's own clock jumps."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from av.packet import Packet
from av.stream import Stream

BACKWARDS = Fraction(1, 10)
"""Seconds. Time stamps of one stream's packets in the order of decoding never fall; rounding and
careless muxers may let them by less than this."""
GAP = Fraction(10)
"""Seconds, as in FFmpeg's own program: a longer leap of all streams of a broadcast is a new clock.
In other containers a gap is a gap."""
_RETURN = Fraction(1)
"""Seconds. A stream that comes so close to where its former clock stood has gone back to it: a
single packet had a damaged time stamp, or was late."""


@dataclass(slots=True)
class _Lane:
    """Where one stream stands. epoch: whose offset it has; seen: its last raw time by epoch.
    step: the time between its last two packets.
    """

    epoch: int = 0
    step: Fraction = Fraction(0)
    seen: dict[int, Fraction] = field(default_factory=dict)


class Timeline:
    """Moves the time stamps of a file's packets onto one clock that only goes forward.

    Joined recordings and streams of a restarted camera begin anew in the middle: from there on
    every stream is moved by the same amount, so that pictures and sound stay together. The same
    packets always give the same times, so several readers of one file agree. closes_gaps: leaps
    forward are closed as well, as is right where time stamps are a sender's clock.
    """

    def __init__(self, *, closes_gaps: bool) -> None:
        self._closes_gaps = closes_gaps
        self._offsets = [Fraction(0)]
        self._lanes: dict[int, _Lane] = {}
        self._end: Fraction | None = None

    def place(self, packet: Packet[Stream]) -> None:
        """Change the packet's time stamps. One that only says when it is shown, out of order, goes
        with its stream; one without any time stays as it is.
        """
        unit = packet.time_base
        if not unit:
            return
        lane = self._lanes.setdefault(packet.stream_index, _Lane())
        if packet.dts is not None:
            self._advance(lane, packet.dts * unit, (packet.duration or 0) * unit)
        _move(packet, round(self._offsets[lane.epoch] / unit))

    def _advance(self, lane: _Lane, raw: Fraction, duration: Fraction) -> None:
        self._follow(lane, raw)
        lane.step = abs(raw - lane.seen.get(lane.epoch, raw))
        lane.seen[lane.epoch] = raw
        end = raw + self._offsets[lane.epoch] + duration
        self._end = end if self._end is None else max(self._end, end)

    def _follow(self, lane: _Lane, raw: Fraction) -> None:
        """Find the epoch that a packet belongs to."""
        before = lane.seen.get(lane.epoch)
        if before is None or self._end is None:
            return
        former = lane.seen.get(lane.epoch - 1)
        if former is not None and 0 <= raw - former < _RETURN < abs(raw - before):
            self._go_back(lane)
            return
        if raw >= before - BACKWARDS and not self._leaps(lane, raw, before):
            return
        lane.epoch += 1
        if lane.epoch == len(self._offsets):
            self._offsets.append(self._end - raw)

    def _leaps(self, lane: _Lane, raw: Fraction, before: Fraction) -> bool:
        """Whether a packet comes so late that its sender must have set the clock."""
        assert self._end is not None
        late = raw + self._offsets[lane.epoch] > self._end + GAP
        return self._closes_gaps and late and raw - before > 2 * lane.step

    def _go_back(self, lane: _Lane) -> None:
        """Return to the epoch before; the present one is forgotten if nobody else has it."""
        lane.seen.pop(lane.epoch)
        lane.epoch -= 1
        newest = len(self._offsets) - 1
        if newest > lane.epoch and not any(newest in other.seen for other in self._lanes.values()):
            self._offsets.pop()


def _move(packet: Packet[Stream], ticks: int) -> None:
    if not ticks:
        return
    if packet.pts is not None:
        packet.pts += ticks
    if packet.dts is not None:
        packet.dts += ticks
