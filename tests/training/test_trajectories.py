import numpy as np
import pytest
from numpy.random import default_rng

from training.trajectories import CameraNoise, Scene, cut_out_mask, random_trajectory, sample

SIDE, STILL = 64, 96


@pytest.fixture
def still() -> np.ndarray:
    return default_rng(0).integers(0, 255, (STILL, STILL, 3), dtype=np.uint8)


def test_at_rest_every_frame_is_the_same_cut_of_the_still(still: np.ndarray) -> None:
    motion = random_trajectory(default_rng(1), SIDE, STILL, pace=0.0)
    first, later = (sample(still, motion.maps(n, SIDE)) for n in (0, 9))
    x, y = int(motion.x.start), int(motion.y.start)
    assert np.array_equal(first, later)
    assert np.array_equal(first, still[y : y + SIDE, x : x + SIDE])


def test_a_moving_camera_moves_the_picture(still: np.ndarray) -> None:
    motion = random_trajectory(default_rng(1), SIDE, STILL, pace=1.0)
    first, later = (sample(still, motion.maps(n, SIDE)).astype(int) for n in (0, 6))
    assert np.abs(first - later).mean() > 5.0


def test_all_looks_of_a_scene_move_alike(still: np.ndarray) -> None:
    random = default_rng(2)
    scene = Scene(
        ground=[still, 255 - still],
        ground_path=random_trajectory(random, SIDE, STILL, 1.0),
        object=[255 - still, still],
        object_path=random_trajectory(random, SIDE, STILL, 1.0),
        mask=cut_out_mask(random, SIDE),
    )
    for number in (0, 5):
        clean, negative = scene.frame(number, SIDE)
        assert np.abs(clean.astype(int) + negative - 255).max() <= 2


def test_grain_has_the_deviation_asked_for() -> None:
    grey = np.full((128, 128, 3), 128, np.uint8)
    noisy = CameraNoise(grain=5.0, softness=0.0, flicker=0.0, blur=0.0)(grey, default_rng(0))
    assert noisy.astype(float).std() == pytest.approx(5.0, rel=0.05)


def test_a_perfect_camera_changes_nothing(still: np.ndarray) -> None:
    assert np.array_equal(CameraNoise(0.0, 0.0, 0.0, 0.0)(still, default_rng(0)), still)
