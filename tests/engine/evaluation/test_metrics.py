import cv2
import numpy as np
import pytest

from engine.evaluation.metrics import (
    FlowEstimator,
    depth_difference,
    gradient_disagreement,
    gradient_magnitude,
    sharpness,
    warp_error,
)
from engine.frames import Pixels
from tests.engine.evaluation.pictures import noisy


def moved(picture: Pixels, x: float, y: float) -> Pixels:
    """The middle of the picture, its contents moved right and down."""
    matrix = np.array([[1, 0, x], [0, 1, y]], np.float32)
    size = (picture.shape[1], picture.shape[0])
    shifted = cv2.warpAffine(picture, matrix, size, flags=cv2.INTER_CUBIC)
    return np.ascontiguousarray(shifted[32:-32, 32:-32], np.uint8)


def test_a_moved_picture_has_a_warp_error_near_zero(portrait: Pixels) -> None:
    before, after = moved(portrait, 0, 0), moved(portrait, 3.5, -2.25)
    motion = FlowEstimator().between(before, after)
    still = float(np.square(after.astype(float) - before).mean())
    error = warp_error(motion, before, after)
    assert error is not None
    assert error < 4 < still / 50


def test_the_motion_points_back_to_where_a_pixel_was(portrait: Pixels) -> None:
    motion = FlowEstimator().between(moved(portrait, 0, 0), moved(portrait, 4, -2))
    rows, columns = np.mgrid[:256, :256]
    assert np.median((motion.x - columns)[motion.known]) == pytest.approx(-4, abs=0.2)
    assert np.median((motion.y - rows)[motion.known]) == pytest.approx(2, abs=0.2)


def test_noise_of_a_variance_gives_twice_that_variance(portrait: Pixels) -> None:
    grey = (portrait // 2 + 64).astype(np.uint8)
    motion = FlowEstimator().between(grey, grey)
    error = warp_error(motion, noisy(grey, 25.0, 1), noisy(grey, 25.0, 2))
    assert error == pytest.approx(50.0, rel=0.05)


def test_a_still_clip_has_no_warp_error(portrait: Pixels) -> None:
    assert warp_error(FlowEstimator().between(portrait, portrait), portrait, portrait) == 0


def test_a_flicker_of_the_output_alone_counts_in_full(portrait: Pixels) -> None:
    before, after = moved(portrait, 0, 0), moved(portrait, 2, 0)
    motion = FlowEstimator().between(before, after)
    dark, bright = np.full_like(before, 100), np.full_like(before, 110)
    assert warp_error(motion, dark, bright) == pytest.approx(100.0)


def test_what_comes_into_the_picture_is_left_out(portrait: Pixels) -> None:
    motion = FlowEstimator().between(moved(portrait, 0, 0), moved(portrait, 12, 0))
    assert not motion.known[:, :8].any()
    assert motion.known[:, 24:-8].mean() > 0.8


def test_where_no_motion_is_known_there_is_no_error_to_tell(portrait: Pixels) -> None:
    motion = FlowEstimator().between(portrait, portrait)
    motion.known[:] = False
    assert warp_error(motion, portrait, portrait) is None


def test_sharpness_is_the_squared_slope_of_a_ramp() -> None:
    ramp = np.repeat(np.arange(0, 200, 4, dtype=np.uint8)[None, :, None], 3, axis=2)
    assert sharpness(np.repeat(ramp, 40, axis=0)) == pytest.approx(16.0)


def test_blur_costs_sharpness(portrait: Pixels) -> None:
    assert sharpness(cv2.GaussianBlur(portrait, (0, 0), 3)) < 0.7 * sharpness(portrait)


def test_depths_that_differ_in_scale_and_offset_agree() -> None:
    depth = np.random.default_rng(0).random((20, 30), np.float32)
    assert depth_difference(depth, 7 * depth + 3) == pytest.approx(0.0, abs=1e-6)
    assert depth_difference(depth, -depth) == pytest.approx(4.0, abs=1e-5)


def test_unrelated_depths_differ_by_two() -> None:
    one, other = np.random.default_rng(0).random((2, 300, 300), np.float32)
    assert depth_difference(one, other) == pytest.approx(2.0, abs=0.05)
    assert gradient_disagreement(one, other) == pytest.approx(1.0, abs=0.02)


def test_a_flat_picture_has_no_structure_in_common_with_another(portrait: Pixels) -> None:
    edges = gradient_magnitude(portrait)
    assert gradient_disagreement(edges, np.zeros_like(edges)) == 1.0


def test_the_gradients_of_a_recoloured_picture_agree(portrait: Pixels) -> None:
    edges, recoloured = gradient_magnitude(portrait), gradient_magnitude(255 - portrait // 2)
    assert gradient_disagreement(edges, recoloured) < 0.02
