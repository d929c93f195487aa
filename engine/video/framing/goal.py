"""Where the window ought to be: it stays where it is for as long as people are well within it."""

from __future__ import annotations

import math

from engine.imaging import WHOLE_PICTURE, Window

DEAD_ZONE = 0.08
"""How far people may move before the window follows, in sides of the window."""

DEAD_ZOOM = 0.12
"""The same for how large they are: the logarithm of a ratio of sides."""

ARRIVED = 0.3
"""The share of the dead zone within which a window that follows comes to rest."""

PATIENCE = 0.5
"""Seconds that people are outside the dead zone before the window follows: a gesture is over by
then. It does not wait where somebody would be cut off."""

GONE = 2.0
"""Seconds without anybody after which the whole picture is shown."""


class Goal:
    """Decides where the window is to go. Times are in seconds, and rise."""

    def __init__(self) -> None:
        self.window = WHOLE_PICTURE
        self._following = False
        self._outside_since: float | None = None
        self._seen_at: float | None = None

    def update(self, people: Window | None, wanted: Window, now: float) -> None:
        """Take note of where people are and of the window that suits them. people: None for
        nobody; then `wanted` does not count.
        """
        if people is None:
            if self._seen_at is None or now - self._seen_at >= GONE:
                self._go(WHOLE_PICTURE)
            return
        self._seen_at = now
        off = _distance(wanted, self.window)
        if self._following:
            self._go(wanted)
            self._following = off > ARRIVED
        elif off <= 1.0:
            self._outside_since = None
        elif self._outside_since is None and not _cut_off(people, self.window):
            self._outside_since = now
        elif self._has_waited(now) or _cut_off(people, self.window):
            self._go(wanted)
            self._following = True

    def _has_waited(self, now: float) -> bool:
        return self._outside_since is not None and now - self._outside_since >= PATIENCE

    def _go(self, window: Window) -> None:
        self.window, self._outside_since, self._following = window, None, False


def _distance(one: Window, other: Window) -> float:
    """How far apart two windows are; up to 1 is within the dead zone."""
    moved = max(
        abs(one.left + one.width / 2 - other.left - other.width / 2) / other.width,
        abs(one.top + one.height / 2 - other.top - other.height / 2) / other.height,
    )
    return max(moved / DEAD_ZONE, abs(math.log(one.width / other.width)) / DEAD_ZOOM)


def _cut_off(people: Window, window: Window) -> bool:
    """Whether somebody reaches beyond the left, right or upper edge, where the picture goes on."""
    return (
        people.left < window.left
        or people.top < window.top
        or people.left + people.width > window.left + window.width
    )
