"""Builds the parameters that PipeWire's streams negotiate with.

The layout is SPA's plain old data: a size and a type, each 32 bits in the machine's own order, then
the value, padded to 8 bytes. Source: https://docs.pipewire.org/page_spa_pod.html
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

from engine.frames import Size

_ID, _INTEGER, _RECTANGLE, _FRACTION, _ARRAY, _OBJECT, _CHOICE = 3, 4, 10, 11, 13, 15, 19
_RANGE = 1

Property = tuple[int, bytes]
"""A key and its value, built by one of the functions here."""


def identifier(number: int) -> bytes:
    """One of PipeWire's enumerations."""
    return _pod(_ID, struct.pack("=I", number))


def identifiers(numbers: Sequence[int]) -> bytes:
    """An array of enumerated values, such as the positions of audio channels."""
    return _pod(_ARRAY, struct.pack(f"=II{len(numbers)}I", 4, _ID, *numbers))


def integer(number: int) -> bytes:
    """A signed integer of 32 bits."""
    return _pod(_INTEGER, struct.pack("=i", number))


def integer_range(usual: int, least: int, most: int) -> bytes:
    """Any integer within these bounds."""
    return _pod(_CHOICE, struct.pack("=IIIIiii", _RANGE, 0, 4, _INTEGER, usual, least, most))


def rectangle(size: Size) -> bytes:
    """The size of a picture."""
    return _pod(_RECTANGLE, struct.pack("=II", size.width, size.height))


def fraction(numerator: int, denominator: int) -> bytes:
    """A rate."""
    return _pod(_FRACTION, struct.pack("=II", numerator, denominator))


def build_object(kind: int, parameter: int, properties: Sequence[Property]) -> bytes:
    """An object of this type, for this parameter."""
    body = b"".join(struct.pack("=II", key, 0) + value for key, value in properties)
    return _pod(_OBJECT, struct.pack("=II", kind, parameter) + body)


def _pod(kind: int, value: bytes) -> bytes:
    return struct.pack("=II", len(value), kind) + value + bytes(-len(value) % 8)
