"""Pictures in between lie in between, and there are none where they would be ghosts."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
import pytest

from engine.frames import Motion, Pixels, Size, size_of
from engine.model.images.interpolation import belong_together, interpolate
from engine.model.images.optical_flow import OpticalFlowEstimator

WIDTH, HEIGHT = 640, 360


def texture(seed: int, low: int = 0, high: int = 255) -> Pixels:
    noise = np.random.default_rng(seed).integers(low, high, (HEIGHT, WIDTH, 3), np.uint8)
    wide = cv2.GaussianBlur(noise, (0, 0), 4.0).astype(np.float32)
    spread = (wide - wide.mean()) * (0.2 * (high - low) / wide.std()) + wide.mean()
    return np.clip(spread, 0, 255).astype(np.uint8)


def moved(picture: Pixels, across: float, down: float = 0.0) -> Pixels:
    way = np.array(((1, 0, across), (0, 1, down)), np.float64)
    shown = cv2.warpAffine(picture, way, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REFLECT)
    return np.asarray(shown, np.uint8)


def motion_between(earlier: Pixels, later: Pixels, size: Size | None = None) -> Motion:
    estimator = OpticalFlowEstimator()
    estimator.estimate(earlier)
    flow = estimator.estimate(later)
    assert flow is not None
    return Motion(0, flow.at(size or size_of(later)).offsets, flow.confidence)


def shift_from(one: Pixels, other: Pixels) -> float:
    """How far to the right the middle of a picture lies of another's, in pixels."""
    inside = (slice(60, -60), slice(80, -80))
    grey = [cv2.cvtColor(p, cv2.COLOR_RGB2GRAY)[inside].astype(np.float64) for p in (one, other)]
    return float(cv2.phaseCorrelate(*(np.ascontiguousarray(g) for g in grey))[0][0])


def inner_error(one: Pixels, other: Pixels) -> float:
    difference = one.astype(np.float32) - other.astype(np.float32)
    return float(np.sqrt(np.mean(difference[40:-40, 40:-40] ** 2)))


@pytest.mark.parametrize("share", [0.25, 0.5, 0.75])
@pytest.mark.parametrize("pixels", [6.0, 14.0])
def test_a_picture_that_moves_lies_that_far_on_its_way(share: float, pixels: float) -> None:
    first = texture(1)
    last = moved(first, pixels)
    between = interpolate(first, last, motion_between(first, last), share)
    truth = moved(first, share * pixels)
    assert shift_from(truth, between) == pytest.approx(0.0, abs=0.3)
    assert inner_error(between, truth) < 0.6
    mixed = cv2.addWeighted(first, 1.0 - share, last, share, 0.0)
    assert inner_error(between, truth) < 0.2 * inner_error(np.asarray(mixed, np.uint8), truth)


def test_the_motion_of_the_input_carries_a_result_of_another_size() -> None:
    first = texture(2)
    last = moved(first, 8.0)
    motion = motion_between(first, last, Size(2 * WIDTH, 2 * HEIGHT))
    styled = [np.asarray(cv2.resize(255 - p, (1280, 720)), np.uint8) for p in (first, last)]
    between = interpolate(styled[0], styled[1], motion, 0.5)
    assert between.shape == (720, 1280, 3)
    small = np.asarray(cv2.resize(between, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA), np.uint8)
    assert shift_from(255 - first, small) == pytest.approx(4.0, abs=0.3)


def test_both_ends_are_the_results_themselves() -> None:
    still = texture(3)
    motion = motion_between(still, still)
    for share in (0.0, 0.4, 1.0):
        difference = cv2.absdiff(interpolate(still, still, motion, share), still)
        assert difference.max() <= 1


def test_what_moves_in_one_look_belongs_together() -> None:
    first = texture(4)
    last = moved(first, 10.0, 3.0)
    motion = motion_between(first, last)
    assert belong_together(first, last, motion)
    flicker = np.random.default_rng(0).normal(0, 6, last.shape)
    noisy = np.clip(last + flicker, 0, 255).astype(np.uint8)
    assert belong_together(first, noisy, motion)


def test_another_scene_or_another_look_is_no_pair() -> None:
    first, other = texture(5), texture(6)
    assert not belong_together(first, other, motion_between(first, other))
    last = moved(first, 6.0)
    motion = motion_between(first, last)
    negative = np.asarray(255 - last, np.uint8)
    darker = (last * 0.6).astype(np.uint8)
    assert not belong_together(first, negative, motion)
    assert not belong_together(first, darker, motion)


def test_the_steps_of_a_fade_between_looks_belong_together() -> None:
    first, last = texture(7), moved(texture(7), 4.0)
    motion = motion_between(first, last)
    looks = [last, np.asarray(255 - last, np.uint8)]
    after = [cv2.addWeighted(looks[0], 1 - s / 6, looks[1], s / 6, 0) for s in range(7)]
    still = motion_between(last, last)
    assert all(
        belong_together(np.asarray(a, np.uint8), np.asarray(b, np.uint8), still)
        for a, b in pairwise(after)
    )
    assert belong_together(first, np.asarray(after[1], np.uint8), motion)
