"""Depth as a structure input: its bounds follow slowly, its pictures fit the input."""

import torch

from engine.model.styles.sd15.depth import DepthEstimator, SmoothBounds
from tests.engine.model.styles.sd15.tiny import drawn, small_depth


def test_the_first_map_fills_the_range() -> None:
    scaled = SmoothBounds()(torch.tensor([[2.0, 4.0], [3.0, 4.0]]))
    assert scaled.tolist() == [[-1.0, 1.0], [0.0, 1.0]]


def test_a_flat_map_is_no_division_by_zero() -> None:
    assert SmoothBounds()(torch.full((2, 2), 5.0)).tolist() == [[-1.0, -1.0], [-1.0, -1.0]]


def test_a_flickering_extreme_moves_the_rest_little() -> None:
    """A spike of half the range moves other pixels by a tenth of what it would unsmoothed."""
    smooth = SmoothBounds(share=0.1)
    calm = torch.tensor([[0.0, 5.0, 10.0]])
    spiked = torch.tensor([[0.0, 5.0, 15.0]])
    before = smooth(calm)[0, 1]
    moved = (smooth(spiked)[0, 1] - before).abs()
    unsmoothed = (SmoothBounds()(spiked)[0, 1] - before).abs()
    assert moved < 0.16 * unsmoothed


def test_a_change_of_scene_is_followed_at_once() -> None:
    smooth = SmoothBounds()
    smooth(torch.tensor([[0.0, 1.0]]))
    assert smooth(torch.tensor([[10.0, 30.0]])).tolist() == [[-1.0, 1.0]]


def test_after_a_reset_the_past_is_forgotten() -> None:
    smooth = SmoothBounds()
    smooth(torch.tensor([[0.0, 10.0]]))
    smooth.reset()
    assert smooth(torch.tensor([[0.0, 5.0]])).tolist() == [[-1.0, 1.0]]


def test_pictures_have_the_inputs_size_and_range() -> None:
    estimator = DepthEstimator(small_depth(), lambda pictures: pictures[:, :1, ::8, ::8])
    pixels = drawn((3, 3, 64, 96), 1).clamp(-1, 1)
    pictures = estimator.pictures(pixels)
    assert pictures.shape == pixels.shape
    assert -1.0 <= pictures.min() <= pictures.max() <= 1.0
    assert pictures[:, 0].equal(pictures[:, 2])
    assert estimator(pixels).shape == (3, 1, 8, 12)


def test_frames_one_by_one_equal_frames_together() -> None:
    pixels = drawn((3, 3, 64, 64), 2).clamp(-1, 1)
    together = DepthEstimator(small_depth(), lambda p: p).pictures(pixels)
    single = DepthEstimator(small_depth(), lambda p: p)
    one_by_one = torch.cat([single.pictures(frame[None]) for frame in pixels])
    torch.testing.assert_close(one_by_one, together)


def test_half_precision_pictures_come_back_in_half_precision() -> None:
    estimator = DepthEstimator(small_depth().to(torch.bfloat16), lambda pictures: pictures)
    pictures = estimator(drawn((1, 3, 64, 64), 1).clamp(-1, 1).to(torch.bfloat16))
    assert pictures.dtype == torch.bfloat16
    assert pictures.isfinite().all()
