"""Over a line that delays 40 ms, loses 2 % and holds 2 Mbit/s, each way."""

from __future__ import annotations

import statistics

import pytest

from engine.remote import rtc
from tests.engine.remote.conftest import Stage, number_in, paired
from tests.engine.remote.relay import QUEUE_S, Line, Relay
from tests.engine.remote.server import Server

BAD = Line(delay_s=0.04, loss=0.02, bits_per_s=2e6)


@pytest.mark.parametrize("codec", [rtc.H264, rtc.VP8])
def test_pictures_are_right_in_order_and_no_queue_grows(
    server: Server, monkeypatch: pytest.MonkeyPatch, codec: str
) -> None:
    prefer = rtc.prefer
    monkeypatch.setattr(rtc, "prefer", lambda transceiver, *_: prefer(transceiver, codec))
    paired(server.address)
    stage = Stage(server.address)
    with Relay(BAD) as relay:
        relay.between(monkeypatch)
        stage.start()
        stage.until(lambda: len(stage.sink.frames) >= 150, within=90.0)
        stage.end()
    numbers = [frame.number for frame in stage.sink.frames]
    assert numbers == sorted(set(numbers))
    right = [number_in(f.pixels) == f.number % 256 for f in stage.sink.frames]
    assert sum(right) >= 0.95 * len(right)  # a picture of a bad line may be smeared
    assert stage.sink.raw == 0
    before, after = stage.sink.delays[20:60], stage.sink.delays[-40:]
    assert statistics.median(after) < statistics.median(before) + 2 * QUEUE_S


def test_nearly_all_of_a_film_comes_back_in_order(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    paired(server.address)
    stage = Stage(server.address, count=120, live=False)
    with Relay(BAD) as relay:
        relay.between(monkeypatch)
        stage.start()
        assert stage.session.wait(90.0)
    numbers = [frame.number for frame in stage.sink.frames]
    stats = stage.session.stats()
    assert stats is not None
    assert numbers == sorted(set(numbers))
    assert len(numbers) >= 0.95 * 120
    assert stats.dropped == 120 - len(numbers)
