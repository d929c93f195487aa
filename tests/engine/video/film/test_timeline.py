from dataclasses import dataclass
from fractions import Fraction
from typing import cast

import pytest
from av.packet import Packet
from av.stream import Stream

from engine.video.film.timeline import Timeline


@dataclass
class Stamp:
    """As much of a packet as a timeline sees."""

    stream_index: int
    dts: int | None
    pts: int | None
    duration: int = 100
    time_base: Fraction = Fraction(1, 1000)


def placed(timeline: Timeline, *stamps: tuple[int, int | None]) -> list[int | None]:
    """The times of packets (stream, milliseconds) on the timeline."""
    found = []
    for stream, at in stamps:
        stamp = Stamp(stream, at, at)
        timeline.place(cast("Packet[Stream]", stamp))
        found.append(stamp.pts)
    return found


def test_a_clock_that_runs_well_is_left_alone() -> None:
    assert placed(Timeline(closes_gaps=True), (0, 0), (1, 5), (0, 100), (1, 105)) == [
        0,
        5,
        100,
        105,
    ]


def test_a_jump_back_goes_on_where_the_film_was_for_all_streams_alike() -> None:
    times = placed(Timeline(closes_gaps=True), (0, 5000), (1, 5010), (0, 0), (1, 10), (0, 100))
    assert times == [5000, 5010, 5110, 5120, 5210]


def test_a_late_packet_of_the_old_clock_keeps_its_place() -> None:
    times = placed(Timeline(closes_gaps=True), (0, 5000), (1, 4900), (0, 0), (1, 5000), (1, 10))
    assert times == [5000, 4900, 5100, 5000, 5110]


@pytest.mark.parametrize(("closes", "expected"), [(True, 200), (False, 90_000)])
def test_a_leap_forward_is_closed_only_where_the_clock_is_a_senders(
    closes: bool, expected: int
) -> None:
    assert placed(Timeline(closes_gaps=closes), (0, 0), (0, 100), (0, 90_000))[-1] == expected


def test_a_gap_of_one_stream_is_a_gap() -> None:
    times = placed(
        Timeline(closes_gaps=True), (0, 0), *((1, at) for at in range(0, 20_000, 100)), (0, 20_000)
    )
    assert times[-1] == 20_000


def test_a_single_wrong_stamp_does_not_move_the_rest() -> None:
    times = placed(Timeline(closes_gaps=True), (0, 5000), (0, 5100), (0, 7), (0, 5300), (0, 5400))
    assert times[-2:] == [5300, 5400]


def test_slow_pictures_are_no_leaps() -> None:
    every_15_s = [(0, at) for at in range(0, 75_000, 15_000)]
    placed_at = placed(Timeline(closes_gaps=False), *every_15_s)
    assert placed_at == [at for _, at in every_15_s]


def test_what_has_no_time_of_decoding_goes_with_its_stream() -> None:
    timeline = Timeline(closes_gaps=True)
    early = Stamp(0, None, 133)
    timeline.place(cast("Packet[Stream]", early))
    assert early.pts == 133
    assert placed(timeline, (0, 0), (0, 33)) == [0, 33]
