"""The 32 bits of the invisible mark: which program made the picture, and its version.

Nothing in them names a person or an installation.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from packaging.version import InvalidVersion, Version

from engine.paths import app_version

BYTES = 4
PROGRAM = b"L2"
"""The first half: this program's mark, the same in all versions."""
_MOST_MAJOR, _MOST_MINOR, _MOST_PATCH = 15, 63, 63


@dataclass(frozen=True, slots=True)
class Payload:
    """A version of this program. major: 0..15, minor and patch: 0..63."""

    major: int
    minor: int
    patch: int

    @staticmethod
    def of_version(text: str) -> Payload:
        """The payload of a version such as "1.2.3"; what exceeds the bits becomes the largest."""
        try:
            release = (*Version(text).release, 0, 0, 0)
        except InvalidVersion:
            release = (0, 0, 0)
        major, minor, patch = release[:3]
        return Payload(min(major, _MOST_MAJOR), min(minor, _MOST_MINOR), min(patch, _MOST_PATCH))

    @staticmethod
    def of_bytes(data: bytes) -> Payload:
        """The inverse of `to_bytes`. data: the last two bytes, or all four."""
        number = int.from_bytes(data[-2:], "big")
        return Payload(number >> 12, number >> 6 & _MOST_MINOR, number & _MOST_PATCH)

    def to_bytes(self) -> bytes:
        """(4 bytes): the program's mark, then the version."""
        number = self.major << 12 | self.minor << 6 | self.patch
        return PROGRAM + number.to_bytes(2, "big")

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"


@cache
def this_version() -> Payload:
    """The payload of the program that is running."""
    return Payload.of_version(app_version())
