import numpy as np
import pytest
from numpy.random import default_rng

from training.anime.steady import OneEuro, Steady, Still


def test_what_rests_stays_where_it_is() -> None:
    smooth = OneEuro()
    for _ in range(20):
        value = smooth(np.array([3.0, -1.0]))
    assert value == pytest.approx([3.0, -1.0])


def test_jitter_at_rest_shrinks_to_a_third() -> None:
    random, smooth = default_rng(0), OneEuro()
    noise = random.normal(0, 0.002, 300)
    calm = np.array([smooth(np.array([1.0 + n]))[0] for n in noise])
    assert np.abs(np.diff(calm[30:])).mean() < np.abs(np.diff(noise[30:])).mean() / 3


def test_a_quick_move_is_followed_within_three_frames() -> None:
    smooth = OneEuro()
    for _ in range(10):
        smooth(np.array([0.0]))
    for frame in range(30):
        value = smooth(np.array([0.05 * frame]))
    assert value[0] > 0.05 * (29 - 3)


def test_grain_on_a_scene_at_rest_is_evened_out() -> None:
    random, steady = default_rng(1), Steady()
    scene = np.kron(random.uniform(60, 200, (16, 16, 3)), np.ones((16, 16, 1)))
    for _ in range(8):
        frame = np.clip(scene + random.normal(0, 4, scene.shape), 0, 255).astype(np.uint8)
        steady.begin(frame)
        held = steady.plane("picture", frame.astype(np.float32))
    assert np.abs(held - scene).mean() < 0.6 * np.abs(frame - scene).mean()


def test_what_is_held_moves_with_the_picture() -> None:
    random, steady = default_rng(2), Steady()
    wide = np.kron(random.uniform(30, 220, (16, 24, 3)), np.ones((16, 16, 1))).astype(np.uint8)
    for shift in range(0, 24, 4):
        frame = np.ascontiguousarray(wide[:, 64 - shift : 320 - shift])
        steady.begin(frame)
        held = steady.plane("picture", frame.astype(np.float32))
    inner = np.s_[16:-16, 40:-16]
    assert np.abs(held[inner] - frame[inner]).mean() < 3.0


def test_a_cut_leaves_nothing_of_the_scene_before() -> None:
    steady = Steady()
    for frame in (np.full((256, 256, 3), 40, np.uint8), np.full((256, 256, 3), 200, np.uint8)):
        steady.begin(frame)
        held = steady.plane("picture", frame.astype(np.float32))
    assert np.abs(held - 200).max() < 1.0


def test_a_still_holds_nothing() -> None:
    still = Still()
    still.plane("a", np.zeros((4, 4), np.float32))
    assert still.plane("a", np.ones((4, 4), np.float32)).min() == 1.0
