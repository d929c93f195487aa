from collections.abc import Callable

import cv2
import numpy as np
import pytest
import torch

from engine.frames import Pixels, Size
from engine.model.face.networks import FaceDetector, FaceMesh
from engine.model.face.tracking import FaceTracker
from engine.model.face.weights import load_face_networks
from engine.video.sources.demo import demo_source

Place = Callable[..., Pixels]


@pytest.fixture(scope="session")
def networks() -> tuple[FaceDetector, FaceMesh]:
    return load_face_networks(torch.device("cpu"))


@pytest.fixture
def tracker(networks: tuple[FaceDetector, FaceMesh]) -> FaceTracker:
    return FaceTracker(*networks)


@pytest.fixture(scope="session")
def portrait() -> Pixels:
    """One person of 512x512; her face is about 150 pixels wide."""
    source = demo_source(Size(512, 512), live=False)
    source.open()
    frame = source.read()
    assert frame is not None
    return np.asarray(frame.pixels)


@pytest.fixture(scope="session")
def place(portrait: Pixels) -> Place:
    """Puts the portrait, scaled to `side` pixels and rotated by degrees, into an empty scene."""

    def put(*places: tuple[int, int, int], degrees: float = 0.0) -> Pixels:
        room = np.full((512, 512, 3), 96, np.uint8)
        for left, top, side in places:
            turn = cv2.getRotationMatrix2D((255.5, 255.5), -degrees, 1.0)
            turned = cv2.warpAffine(portrait, turn, (512, 512), borderValue=(96, 96, 96))
            small = cv2.resize(turned, (side, side), interpolation=cv2.INTER_AREA)
            room[top : top + side, left : left + side] = small
        return room

    return put
