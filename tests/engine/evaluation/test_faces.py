import cv2
import numpy as np
import pytest
import torch

from engine.evaluation.faces import likeness
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
    assert likeness(picture, picture, face) == pytest.approx(1.0)


def test_other_colours_and_less_contrast_are_still_the_photograph(
    picture: Pixels, face: Face
) -> None:
    grey = cv2.cvtColor(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
    assert (likeness(picture, np.asarray(60 + grey // 3, np.uint8), face) or 0.0) > 0.98


def test_a_blank_face_has_nothing_of_it(picture: Pixels, face: Face) -> None:
    assert likeness(picture, np.full_like(picture, 128), face) == 0.0


def test_another_picture_is_unlike_it(picture: Pixels, face: Face) -> None:
    upside_down = np.ascontiguousarray(picture[::-1])
    assert (likeness(picture, upside_down, face) or 0.0) < 0.4


def test_a_face_beyond_the_edge_is_not_judged(picture: Pixels, face: Face) -> None:
    gone = Face(face.number, face.points + np.float32(2000), face.region, face.age)
    assert likeness(picture, picture, gone) is None
