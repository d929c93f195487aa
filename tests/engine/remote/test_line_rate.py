"""The rate follows the line: a line, its queue and a sender that does as it is told, reckoned."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from engine.remote.line_rate import FIRST_BITS, LEAST_BITS, MOST_BITS, MOST_SENDERS, LineRate

PACKET = 1200
FPS = 25.0


@dataclass
class World:
    """Milliseconds from the beginning; frames are sent in bursts, as encoders do.

    demand: bits per second that the sender has something to say with. stalls_ms: how long the
    receiver's computer does nothing, once a second.
    """

    width: float = 2e6
    demand: float = 1e9
    delay_ms: float = 40.0
    queue_ms: float = 300.0
    stalls_ms: float = 0.0
    lossy: int = 0

    def __post_init__(self) -> None:
        self.rate = LineRate()
        self.told = float(FIRST_BITS)
        self.now_ms = 7_000.0
        self.free_ms = 0.0
        self.waits: list[float] = []
        self.count = 0

    def run(self, seconds: float) -> list[float]:
        """The rate that the sender was told, once a frame."""
        end, rates = self.now_ms + 1000.0 * seconds, []
        while self.now_ms < end:
            self._frame(min(self.told, self.demand) / FPS)
            rates.append(self.told)
            self.now_ms += 1000.0 / FPS
        return rates

    def _frame(self, bits: float) -> None:
        for _ in range(max(1, round(bits / 8 / PACKET))):
            self.count += 1
            wait = max(0.0, self.free_ms - self.now_ms)
            if wait > self.queue_ms or (self.lossy and self.count % self.lossy == 0):
                continue
            self.waits.append(wait)
            self.free_ms = self.now_ms + wait + 8000.0 * PACKET / self.width
            self._arrive(self.free_ms + self.delay_ms)

    def _arrive(self, at_ms: float) -> None:
        into = at_ms % 1000.0
        at_ms += max(0.0, self.stalls_ms - into)
        sent = round(self.now_ms / 1000.0 * (1 << 18)) % (1 << 24)
        said = self.rate.add(
            arrival_time_ms=int(at_ms), abs_send_time=sent, payload_size=PACKET, ssrc=5
        )
        if said is not None:
            bits, senders = said
            assert senders == [5]
            self.told = float(bits)


def mean(values: list[float]) -> float:
    return sum(values) / len(values)


@pytest.mark.parametrize(("width", "seconds"), [(0.4e6, 300.0), (2e6, 300.0), (6e6, 60.0)])
@pytest.mark.parametrize("lossy", [0, 50])
def test_a_line_is_filled_and_no_queue_stands(width: float, seconds: float, lossy: int) -> None:
    world = World(width=width, lossy=lossy)
    world.run(10.0)
    world.waits.clear()
    rates = world.run(seconds)  # the sender's clock wraps meanwhile
    assert 0.75 * width < mean(rates) < 1.05 * width
    assert mean(world.waits) < 80.0
    assert mean(world.waits[-len(world.waits) // 5 :]) < 100.0


def test_the_rate_rises_where_the_line_gets_better_and_falls_where_it_gets_worse() -> None:
    world = World(width=2e6)
    world.run(20.0)
    world.width = 8e6
    assert world.run(15.0)[-1] > 6e6
    world.width = 1e6
    assert world.run(5.0)[-1] < 1.1e6
    world.waits.clear()
    world.run(20.0)
    assert mean(world.waits) < 80.0


def test_a_still_picture_does_not_narrow_the_line() -> None:
    world = World(width=6e6, demand=0.2e6)
    assert set(world.run(60.0)) == {float(FIRST_BITS)}
    world.demand = 1e9
    assert world.run(10.0)[-1] > 4e6


def test_a_computer_that_stalls_does_not_narrow_the_line() -> None:
    world = World(width=8e6, stalls_ms=150.0)
    assert mean(world.run(60.0)[-500:]) > 5e6


def test_a_longer_way_is_learnt() -> None:
    world = World(width=4e6)
    world.run(30.0)
    world.delay_ms = 140.0
    world.run(30.0)
    assert mean(world.run(30.0)) > 2.5e6


def test_the_rate_keeps_its_bounds() -> None:
    assert World(width=1e8).run(10.0)[-1] == MOST_BITS
    assert World(width=5e4).run(30.0)[-1] == LEAST_BITS


def test_a_pause_tells_nothing() -> None:
    world = World(width=2e6)
    world.run(20.0)
    before = world.told
    world.now_ms += 20_000.0
    world.run(0.4)
    assert world.told == pytest.approx(before)


@pytest.mark.parametrize("step_ms", [-3_600_000.0, 3_600_000.0, -90.0])
def test_a_receiver_whose_clock_is_set_goes_on(step_ms: float) -> None:
    world = World(width=2e6)
    world.run(20.0)
    world.delay_ms += step_ms
    assert 1.4e6 < mean(world.run(60.0)[-500:]) < 2.1e6


def test_a_stranger_with_many_names_is_told_of_few() -> None:
    rate = LineRate()
    said = [
        rate.add(arrival_time_ms=10 * number, abs_send_time=0, payload_size=9, ssrc=number)
        for number in range(1000)
    ]
    assert max(len(told[1]) for told in said if told is not None) == MOST_SENDERS
