"""Bringing pictures to the camera's size and format."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from engine.imaging import draw_fitted
from engine.settings import FitMode
from engine.virtual_camera.pixel_formats import built_in_placeholder, to_yuyv


def test_a_square_picture_gets_bars_at_the_sides() -> None:
    target = np.full((36, 64, 3), 7, np.uint8)
    draw_fitted(np.full((90, 90, 3), 200, np.uint8), target, FitMode.LETTERBOX)
    assert target[:, 14:50].min() == 200
    assert target[:, :14].max() == target[:, 50:].max() == 0


def test_a_wide_picture_gets_bars_above_and_below() -> None:
    target = np.full((48, 64, 3), 7, np.uint8)
    draw_fitted(np.full((9, 16, 3), 200, np.uint8), target, FitMode.LETTERBOX)
    assert target[6:42].min() == 200
    assert target[:6].max() == target[42:].max() == 0


def test_cropping_fills_the_picture_from_the_middle() -> None:
    source = np.zeros((64, 64, 3), np.uint8)
    source[14:50] = 200
    target = np.full((36, 64, 3), 7, np.uint8)
    draw_fitted(source, target, FitMode.CROP)
    assert target.min() == 200


@pytest.mark.parametrize("colour", [(255, 0, 0), (0, 255, 0), (0, 0, 255), (128, 128, 128)])
def test_colours_survive_the_way_through_the_camera_format(colour: tuple[int, int, int]) -> None:
    pixels = np.full((4, 8, 3), colour, np.uint8)
    yuyv = np.empty((4, 8, 2), np.uint8)
    to_yuyv(pixels, yuyv)
    back = cv2.cvtColor(yuyv, cv2.COLOR_YUV2RGB_YUY2)
    assert np.abs(back.astype(int) - pixels).max() <= 4


def test_the_built_in_placeholder_has_the_usual_size() -> None:
    assert built_in_placeholder().shape == (720, 1280, 3)
