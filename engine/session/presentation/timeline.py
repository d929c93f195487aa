"""Which picture is due at a moment, where a slow model's results are shown at a steady rate.

What is shown at a moment is what the camera saw `delay` seconds before. A picture between two
results can only be made once the later one is there, so the delay is that of a result when it
comes, and the time between two of them on top; it follows what was measured lately, gently, by
letting time pass a little slower or faster. Nothing here waits or knows pictures.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace

import numpy as np

from engine.frames import StyledFrame

SLOW, QUICK = 1.2, 1.1
"""Intervals between results, in intervals of the steady rate, above which interpolating begins and
below which it ends: a model that keeps up needs none, and gets no delay."""

LONGEST_GAP = 0.25
"""Seconds. Over longer ones it would be a guess, and the delay too long."""

REMEMBERED = 30
"""Results that the measured figures are of."""

LATEST = 90.0
"""Percentile of how late results are that the delay covers: rarer ones are shown when they come."""

SLOWER, FASTER = 0.3, 0.05
"""How much slower time passes at most while the delay grows, and faster while it shrinks."""

EXACTLY = 0.15
"""A result that is due within this share of an interval of the steady rate is shown as it is."""


@dataclass(frozen=True, slots=True)
class Result:
    """A result of the engine, and when the engine began it and had it, in monotonic seconds."""

    frame: StyledFrame
    began: float
    came: float


@dataclass(frozen=True, slots=True)
class Due:
    """What is due now. results: those whose turn has come, in order, of which the last is shown;
    or, where there is a `share`, the picture at this share of the way from `earlier` to `later`.
    """

    results: tuple[Result, ...] = ()
    earlier: Result | None = None
    later: Result | None = None
    share: float = 0.0


class Timeline:
    """Takes results as they come, and says what is due. interval: of the steady rate, seconds.

    interpolating: whether the model is so slow that it is worth while; otherwise every result is
    due when it comes.
    """

    def __init__(self, interval: float) -> None:
        self._interval = interval
        self._waiting: deque[Result] = deque()
        self._shown: Result | None = None
        self._gaps: deque[float] = deque(maxlen=REMEMBERED)
        self._needs: deque[float] = deque(maxlen=REMEMBERED)
        self.interpolating = False
        self._delay = 0.0
        self._asked_at = 0.0

    @property
    def idle(self) -> bool:
        """Whether nothing is due until another result comes."""
        return not self._waiting

    def add(self, result: Result) -> None:
        """A result has come; they come in the order of their capture."""
        captured = result.frame.captured_at
        before = self._waiting[-1] if self._waiting else self._shown
        if before is not None:
            gap = captured - before.frame.captured_at
            self._gaps.append(gap)
            if gap <= LONGEST_GAP:
                self._needs.append(result.came - before.frame.captured_at)
        self._waiting.append(result)
        if not self.interpolating and self._is_slow(SLOW):
            self.interpolating = True
            self._delay, self._asked_at = result.came - captured, result.came
        elif self.interpolating and not self._is_slow(QUICK):
            self.interpolating = False

    def due(self, now: float) -> Due:
        """What is due now; of what is given once, the results are not given again."""
        if not self.interpolating:
            return self._give(len(self._waiting))
        moment = now - self._moved_delay(now)
        passed = sum(result.frame.captured_at <= moment for result in self._waiting)
        earlier = self._waiting[passed - 1] if passed else self._shown
        later = self._waiting[passed] if passed < len(self._waiting) else None
        if earlier is None or later is None or not self._is_pair(earlier, later):
            return self._give(passed)
        since = max(moment - earlier.frame.captured_at, 0.0)
        gap = later.frame.captured_at - earlier.frame.captured_at
        close = EXACTLY * self._interval
        if gap - since <= close:
            return self._give(passed + 1)
        if passed and since <= close:
            return self._give(passed)
        return replace(self._give(passed), earlier=earlier, later=later, share=since / gap)

    def rest(self) -> tuple[Result, ...]:
        """All that was not given yet, in order."""
        return self._give(len(self._waiting)).results

    def _give(self, count: int) -> Due:
        given = tuple(self._waiting.popleft() for _ in range(count))
        if given:
            self._shown = given[-1]
        return Due(given)

    def _is_slow(self, factor: float) -> bool:
        """Whether the model is slower than the steady rate, but not hopelessly."""
        if len(self._gaps) < 3:
            return False
        gap = float(np.median(self._gaps))
        return factor * self._interval < gap <= LONGEST_GAP

    def _moved_delay(self, now: float) -> float:
        """The delay, a little nearer to what is needed: time never passes backwards."""
        passed, self._asked_at = max(now - self._asked_at, 0.0), now
        if self._needs:
            off = float(np.percentile(self._needs, LATEST)) - self._delay
            self._delay += min(max(off, -FASTER * passed), SLOWER * passed)
        return self._delay

    @staticmethod
    def _is_pair(earlier: Result, later: Result) -> bool:
        """Whether the motion from the one to the other is known, and short enough."""
        motion = later.frame.motion
        gap = later.frame.captured_at - earlier.frame.captured_at
        return motion is not None and motion.since == earlier.frame.number and gap <= LONGEST_GAP
