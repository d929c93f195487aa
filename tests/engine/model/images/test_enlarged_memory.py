"""Enlarged results are kept where they still hold, as sharp as they were, and nowhere else."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from engine.evaluation.metrics import sharpness
from engine.frames import Pixels, Size
from engine.model.images.enlarged_memory import share_kept_enlarged, steadied
from engine.model.images.optical_flow import BackwardFlow, OpticalFlowEstimator
from engine.model.images.recurrence import moved
from engine.video.sources.demo import read_portrait

LARGE, SMALL = Size(256, 192), Size(128, 96)
PORTRAIT: Pixels = np.ascontiguousarray(cv2.resize(read_portrait(), (480, 480)))


def view(x: float, y: float = 0.0) -> Pixels:
    """A window on the portrait, at fractions of a pixel, (192, 256, 3)."""
    centre = (228.0 + x, 200.0 + y)
    return np.asarray(cv2.getRectSubPix(PORTRAIT, (LARGE.width, LARGE.height), centre), np.uint8)


def seen(*pictures: Pixels) -> BackwardFlow:
    """The flow to the last of two inputs, for results of the large size."""
    estimator = OpticalFlowEstimator()
    flows = [estimator.estimate(picture, SMALL) for picture in pictures]
    assert flows[-1] is not None
    return flows[-1].at(LARGE)


def stream(paces: list[float], paint: list[Pixels], share: float) -> Pixels:
    """The last of results that are kept, each of an input that has moved that far."""
    estimator = OpticalFlowEstimator()
    shown: Pixels | None = None
    for x, painted in zip(paces, paint, strict=True):
        flow = estimator.estimate(view(x), SMALL)
        if shown is None or flow is None:
            shown = painted
            continue
        flow = flow.at(LARGE)
        shown = steadied(painted, moved(shown, flow), flow, share)
    assert shown is not None
    return shown


def inner(picture: Pixels) -> Pixels:
    return picture[24:-24, 24:-24]


@pytest.mark.parametrize("pace", [0.0, 0.4, 1.5])
def test_lines_beside_their_place_are_brought_there(pace: float) -> None:
    """Results jump by up to two pixels, as enlarged lines do."""
    places = [pace * n for n in range(12)]
    jumps = [2.0 * (n % 2) for n in range(12)]
    painted = [view(x + jump) for x, jump in zip(places, jumps, strict=True)]
    shown = stream(places, painted, 0.8)
    before = stream(places[:-1], painted[:-1], 0.8)

    def change(one: Pixels, other: Pixels) -> float:
        matched = moved(one, seen(view(places[-2]), view(places[-1])))[..., :3]
        return float(np.square(inner(matched).astype(float) - inner(other)).mean())

    assert change(before, shown) < 0.25 * change(painted[-2], painted[-1])


@pytest.mark.parametrize("pace", [0.0, 0.3, 0.5, 1.4])
def test_what_moves_by_parts_of_a_pixel_stays_sharp(pace: float) -> None:
    places = [pace * n for n in range(16)]
    shown = stream(places, [view(x) for x in places], 0.8)
    share = sharpness(inner(shown)) / sharpness(inner(view(places[-1])))
    assert 0.8 < share < 1.1


def test_nothing_is_kept_that_is_not_there_any_more() -> None:
    """A line that is no longer drawn, of a picture that has not moved, is gone at once."""
    flow = seen(view(0), view(0))
    lined = np.full((LARGE.height, LARGE.width, 3), 200, np.uint8)
    cv2.line(lined, (40, 20), (200, 160), (10, 10, 10), 3)
    blank = np.full_like(lined, 180)
    np.testing.assert_array_equal(steadied(blank, moved(lined, flow), flow, 0.9), blank)


@pytest.mark.parametrize("level", [0, 90, 255])
def test_a_blank_result_stays_blank(level: int) -> None:
    flow = seen(view(0), view(3.3, 1.7))
    blank = np.full((LARGE.height, LARGE.width, 3), (level, 255 - level, 70), np.uint8)
    shown = steadied(blank, moved(view(0), flow), flow, 0.9)
    np.testing.assert_array_equal(shown, blank)


def test_where_the_flow_is_not_trusted_the_result_is_shown_as_it_is() -> None:
    flow = seen(view(0), view(0))
    flow = replace(flow, trust=np.zeros_like(flow.trust))
    np.testing.assert_array_equal(steadied(view(1), moved(view(0), flow), flow, 0.9), view(1))


def test_more_is_kept_than_at_the_engines_size_but_none_of_none_and_all_of_all() -> None:
    assert share_kept_enlarged(0.0) == 0.0
    assert share_kept_enlarged(0.6) == pytest.approx(0.8, abs=0.02)
    assert share_kept_enlarged(1.0) == 1.0


def test_what_a_decoder_keeps_is_kept_at_the_larger_size_too() -> None:
    flow = seen(view(0.0), view(0.0))
    new = view(0.0)
    old = np.clip(new.astype(int) + 6, 0, 255).astype(np.uint8)
    before = moved(old, flow)
    left = np.zeros((SMALL.height, SMALL.width), np.uint8)
    left[:, : SMALL.width // 2] = 255
    plain, told = (steadied(new, before, flow, 0.5, keep) for keep in (None, left))
    inside, other = np.s_[40:-40, 30:100], np.s_[40:-40, 150:-30]
    shares = [
        float((each[part].astype(float) - new[part]).mean())
        for each, part in ((plain, inside), (told, inside), (plain, other), (told, other))
    ]
    assert shares[1] > 1.5 * shares[0]
    assert shares[3] == pytest.approx(shares[2], abs=0.6)
