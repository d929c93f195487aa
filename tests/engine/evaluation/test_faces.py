import cv2
import numpy as np
import pytest
import torch

from engine.evaluation.faces import EYES, MOUTH, likeness, relative_sharpness
from engine.frames import Pixels, Size
from engine.model.face.tracking import Face, FaceTracker
from engine.model.face.weights import load_face_networks
from engine.video.sources.demo import demo_source


@pytest.fixture(scope="module")
def picture() -> Pixels:
    source = demo_source(Size(384, 384), live=False)
    source.open()
    frame = source.read()
    assert frame is not None
    return np.asarray(frame.pixels)


@pytest.fixture(scope="module")
def face(picture: Pixels) -> Face:
    (found,) = FaceTracker(*load_face_networks(torch.device("cpu"))).read(picture)
    return found


def test_the_photograph_itself_is_like_itself(picture: Pixels, face: Face) -> None:
    assert likeness(picture, picture, face.points) == pytest.approx(1.0)


def test_other_colours_and_less_contrast_are_still_the_photograph(
    picture: Pixels, face: Face
) -> None:
    grey = cv2.cvtColor(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
    assert (likeness(picture, np.asarray(60 + grey // 3, np.uint8), face.points) or 0.0) > 0.98


def test_a_blank_face_has_nothing_of_it(picture: Pixels, face: Face) -> None:
    assert likeness(picture, np.full_like(picture, 128), face.points) == 0.0


def test_another_picture_is_unlike_it(picture: Pixels, face: Face) -> None:
    upside_down = np.ascontiguousarray(picture[::-1])
    assert (likeness(picture, upside_down, face.points) or 0.0) < 0.4


def test_a_face_beyond_the_edge_is_not_judged(picture: Pixels, face: Face) -> None:
    gone = face.points + np.float32(2000)
    assert likeness(picture, picture, gone) is None
    assert relative_sharpness(picture, picture, gone) is None


def test_eyes_and_mouth_are_judged_by_themselves(picture: Pixels, face: Face) -> None:
    result = picture.copy()
    y = face.points[list(MOUTH), 1]
    result[int(y.min()) - 20 : int(y.max()) + 20] = 128
    assert likeness(picture, result, face.points, EYES) == pytest.approx(1.0)
    assert likeness(picture, result, face.points, (MOUTH,)) == 0.0


def test_sharpness_is_relative_to_the_drawing_and_falls_with_blur(
    picture: Pixels, face: Face
) -> None:
    blurred = np.asarray(cv2.GaussianBlur(picture, (0, 0), 2.0))
    assert relative_sharpness(picture, picture, face.points) == pytest.approx(1.0)
    assert (relative_sharpness(picture, blurred, face.points) or 1.0) < 0.7
    assert relative_sharpness(np.full_like(picture, 9), picture, face.points) is None
