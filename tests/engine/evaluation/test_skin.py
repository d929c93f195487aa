"""The colour of skin is that of the skin alone, and its change is told with and without light."""

import cv2
import numpy as np
import pytest
import torch

from engine.drawing.colour import lab_of
from engine.evaluation.skin import skin_colour, skin_difference
from engine.frames import Pixels
from engine.model.face.tracking import FaceTracker
from engine.model.face.weights import load_face_networks

SKIN, MAKE_UP = (176, 120, 92), (20, 30, 200)


@pytest.fixture(scope="module")
def points(portrait: Pixels) -> np.ndarray:
    (found,) = FaceTracker(*load_face_networks(torch.device("cpu"))).read(portrait)
    return found.points


def painted(portrait: Pixels, skin: tuple[int, int, int]) -> Pixels:
    return np.full_like(portrait, skin)


def test_eyes_brows_lips_and_the_room_do_not_count(portrait: Pixels, points: np.ndarray) -> None:
    picture = painted(portrait, SKIN)
    for first, last in ((33, 133), (362, 263), (70, 107), (336, 300), (61, 291)):
        ends = [tuple(int(v) for v in points[end, :2]) for end in (first, last)]
        cv2.line(picture, ends[0], ends[1], MAKE_UP, 4)
    top, left = (int(v) for v in points[:, 1::-1].min(axis=0)[:2])
    picture[: top - 2] = MAKE_UP
    picture[:, : left - 2] = MAKE_UP
    assert skin_colour(picture, points) == pytest.approx(lab_of(SKIN), abs=0.5)


def test_a_face_that_is_too_small_or_outside_has_no_colour(
    portrait: Pixels, points: np.ndarray
) -> None:
    assert skin_colour(portrait, points * np.float32(0.02)) is None
    assert skin_colour(portrait, points + np.float32(5000)) is None


def test_another_light_is_no_other_skin() -> None:
    dark, light = (35.0, 14.0, 18.0), (65.0, 14.0, 18.0)
    unlit, whole = skin_difference(dark, light)
    assert unlit == 0.0
    assert whole > 20.0


def test_a_paler_skin_is_another_one_in_any_light() -> None:
    unlit, whole = skin_difference((60.0, 14.0, 22.0), (60.0, 5.0, 6.0))
    assert unlit > 8.0
    assert whole > 8.0
