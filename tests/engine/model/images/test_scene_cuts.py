"""A cut is told from motion, from light that is switched on, and from noise."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.random import default_rng

from engine.frames import Pixels
from engine.model.images.scene_cuts import SceneCutDetector

SIDE = 256


def scene(seed: int, side: int = SIDE) -> Pixels:
    """Large random blocks."""
    coarse = default_rng(seed).integers(0, 255, (8, 8, 3), dtype=np.uint8)
    return np.ascontiguousarray(np.kron(coarse, np.ones((side // 8, side // 8, 1), np.uint8)))


def cuts(*pictures: Pixels) -> list[bool]:
    detector = SceneCutDetector()
    return [detector.is_cut(picture) for picture in pictures]


def test_the_first_frame_is_no_cut() -> None:
    assert cuts(scene(0)) == [False]


def test_another_scene_is_a_cut_once() -> None:
    assert cuts(scene(0), scene(0), scene(1), scene(1)) == [False, False, True, False]


def test_a_few_pixels_of_motion_are_no_cut() -> None:
    moved = np.roll(scene(0), 3, axis=1)
    assert cuts(scene(0), moved) == [False, False]


@pytest.mark.parametrize("change", [-60, 60])
def test_light_that_is_switched_is_no_cut(change: int) -> None:
    grey = (scene(0) // 3 + 80).astype(np.uint8)
    brighter = (grey.astype(int) + change).astype(np.uint8)
    assert cuts(grey, brighter) == [False, False]


def test_camera_noise_is_no_cut() -> None:
    noise = default_rng(5).normal(0, 20, (SIDE, SIDE, 3))
    noisy = np.clip(scene(0) + noise, 0, 255).astype(np.uint8)
    assert cuts(scene(0), noisy) == [False, False]


def test_a_black_picture_is_a_cut_and_so_is_the_return_from_it() -> None:
    black = np.zeros((SIDE, SIDE, 3), np.uint8)
    assert cuts(scene(0), black, scene(0)) == [False, True, True]


@pytest.mark.parametrize("side", [64, 128, 512])
def test_pictures_of_every_size_are_compared(side: int) -> None:
    assert cuts(scene(0, side), scene(1, side)) == [False, True]


def test_after_forgetting_the_next_frame_is_the_first() -> None:
    detector = SceneCutDetector()
    detector.is_cut(scene(0))
    detector.forget()
    assert not detector.is_cut(scene(1))
