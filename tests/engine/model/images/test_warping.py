"""Pictures are moved by positions, and by ways from each pixel."""

from __future__ import annotations

import numpy as np

from engine.model.images.warping import along, moved_with, pixel_positions, warped

RANDOM = np.random.default_rng(0)
PICTURE = RANDOM.integers(0, 256, (40, 56, 3), np.uint8)
WAYS = RANDOM.normal(0.0, 4.0, (40, 56, 2)).astype(np.float32)


def test_ways_lead_to_positions() -> None:
    expected = warped(PICTURE, WAYS + pixel_positions(40, 56))
    np.testing.assert_array_equal(along(PICTURE, WAYS), expected)


def test_planes_and_numbers_are_moved_likewise() -> None:
    plane = PICTURE[..., 0].astype(np.float32)
    moved = along(plane, WAYS)
    assert moved.dtype == np.float32
    assert np.abs(moved - along(PICTURE, WAYS)[..., 0]).max() < 4.0  # positions of 1/32 pixel


def test_a_plane_comes_along_as_it_is() -> None:
    plane = RANDOM.integers(0, 256, (40, 56), np.uint8)
    moved = moved_with(PICTURE, WAYS, plane)
    np.testing.assert_array_equal(moved[..., :3], along(PICTURE, WAYS))
    np.testing.assert_array_equal(moved[..., 3], plane)
