"""Over a line that delays 40 ms, loses 2 % and holds 2 Mbit/s, each way."""

from __future__ import annotations

import statistics

import pytest

from engine.frames import Size
from engine.remote import rtc
from tests.engine.remote.conftest import Stage, number_in, paired
from tests.engine.remote.line_trial import Stretch, try_line
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


def test_the_rate_rises_when_the_line_gets_better(server: Server) -> None:
    """For minutes: `python -m tests.benchmarks.bad_line`."""
    paired(server.address)
    stretches = [Stretch(7.0, 4e5), Stretch(60.0, 8e6, until_times=1.2)]
    line = Line(BAD.delay_s, BAD.loss)
    trial = try_line(
        server.address, line, stretches, size=Size(128, 128), fps=12.0, settles=3.0, window=3.0
    )
    narrow, wide = trial.stretches
    assert (trial.raw, trial.out_of_order) == (0, 0)
    assert wide.mbit_out > 1.2 * narrow.mbit_out
    assert wide.mbit_back > 1.2 * narrow.mbit_back
    # a queue that grows does not become shorter again; a busy computer is late for a while
    assert min(trial.medians_ms[-3:]) < trial.medians_ms[0] + 2000 * QUEUE_S


@pytest.mark.parametrize("seed", range(3, 9))
def test_nearly_all_of_a_film_comes_back_in_order(
    server: Server, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    paired(server.address)
    stage = Stage(server.address, count=120, live=False)
    with Relay(BAD, seed) as relay:
        relay.between(monkeypatch)
        stage.start()
        assert stage.session.wait(90.0)
    numbers = [frame.number for frame in stage.sink.frames]
    stats = stage.session.stats()
    assert stats is not None
    assert numbers == sorted(set(numbers))
    assert len(numbers) >= 0.95 * 120
    assert stats.dropped == 120 - len(numbers)
