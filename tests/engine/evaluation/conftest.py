"""Pictures that the measurements are tried on."""

import cv2
import numpy as np
import pytest

from engine.frames import Pixels, Size
from engine.video.sources.demo import demo_source


@pytest.fixture(scope="session")
def portrait() -> Pixels:
    """A textured picture of 320x320."""
    source = demo_source(Size(320, 320), live=False)
    source.open()
    frame = source.read()
    assert frame is not None
    return np.asarray(cv2.GaussianBlur(frame.pixels, (0, 0), 1.5), np.uint8)
