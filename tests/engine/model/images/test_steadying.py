from dataclasses import replace

import cv2
import numpy as np
import pytest

from engine.evaluation.metrics import gradient_magnitude, sharpness
from engine.frames import Pixels, Size
from engine.model.images.optical_flow import OpticalFlowEstimator
from engine.model.images.recurrence import MORE, Recollection, kept
from engine.video.sources.demo import read_portrait

SIDE = 128
PICTURE: Pixels = np.ascontiguousarray(cv2.resize(read_portrait(), (SIDE * 2, SIDE * 2)))


def view(shift: int) -> Pixels:
    """A window that moves over the picture by whole pixels."""
    return np.ascontiguousarray(PICTURE[40 : 40 + SIDE, 20 + shift : 20 + shift + SIDE])


def flickering(picture: Pixels, seed: int) -> Pixels:
    noise = np.random.default_rng(seed).normal(0.0, 20.0, picture.shape)
    return np.clip(picture + noise, 0, 255).astype(np.uint8)


class Steadying:
    """Inputs and their results as a stream has them."""

    def __init__(self, share: float) -> None:
        self.watcher, self.painted, self.share = OpticalFlowEstimator(), Recollection(), share
        self.number = 0

    def steady(self, source: Pixels, styled: Pixels) -> Pixels:
        self.number += 1
        before = self.painted.of(self.number - 1, self.watcher.estimate(source))
        shown = styled if before is None else kept(styled, before, self.share)
        self.painted.keep(shown, self.number)
        return shown


def error(one: Pixels, other: Pixels) -> float:
    inner = slice(16, -16)
    return float(np.square(one[inner, inner].astype(float) - other[inner, inner]).mean())


@pytest.mark.parametrize("pace", [0, 2])
@pytest.mark.parametrize("lamps", [0.0, 0.05])
def test_flicker_is_evened_out_along_the_motion(pace: int, lamps: float) -> None:
    stream = Steadying(0.5)
    for frame in range(8):
        present = view(pace * frame)
        lit = cv2.convertScaleAbs(present, alpha=1.0 - lamps * (frame % 2))
        styled = flickering(present, frame)
        shown = stream.steady(np.asarray(lit, np.uint8), styled)
    assert error(shown, present) < 0.5 * error(styled, present)


@pytest.mark.parametrize(("pace", "turn"), [(0.4, 0.0), (2.7, 0.5), (0.0, 1.0)])
def test_edges_that_move_by_parts_of_a_pixel_are_believed(pace: float, turn: float) -> None:
    """Where most flicker is: a small error of the flow makes large differences there."""
    watcher, random, inner = OpticalFlowEstimator(), np.random.default_rng(0), slice(16, -16)
    whole = cv2.resize(read_portrait(), (320, 320), interpolation=cv2.INTER_AREA)
    for frame in range(3):
        camera = cv2.getRotationMatrix2D((160, 160), turn * frame, 1.0)
        camera[:, 2] -= (60 + pace * frame, 60 + 0.6 * pace * frame)
        seen = cv2.warpAffine(whole, camera, (192, 192), flags=cv2.INTER_CUBIC)
        noisy = seen + random.normal(0.0, 2.0, seen.shape)
        motion = watcher.estimate(np.clip(noisy, 0, 255).astype(np.uint8))
    assert motion is not None
    slopes = gradient_magnitude(np.asarray(seen, np.uint8))[inner, inner]
    edges = slopes > np.quantile(slopes, 0.9)
    confidence = cv2.resize(motion.confidence, (192, 192))
    assert confidence[inner, inner][edges].mean() > 0.9


@pytest.mark.parametrize("enlarged", [False, True])
def test_the_flow_says_where_pictures_of_its_size_were(enlarged: bool) -> None:
    size = Size(SIDE // 2, SIDE // 2) if enlarged else Size(SIDE, SIDE)
    watcher = OpticalFlowEstimator()
    assert watcher.estimate(view(0), size) is None
    flow = watcher.estimate(view(4), size)
    assert flow is not None
    assert flow.ways.shape == (size.height, size.width, 2)
    assert flow.trust.shape == (size.height, size.width)
    offset = 2.0 if enlarged else 4.0  # in pixels of that size
    assert np.median(flow.offsets[..., 0]) == pytest.approx(offset, abs=0.1)
    assert np.median(flow.at(Size(SIDE, SIDE)).offsets[..., 0]) == pytest.approx(4.0, abs=0.2)
    assert watcher.estimate(view(8), Size(SIDE // 4, SIDE // 4)) is None  # the first of its size


def test_fetching_between_pixels_softens_and_at_whole_ones_does_not() -> None:
    flow = OpticalFlowEstimator()
    flow.estimate(view(0))
    still = flow.estimate(view(0))
    assert still is not None
    assert not still.softening.any()
    half = replace(still, offsets=np.full_like(still.offsets, 2.5))
    np.testing.assert_allclose(half.softening, 0.5)


@pytest.mark.parametrize("pace", [0, 1, 2])
def test_a_steady_result_stays_as_sharp_as_it_is(pace: int) -> None:
    """A camera's noise makes small errors of the flow: fetching there would soften each time."""
    stream, random = Steadying(0.6), np.random.default_rng(0)
    for frame in range(16):
        present = view(pace * frame)
        noisy = np.clip(present + random.normal(0.0, 4.0, present.shape), 0, 255)
        shown = stream.steady(noisy.astype(np.uint8), present)
    assert sharpness(shown) > 0.96 * sharpness(present)


def test_nothing_of_the_scene_before_a_cut_is_left() -> None:
    stream = Steadying(0.9)
    dark = np.full((SIDE, SIDE, 3), 20, np.uint8)
    stream.steady(dark, np.full((SIDE, SIDE, 3), 255, np.uint8))
    bright = np.full((SIDE, SIDE, 3), 200, np.uint8)
    np.testing.assert_array_equal(stream.steady(bright, view(0)), view(0))


def test_what_comes_into_view_is_shown_as_it_is() -> None:
    stream = Steadying(0.9)
    source = np.full((SIDE, SIDE, 3), 90, np.uint8)
    stream.steady(source, source)
    entered = source.copy()
    entered[40:88, 40:88] = 230
    shown = stream.steady(entered, entered)
    np.testing.assert_array_equal(shown[50:78, 50:78], entered[50:78, 50:78])


def test_of_each_pixel_is_kept_what_the_network_says_and_the_share_of_the_rest() -> None:
    picture, past = np.full((8, 8, 3), 40, np.uint8), np.full((8, 8, 3), 52, np.uint8)
    trust, keep = np.full((8, 8), 255, np.uint8), np.zeros((8, 8), np.uint8)
    trust[:, 4:], keep[4:] = 0, 128
    before = np.dstack([past, trust])
    alone, more = kept(picture, before, 0.0, keep), kept(picture, before, 0.5, keep)
    assert (alone[:4] == 40).all()
    np.testing.assert_allclose(alone[4:, :4], 46, atol=1)
    np.testing.assert_allclose(more[:4, :4], 46, atol=1)
    np.testing.assert_allclose(more[4:, :4], 49, atol=1)
    assert (alone[:, 4:] == 40).all()
    assert (more[:, 4:] == 40).all()


def test_what_is_not_there_any_more_leaves_no_ghost_where_the_network_remembers() -> None:
    wall, hair = np.full((16, 16, 3), 200, np.uint8), np.full((16, 16, 3), 200, np.uint8)
    hair[:, :8] = 40
    before = np.dstack([hair, np.full((16, 16), 255, np.uint8)])
    keep = np.full((16, 16), 128, np.uint8)
    assert kept(wall, before, 0.6, keep).min() >= 200 - MORE
    still = hair.copy()
    still[:, :8] = 48  # it is there, a little lighter
    shown = kept(still, before, 0.6, keep)
    assert (shown[:, :8] < 45).all()


def test_only_the_frame_that_was_painted_last_is_remembered() -> None:
    watcher, painted = OpticalFlowEstimator(), Recollection()
    watcher.estimate(view(0))
    flow = watcher.estimate(view(2))
    assert flow is not None
    assert painted.of(1, flow) is None
    painted.keep(view(0), 1)
    brought = painted.of(1, flow)
    assert brought is not None
    assert brought.shape == (SIDE, SIDE, 4)
    assert error(brought[..., :3], view(2)) < 30.0
    assert brought[16:-16, 16:-16, 3].mean() > 240
    assert painted.of(0, flow) is painted.of(None, flow) is painted.of(1, None) is None


def test_a_share_of_none_and_a_first_result_change_nothing() -> None:
    for share in (0.0, 0.5):
        np.testing.assert_array_equal(Steadying(share).steady(view(0), view(3)), view(3))
    off = Steadying(0.0)
    off.steady(view(0), view(0))
    np.testing.assert_array_equal(off.steady(view(0), view(3)), view(3))


def test_odd_sizes_and_a_change_of_size_are_taken() -> None:
    stream = Steadying(0.5)
    for height, width in ((72, 40), (72, 40), (136, 64)):
        picture = np.zeros((height, width, 3), np.uint8)
        assert stream.steady(picture, picture).shape == picture.shape
