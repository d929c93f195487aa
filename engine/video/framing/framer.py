"""Fits the frames of a source while its window follows the people in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine.frames import Frame, Pixels, Size, size_of
from engine.imaging import WHOLE_PICTURE, FrameFitter, Window
from engine.settings import InputSettings
from engine.video.framing.goal import Goal
from engine.video.framing.motion import CalmMotion
from engine.video.framing.subject import Plane, people_in, window_around

Finder = Callable[[Pixels], Plane | None]
"""Where people are in a picture (H, W, 3): (h, w), 0..1, or None where that cannot be told."""

LOOK_EVERY = 0.2
"""Seconds between two looks at where people are: five times as often would cost five times as much,
and the window moves no faster."""

LOOKED_AT = 320
"""The longer side of the picture that is looked at, in pixels."""

STEADIED = 0.5
"""The share of the newest look in where people are taken to be."""


class AutoFraming:
    """Fits frames to the size of the output. While `on`, only a part of them is used: the people
    and some space around them, at least half of each side, and all of it where nobody is.

    find: says where people are; called on the thread that fits. paced: frames come as they are
    captured; otherwise the times that count are those of the film. `on` may be set by any thread.
    """

    def __init__(self, find: Finder, settings: InputSettings, *, paced: bool, on: bool) -> None:
        self.on = on
        self._find, self._settings, self._paced = find, settings, paced
        self._fitters: _Fitters | None = None
        self._goal, self._motion = Goal(), CalmMotion()
        self._people: Window | None = None
        self._look_at, self._last = float("-inf"), float("inf")

    @property
    def window(self) -> Window:
        """The part of the picture that is used now."""
        return self._motion.window

    def start(self) -> None:
        """A source was opened, or opened again: it begins with the whole picture."""
        self._goal, self._motion = Goal(), CalmMotion()
        self._people, self._look_at, self._last = None, float("-inf"), float("inf")

    def fit(self, frame: Frame, size: Size, fps: float) -> Pixels:
        """The next frame at the size of the output. fps: the source's."""
        fitters = self._fitters_between(size_of(frame.pixels), size)
        if not self.on and self._motion.at_rest and self.window == WHOLE_PICTURE:
            return fitters.whole.apply(frame.pixels)
        now = self._moment(frame, fps)
        if self.on:
            self._look(frame.pixels, fitters.small, now)
        else:
            self._goal, self._people = Goal(), None
        window = self._motion.step(self._goal.window, now - self._last)
        self._last = now
        return fitters.whole.apply(frame.pixels, window)

    def _fitters_between(self, source: Size, size: Size) -> _Fitters:
        known = self._fitters
        if known is None or (known.whole.source, known.whole.target) != (source, size):
            self._fitters = known = _Fitters.between(source, size, self._settings)
        return known

    def _moment(self, frame: Frame, fps: float) -> float:
        if self._paced:
            return frame.captured_at
        return frame.span.begin if frame.span is not None else frame.number / (fps or 30.0)

    def _look(self, pixels: Pixels, small: FrameFitter, now: float) -> None:
        if now < self._look_at:
            return
        self._look_at = now + LOOK_EVERY
        mask = self._find(small.apply(pixels))
        people = None if mask is None else people_in(mask, small.target.width / small.target.height)
        if people is not None and self._people is not None:
            people = _mixed(self._people, people)
        self._people = people
        self._goal.update(people, window_around(people) if people else WHOLE_PICTURE, now)


@dataclass(frozen=True, slots=True)
class _Fitters:
    """The ways from a source's pictures to what leaves, and to the same at a small size."""

    whole: FrameFitter
    small: FrameFitter

    @staticmethod
    def between(source: Size, size: Size, settings: InputSettings) -> _Fitters:
        scale = min(LOOKED_AT / max(size.width, size.height), 1.0)
        small = Size(*(max(round(side * scale), 1) for side in (size.width, size.height)))
        return _Fitters(
            FrameFitter.between(source, size, settings),
            FrameFitter.between(source, small, settings),
        )


def _mixed(past: Window, now: Window) -> Window:
    """Where people are, without the trembling of single looks."""

    def mix(before: float, after: float) -> float:
        return before + STEADIED * (after - before)

    return Window(
        mix(past.left, now.left),
        mix(past.top, now.top),
        mix(past.width, now.width),
        mix(past.height, now.height),
    )
