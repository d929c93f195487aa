"""The figure that sound is delayed by, against frames and turns that are counted one by one."""

from __future__ import annotations

from statistics import median

import numpy as np
import pytest

from engine.events import Stats
from engine.virtual_camera.process.pacer import Pacer

LATENCY = 0.18
SECONDS = 120


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def read(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def shown(captured: list[float], camera_fps: float) -> tuple[list[float], list[float]]:
    """When frames go out that were captured then: of each that does, both moments."""
    clock = Clock()
    pacer = Pacer(camera_fps, clock=clock.read, sleep=clock.sleep)
    arrivals = [at + LATENCY for at in captured]
    taken, kept, turns = 0, [], []
    while clock.now < SECONDS:
        pacer.wait()
        newest = int(np.searchsorted(arrivals, clock.now, side="right"))
        if newest > taken:
            pacer.lean(clock.now - arrivals[newest - 1])
            kept.append(captured[newest - 1])
            turns.append(clock.now)
            taken = newest
    return kept, turns


@pytest.mark.parametrize(
    ("engine_fps", "camera_fps"),
    [(30.0, 30.0), (29.9, 30.0), (15.0, 30.0), (12.3, 30.0), (21.2, 30.0), (21.2, 60.0), (41, 30)],
)
def test_it_is_what_passes_from_an_event_to_the_picture_on_average(
    engine_fps: float, camera_fps: float
) -> None:
    captured = [0.0137 + number / engine_fps for number in range(round(SECONDS * engine_fps))]
    kept, turns = shown(captured, camera_fps)
    events = np.random.default_rng(3).uniform(30, SECONDS - 5, 20_000)
    delays = np.asarray(turns)[np.searchsorted(kept, events)] - events
    wait = median(turn - at - LATENCY for at, turn in zip(kept, turns, strict=True))
    stats = Stats(1000 * LATENCY, 1000 * LATENCY, 0, 0, 0, 30, engine_fps, 0, 1)
    assert stats.picture_delay_ms(camera_fps, 1000 * wait) == pytest.approx(
        1000 * delays.mean(), abs=4
    )


def test_before_anything_is_measured_it_is_nothing() -> None:
    assert Stats(0, 0, 0, 0, 0, 30, 0, 0, 0).picture_delay_ms(30.0, 5.0) == 0
