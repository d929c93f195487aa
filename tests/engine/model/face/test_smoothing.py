"""Still points are held still, and moving ones followed."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.random import default_rng

from engine.model.face.geometry import Points
from engine.model.face.smoothing import OneEuroFilter

FACE = 100.0


def still() -> Points:
    return default_rng(0).uniform(0, 100, (20, 3)).astype(np.float32)


def smoothed(points: list[Points], size: float = FACE) -> list[Points]:
    smoother = OneEuroFilter()
    return [smoother.smooth(each, size) for each in points]


def noisy(count: int) -> list[Points]:
    random = default_rng(1)
    return [still() + random.normal(0, 0.3, (20, 3)).astype(np.float32) for _ in range(count)]


def test_the_first_points_are_taken_as_they_are() -> None:
    assert np.array_equal(smoothed([still()])[0], still())


def test_points_at_rest_stay_where_they_are() -> None:
    assert np.allclose(smoothed([still()] * 10)[-1], still())


def test_trembling_points_are_held_more_still_than_they_are_seen() -> None:
    seen = noisy(60)
    held = smoothed(seen)
    trembling, left = (np.std(points[20:], axis=0).mean() for points in (seen, held))
    assert left < 0.7 * trembling


def test_fast_points_are_followed_within_a_frame_or_two() -> None:
    path = [still() + np.float32(12.0 * number) for number in range(30)]
    behind = np.abs(smoothed(path)[-1] - path[-1]).mean()
    assert behind < 2 * 12.0


def test_a_slow_point_lags_more_than_a_fast_one_by_its_own_measure() -> None:
    lags = []
    for speed in (0.2, 10.0):
        path = [still() + np.float32(speed * number) for number in range(60)]
        lags.append(np.abs(smoothed(path)[-1] - path[-1]).mean() / speed)
    assert lags[0] > 2 * lags[1]


@pytest.mark.parametrize("scale", [0.5, 3.0])
def test_a_larger_face_is_smoothed_like_a_smaller_one(scale: float) -> None:
    path = noisy(20)
    larger = smoothed([points * np.float32(scale) for points in path], FACE * scale)
    assert np.allclose(larger[-1], smoothed(path)[-1] * scale, rtol=1e-3, atol=1e-3)


def test_the_same_frames_give_the_same_points() -> None:
    assert np.array_equal(smoothed(noisy(15))[-1], smoothed(noisy(15))[-1])
