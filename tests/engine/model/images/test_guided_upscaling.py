"""Enlarged results are sharp where the result is, and show nothing of the picture elsewhere."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from engine.evaluation.metrics import sharpness
from engine.frames import Pixels, Size
from engine.imaging import resize
from engine.model.images.guided_upscaling import upscale

LARGE, SMALL = Size(640, 384), Size(320, 192)


def textured(seed: int = 0) -> Pixels:
    """A picture with edges and fine texture everywhere, (384, 640, 3)."""
    rng = np.random.default_rng(seed)
    picture = rng.integers(0, 256, (LARGE.height, LARGE.width, 3), dtype=np.uint8)
    for _ in range(12):
        centre = (int(rng.integers(LARGE.width)), int(rng.integers(LARGE.height)))
        colour = [int(value) for value in rng.integers(0, 256, 3)]
        cv2.circle(picture, centre, 60, colour, -1)
    return picture


def shapes() -> Pixels:
    """A drawing: discs with hard edges on one colour."""
    picture = np.full((LARGE.height, LARGE.width, 3), (40, 90, 200), np.uint8)
    for n in range(6):
        cv2.circle(picture, (60 + 100 * n, 60 + 50 * n), 45, (230, 30 * n, 60), -1, cv2.LINE_AA)
    return picture


def enlarged(styled: Pixels, source: Pixels) -> Pixels:
    return upscale(styled, source, resize(source, SMALL))


@pytest.mark.parametrize("level", [0, 7, 128, 255])
def test_a_blank_result_stays_blank_whatever_the_picture_shows(level: int) -> None:
    blank = np.full((SMALL.height, SMALL.width, 3), (level, 255 - level, 60), np.uint8)
    result = enlarged(blank, textured())
    assert result.shape == (LARGE.height, LARGE.width, 3)
    assert np.all(result == blank[0, 0])


def test_a_blank_part_stays_blank_beside_a_drawn_one() -> None:
    source = textured()
    styled = resize(source, SMALL).copy()
    styled[:, : SMALL.width // 2] = (10, 120, 60)
    result = enlarged(styled, source)
    away_from_the_border = result[:, : LARGE.width // 2 - 16]
    assert np.all(away_from_the_border == (10, 120, 60))


def test_an_edge_becomes_sharper_and_nearer_to_the_real_one() -> None:
    drawing = shapes()
    styled = resize(drawing, SMALL)
    ours, plain = enlarged(styled, drawing), resize(styled, LARGE)
    assert sharpness(ours) > 1.15 * sharpness(plain)

    def error(picture: Pixels) -> float:
        return float(np.abs(picture.astype(float) - drawing).mean())

    assert error(ours) < 0.8 * error(plain)


def test_a_fine_line_is_crisper_than_interpolated_and_overshoots_nowhere() -> None:
    """Lines of two pixels, one of the result's: the nearer to black and paper, the better."""
    drawing = np.full((LARGE.height, LARGE.width, 3), 220, np.uint8)
    for n in range(8):
        cv2.line(drawing, (30 + 70 * n, 20), (90 + 70 * n, 360), (20, 20, 20), 2, cv2.LINE_AA)
    styled = resize(drawing, SMALL)
    ours, plain = enlarged(styled, np.zeros_like(drawing)), resize(styled, LARGE)
    assert sharpness(ours) > 1.1 * sharpness(plain)
    least, most = cv2.erode(drawing, np.ones((9, 9))), cv2.dilate(drawing, np.ones((9, 9)))
    assert ((ours >= least) & (ours <= most)).all()


def test_nothing_overshoots_at_an_edge() -> None:
    drawing = np.full((LARGE.height, LARGE.width, 3), 60, np.uint8)
    drawing[:, LARGE.width // 2 :] = 190
    result = enlarged(resize(drawing, SMALL), np.zeros_like(drawing))
    assert (result.min(), result.max()) == (60, 190)


def test_colours_are_the_results_own() -> None:
    drawing = shapes()
    red = np.zeros_like(drawing)
    red[..., 0] = 255
    inverted = np.asarray(255 - drawing, np.uint8)
    result = enlarged(resize(inverted, SMALL), cv2.add(drawing, red // 4))
    difference = result.astype(float).mean((0, 1)) - inverted.astype(float).mean((0, 1))
    assert np.abs(difference).max() < 2.0


def test_a_result_of_the_right_size_is_not_copied() -> None:
    picture = shapes()
    assert upscale(picture, textured(), picture) is picture


def test_a_smaller_picture_is_averaged() -> None:
    picture = shapes()
    small = resize(picture, SMALL)
    np.testing.assert_array_equal(upscale(picture, small, picture), small)
