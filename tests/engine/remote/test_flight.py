"""Each result is bound to the frame that it was made from, or is none."""

from __future__ import annotations

import threading
from types import SimpleNamespace

import numpy as np
import pytest

from engine.errors import ModelError
from engine.frames import Frame
from engine.remote.stream import flight as flight_module
from engine.remote.stream.flight import MOST_PICTURES_LIVE, Flight
from engine.remote.wire import Record

RESULT = 5_000_000


def frame(number: int) -> Frame:
    return Frame(np.zeros((2, 2, 3), np.uint8), number, float(number))


def record(source: int) -> Record:
    return Record(RESULT + source, 1000 * source, 10.0, 20.0)


def sent(flight: Flight[str], count: int) -> None:
    for number in range(count):
        flight.left(1000 * number, flight.add(frame(number)))


def numbers(flight: Flight[str]) -> list[tuple[int, str]]:
    return [(result.sent.frame.number, result.picture) for result in flight.take()]


def test_a_picture_and_its_record_come_in_either_order() -> None:
    flight: Flight[str] = Flight(8)
    sent(flight, 2)
    assert not flight.picture(RESULT, "a")
    assert flight.records([record(0)])
    assert not flight.records([record(1)])
    assert flight.picture(RESULT + 1, "b")
    assert numbers(flight) == [(0, "a"), (1, "b")]


def test_a_picture_without_a_record_is_never_a_result() -> None:
    flight: Flight[str] = Flight()
    sent(flight, 3)
    for place in range(2 * MOST_PICTURES_LIVE):
        assert not flight.picture(77 + place, "placeholder")
    flight.records([record(2)])
    assert flight.picture(RESULT + 2, "c")
    assert numbers(flight) == [(2, "c")]


def test_live_the_newest_result_wins_and_the_others_are_counted() -> None:
    flight: Flight[str] = Flight()
    sent(flight, 6)
    for number in (1, 3, 4):
        flight.records([record(number)])
        flight.picture(RESULT + number, str(number))
    assert numbers(flight) == [(4, "4")]
    assert flight.dropped == 4


def test_records_that_are_repeated_or_late_change_nothing() -> None:
    flight: Flight[str] = Flight(8)
    sent(flight, 3)
    flight.records([record(1), record(0)])
    flight.picture(RESULT, "a")
    flight.picture(RESULT + 1, "b")
    flight.records([record(1), record(0)])
    assert not flight.picture(RESULT + 1, "again")
    assert numbers(flight) == [(0, "a"), (1, "b")]


def test_nothing_of_a_former_stream_becomes_a_result() -> None:
    flight: Flight[str] = Flight(8)
    sent(flight, 2)
    flight.picture(RESULT, "old")
    flight.forget()
    flight.records([record(0), record(1)])
    flight.picture(RESULT + 1, "old")
    assert numbers(flight) == []
    flight.left(9000, flight.add(frame(9)))
    flight.records([Record(1, 9000, 1.0, 2.0)])
    flight.picture(1, "new")
    assert numbers(flight) == [(9, "new")]
    assert flight.dropped == 0  # what was forgotten on purpose is not lost


def test_the_end_is_told_only_after_the_last_frame_has_left() -> None:
    flight: Flight[str] = Flight(8)
    sent(flight, 2)
    last = flight.add(frame(2))
    leaving = threading.Timer(0.1, lambda: flight.left(2000, last))
    leaving.start()
    flight.wait_until_sent(patience=30.0)
    assert flight.records([record(2)]) is False
    assert flight.picture(RESULT + 2, "c")
    leaving.join()


def test_what_is_missing_of_a_film_is_counted() -> None:
    flight: Flight[str] = Flight(8)
    sent(flight, 5)
    for number in (0, 2):
        flight.records([record(number)])
        flight.picture(RESULT + number, str(number))
    flight.end()
    flight.wait_for_end(quiet=0.01, patience=5.0)
    assert len(numbers(flight)) == 2
    flight.close()
    assert flight.dropped == 3


def test_the_way_is_what_the_engine_did_not_take() -> None:
    flight: Flight[str] = Flight(8)
    sent(flight, 1)
    flight.records([Record(RESULT, 0, 10.0, 1e6)])
    flight.picture(RESULT, "a")
    (result,) = flight.take()
    assert result.away == 0.0  # never negative, whatever the other clock says
    assert result.engine_seconds == 0.01


@pytest.mark.parametrize("pictures", [20, 100])
def test_records_whose_pictures_stay_away_are_no_results(
    monkeypatch: pytest.MonkeyPatch, pictures: int
) -> None:
    """Else the last picture would stand on air, while the engine says that all is well."""
    now = [10.0]
    monkeypatch.setattr(flight_module, "time", SimpleNamespace(monotonic=lambda: now[0]))
    flight: Flight[str] = Flight()
    stopped = []
    for number in range(100):
        now[0] += 0.04
        flight.left(1000 * number, flight.add(frame(number)))
        flight.records([record(number)])
        if number < pictures:
            flight.picture(RESULT + number, str(number))
        stopped.append(flight.stopped(1.6))
    assert stopped.index(True) == 20 + 41 if pictures < 100 else not any(stopped)


def test_a_film_waits_for_room_and_a_failure_ends_that() -> None:
    flight: Flight[str] = Flight(2)
    sent(flight, 2)
    failing = threading.Timer(0.05, lambda: flight.fail(ModelError("Gone.", "Wait.")))
    failing.start()
    flight.wait_for_room(patience=30.0)
    failing.join()
    assert str(flight.failure) == "Gone. Wait."


def test_a_film_goes_on_where_a_frame_is_lost() -> None:
    flight: Flight[str] = Flight(2)
    sent(flight, 2)
    flight.wait_for_room(patience=0.01)
    assert flight.failure is None
