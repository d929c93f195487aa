"""The mean of many faces' landmarks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.drawing.landmarks import Face, Found, face_of

HEIGHT = 120.0
MEAN = np.load(Path(__file__).with_name("mean_face.npy")).astype(np.float64)


def found_at(x: float = 128.0, y: float = 112.0, height: float = HEIGHT) -> Found:
    """The mean face, looking at the camera, its middle at a place of the picture."""
    return Found(MEAN * height + (x, y), {}, np.eye(3))


@pytest.fixture
def face() -> Face:
    return face_of(found_at())
