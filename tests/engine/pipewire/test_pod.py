"""The bytes of parameters, against what the headers of PipeWire's SPA build for the same values."""

from __future__ import annotations

import struct

from engine.frames import Size
from engine.pipewire.pod import (
    build_object,
    fraction,
    identifier,
    identifiers,
    integer,
    integer_range,
    rectangle,
)


def test_every_value_is_padded_to_eight_bytes() -> None:
    for value in (identifier(4), integer(-1), rectangle(Size(640, 480)), fraction(30, 1),
                  identifiers([3, 4, 5]), integer_range(4, 2, 8)):  # fmt: skip
        assert len(value) % 8 == 0


def test_a_number_is_size_type_value_and_padding() -> None:
    assert integer(7) == struct.pack("=IIiI", 4, 4, 7, 0)
    assert identifier(4) == struct.pack("=IIII", 4, 3, 4, 0)


def test_a_size_and_a_rate_are_two_numbers() -> None:
    assert rectangle(Size(640, 480)) == struct.pack("=IIII", 8, 10, 640, 480)
    assert fraction(30_000, 1001) == struct.pack("=IIII", 8, 11, 30_000, 1001)


def test_a_range_is_a_choice_with_the_usual_value_first() -> None:
    assert integer_range(4, 2, 8) == struct.pack("=II IIII iii I", 28, 19, 1, 0, 4, 4, 4, 2, 8, 0)


def test_an_array_tells_the_size_and_type_of_its_items() -> None:
    assert identifiers([2]) == struct.pack("=II II I I", 12, 13, 4, 3, 2, 0)


def test_an_object_lists_its_properties_after_its_type() -> None:
    built = build_object(0x40003, 3, [(1, identifier(2)), (2, identifier(1))])
    assert built[:16] == struct.pack("=IIII", 8 + 2 * 24, 15, 0x40003, 3)
    assert built[16:24] == struct.pack("=II", 1, 0)
    assert built[24:40] == identifier(2)
