"""A live stream to an engine over a line that gets better and worse: what comes back, and when.

The pictures jump and are full of detail, so that they need all the bits that they are given.
"""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
import pytest

from engine.events import Event, Failed, SessionState, StateChanged
from engine.frames import Frame, Pixels, Size, StyledFrame
from engine.remote.factory import build_translator
from engine.session.session import Job, Session
from engine.settings import BuildSettings, InputSettings, LiveSettings
from engine.video.watermark import AiWatermark
from tests.engine.doubles import ScriptedSource
from tests.engine.remote.relay import Line, Relay
from tests.engine.server.peers import BITS, is_styled, number_in

NUMBERS = 1 << BITS


@dataclass(frozen=True, slots=True)
class Stretch:
    """How long the line is so wide, each way. until_times: it ends earlier, once so many times the
    bits of the stretch before pass each way.
    """

    seconds: float
    bits_per_s: float
    until_times: float = math.inf


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture that came back. at, age: seconds, of `time.monotonic()` and since its capture."""

    number: int
    at: float
    age: float
    right: bool
    styled: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """Of one stretch, without its first `settles` seconds; but placeholders: how often there was no
    picture to show, from its beginning. mbit: what the relay has let pass. right: the share of the
    pictures that show the number of the frame that they are bound to.
    """

    bits_per_s: float
    placeholders: int
    fps: float
    p50_ms: float
    p95_ms: float
    longest_pause_s: float
    mbit_out: float
    mbit_back: float
    right: float


@dataclass
class Trial:
    """What came of it. medians_ms: the ages of the pictures, of every `window` seconds."""

    stretches: list[Measured]
    medians_ms: list[float]
    shown: int
    raw: int
    out_of_order: int
    problems: list[str]


class JumpingDetail(ScriptedSource):
    """A dark picture full of detail that jumps, with its number below, at a camera's rate."""

    def __init__(self, size: Size, fps: float) -> None:
        super().__init__()
        self.size, self.fps = size, fps
        self._due = 0.0
        rough = np.random.default_rng(3).integers(10, 100, (size.height, 2 * size.width, 3))
        soft = cv2.GaussianBlur(rough.astype(np.uint8), (0, 0), 1.5)
        self._detail: Pixels = cv2.convertScaleAbs(soft, alpha=3.0, beta=-110.0).astype(np.uint8)
        self._cell = size.width // BITS

    def read(self) -> Frame | None:
        now = time.monotonic()
        self._due = max(self._due + 1.0 / self.fps, now - 1.0 / self.fps)
        time.sleep(max(0.0, self._due - now))
        number, self._number = self._number, self._number + 1
        return Frame(self._picture(number), number, time.monotonic())

    def _picture(self, number: int) -> Pixels:
        width, height = self.size.width, self.size.height
        left = 97 * number % width  # a jump, which no encoder foresees
        pixels: Pixels = self._detail[:, left : left + width].copy()
        pixels[height // 2 :] = 40
        for bit in range(BITS):
            if number >> bit & 1:
                pixels[height // 2 :, bit * self._cell : (bit + 1) * self._cell] = 200
        return pixels


class Notes:
    """A sink that notes what it is sent, and keeps no picture."""

    def __init__(self) -> None:
        self.shown: list[Shown] = []

    def open(self, size: Size, fps: float) -> None: ...

    def send(self, frame: StyledFrame) -> None:
        at = time.monotonic()
        right = number_in(frame.pixels) == frame.number % NUMBERS
        shown = Shown(frame.number, at, at - frame.captured_at, right, is_styled(frame.pixels))
        self.shown.append(shown)

    def blank(self) -> None: ...

    def close(self) -> None: ...

    def abort(self) -> None: ...


@dataclass(frozen=True, slots=True)
class _Mark:
    """Where the bytes of the relay stood at a moment."""

    at: float
    out: int
    back: int


Marks = tuple[_Mark, _Mark, _Mark]
"""The beginning of a stretch, where it is measured from, and its end."""
Told = list[tuple[float, Event]]
"""What the session told, and when."""


def try_line(
    engine: str,
    line: Line,
    stretches: Sequence[Stretch],
    *,
    size: Size,
    fps: float = 25.0,
    settles: float = 5.0,
    window: float = 10.0,
) -> Trial:
    """Stream to a paired engine over this line. settles: seconds at the beginning of a stretch that
    are not measured: the rate follows meanwhile.
    """
    notes, told = Notes(), Told()
    session = Session(
        lambda event: told.append((time.monotonic(), event)),
        build_translator=build_translator,
        open_source=lambda _: JumpingDetail(size, fps),
    )
    job = Job(
        InputSettings("script"),
        BuildSettings(engine=engine),
        LiveSettings(),
        (notes,),
        output=size,
        largest=size,
        watermark=AiWatermark(shown=False, invisible=False),
    )
    line.bits_per_s = stretches[0].bits_per_s
    marks: list[Marks] = []
    with Relay(line) as relay, pytest.MonkeyPatch.context() as patch:
        relay.between(patch)
        session.start(job)
        _wait_for_first(notes, told)
        for stretch in stretches:
            line.bits_per_s = stretch.bits_per_s
            began = _mark(relay)
            time.sleep(settles)
            rest = stretch.seconds - settles
            last = marks[-1] if marks else None
            marks.append(_measured_part(relay, began, rest, window, last, stretch.until_times))
        session.stop()
        assert session.wait(20.0)
    return _judged(notes.shown, told, stretches, marks, window)


def _wait_for_first(notes: Notes, told: Told) -> None:
    deadline = time.monotonic() + 60.0
    while not notes.shown and time.monotonic() < deadline:
        time.sleep(0.02)
    assert notes.shown, told[-5:]


def _mark(relay: Relay) -> _Mark:
    return _Mark(time.monotonic(), relay.passed.out, relay.passed.back)


def _measured_part(
    relay: Relay, began: _Mark, seconds: float, window: float, last: Marks | None, times: float
) -> Marks:
    """The rest of a stretch; or, once they carry enough, the `window` seconds that do."""
    if last is None or math.isinf(times):
        first = _mark(relay)
        time.sleep(seconds)
        return began, first, _mark(relay)
    ends = time.monotonic() + seconds
    while True:
        first = _mark(relay)
        time.sleep(window)
        marks = began, first, _mark(relay)
        enough = all(b > times * a for a, b in zip(_rates(last), _rates(marks), strict=True))
        if enough or time.monotonic() > ends:
            return marks


def _rates(marks: Marks) -> tuple[float, float]:
    """Bytes per second from the second mark to the third, each way."""
    _, first, last = marks
    seconds = last.at - first.at
    return (last.out - first.out) / seconds, (last.back - first.back) / seconds


def _judged(
    shown: Sequence[Shown],
    told: Told,
    stretches: Sequence[Stretch],
    marks: Sequence[Marks],
    window: float,
) -> Trial:
    numbers = [one.number for one in shown]
    return Trial(
        stretches=[
            _measured(stretch.bits_per_s, shown, told, points)
            for stretch, points in zip(stretches, marks, strict=True)
        ],
        medians_ms=_medians(shown, window),
        shown=len(shown),
        raw=sum(not one.styled for one in shown),
        out_of_order=sum(b <= a for a, b in pairwise(numbers)),
        problems=[str(event.error) for _, event in told if isinstance(event, Failed)],
    )


def _measured(
    bits_per_s: float, everything: Sequence[Shown], told: Told, points: Marks
) -> Measured:
    began, first, last = points
    shown = [one for one in everything if first.at <= one.at < last.at]
    ages = [1000.0 * one.age for one in shown] or [float("inf")]
    parts = statistics.quantiles(ages, n=20) if len(ages) > 1 else [ages[0]] * 19
    times = [first.at, *(one.at for one in shown), last.at]
    out, back = _rates(points)
    lost = StateChanged(SessionState.RECOVERING)
    return Measured(
        bits_per_s,
        placeholders=sum(event == lost and began.at <= at < last.at for at, event in told),
        fps=len(shown) / (last.at - first.at),
        p50_ms=parts[9],
        p95_ms=parts[18],
        longest_pause_s=max(b - a for a, b in pairwise(times)),
        mbit_out=8e-6 * out,
        mbit_back=8e-6 * back,
        right=sum(one.right for one in shown) / max(1, len(shown)),
    )


def _medians(shown: Sequence[Shown], window: float) -> list[float]:
    began, medians = shown[0].at, list[float]()
    while ages := [1000.0 * s.age for s in shown if began <= s.at < began + window]:
        medians.append(statistics.median(ages))
        began += window
    return medians
