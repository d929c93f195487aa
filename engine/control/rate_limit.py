"""How often something may happen: a bucket of tokens that fills steadily."""

from __future__ import annotations

import time
from collections.abc import Callable


class RateLimit:
    """Allows `per_second` on average, and `burst` at once. One thread uses it."""

    def __init__(
        self, per_second: float, burst: float, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._per_second, self._burst, self._clock = per_second, burst, clock
        self._left, self._since = burst, clock()

    def allows(self) -> bool:
        """Whether one more may happen now; it is counted if so."""
        now = self._clock()
        self._left = min(self._burst, self._left + (now - self._since) * self._per_second)
        self._since = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
