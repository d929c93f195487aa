"""Pairing by a short code: whoever knows it within its time is given a token, once."""

from __future__ import annotations

import hmac
import secrets
import threading
import time
from collections.abc import Callable

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0, 1, I, L and O, which are read for one another."""
HALF = 4
LASTS_S = 300.0
MOST_TRIES = 5


class Pairing:
    """At most one code at a time, such as K7QM-3XWP: 40 bits, for a few minutes and a few tries.

    lasts_s: seconds until a code expires; None for one that holds until it is used or taken back.
    Any thread may use it.
    """

    def __init__(
        self,
        *,
        lasts_s: float | None = LASTS_S,
        tries: int = MOST_TRIES,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._lasts_s, self._tries, self._clock = lasts_s, tries, clock
        self._guard = threading.Lock()
        self._code: str | None = None
        self._until = 0.0
        self._left = 0

    @property
    def code(self) -> str | None:
        """The code that can be used now; None where there is none any more."""
        with self._guard:
            return self._code if self._valid() else None

    def begin(self) -> str:
        """Make a new code in place of any former one."""
        halves = ("".join(secrets.choice(ALPHABET) for _ in range(HALF)) for _ in range(2))
        with self._guard:
            self._code, self._left = "-".join(halves), self._tries
            self._until = self._clock() + (self._lasts_s or 0.0)
            return self._code

    def end(self) -> None:
        """Take the code back."""
        with self._guard:
            self._code = None

    def redeem(self, given: str) -> bool:
        """Whether this is the code; right or, at last, too often wrong, it is used up."""
        with self._guard:
            if not self._valid() or self._code is None:
                return False
            right = hmac.compare_digest(_plain(given), _plain(self._code))
            self._left -= 1
            if right or self._left <= 0:
                self._code = None
            return right

    def _valid(self) -> bool:
        in_time = self._lasts_s is None or self._clock() < self._until
        return self._code is not None and in_time


def _plain(code: str) -> bytes:
    """As it is compared: people may leave out the hyphen, or write small letters."""
    return code.strip().replace("-", "").upper().encode("utf-8", "replace")
