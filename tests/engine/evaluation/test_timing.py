import time
from collections.abc import Callable, Generator, Sequence

import numpy as np
import pytest

from engine.evaluation.timing import Stopwatch
from engine.frames import Frame, Pixels, StyledFrame
from engine.interfaces import TranslatorStatus, Wait, ignore_ready
from engine.settings import LiveSettings

PICTURE = np.zeros((8, 8, 3), np.uint8)
WORK = 0.01


class Slow:
    """Warms up on `warm_up` frames, then gives each frame `delay` calls later."""

    def __init__(self, warm_up: int = 2, delay: int = 0) -> None:
        self._warm_up, self._delay = warm_up, delay
        self._waiting: list[Frame] = []

    @property
    def status(self) -> TranslatorStatus:
        return TranslatorStatus(0, 0)

    def submit(self, frame: Frame, on_ready: Callable[[], None] = ignore_ready) -> None:
        self._waiting.append(frame)
        if frame.number >= self._warm_up - 1:
            time.sleep(10 * WORK if frame.number == self._warm_up - 1 else WORK)

    def take_finished(self, wait: Wait = Wait.NOTHING) -> Sequence[StyledFrame]:
        if not self._waiting or self._waiting[-1].number < self._warm_up - 1:
            return []
        done = self._waiting[: len(self._waiting) - self._delay]
        self._waiting = self._waiting[len(done) :]
        return [StyledFrame(f.pixels, f.number, f.captured_at) for f in done]

    def apply(self, settings: LiveSettings) -> None: ...

    def render_still(self, pixels: Pixels, settings: LiveSettings) -> Generator[None, None, Pixels]:
        raise NotImplementedError

    def reset(self) -> None:
        self._waiting.clear()

    def close(self) -> None: ...


def run(translator: Slow, frames: int) -> Stopwatch:
    watch = Stopwatch(translator)
    for _ in range(frames):
        watch.step(PICTURE)
        time.sleep(WORK)
    return watch


def test_the_warm_up_does_not_count() -> None:
    watch = run(Slow(), 6)
    assert watch.frames == 4
    assert 0.5 / WORK < watch.fps <= 1 / WORK


def test_time_between_calls_does_not_count() -> None:
    assert run(Slow(), 8).latency_ms == pytest.approx(1000 * WORK, rel=0.6)


def test_a_frame_given_a_call_later_has_twice_the_latency() -> None:
    prompt, late = run(Slow(), 8), run(Slow(delay=1), 8)
    assert late.latency_ms > 1.5 * prompt.latency_ms


def test_nothing_timed_is_no_rate() -> None:
    watch = Stopwatch(Slow())
    assert (watch.fps, watch.latency_ms, watch.frames) == (0.0, 0.0, 0)


def test_another_clip_warms_up_anew() -> None:
    watch = run(Slow(), 6)
    watch.restart()
    watch.step(PICTURE)
    assert watch.frames == 4
