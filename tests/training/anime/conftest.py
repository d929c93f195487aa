"""A person made of plain shapes around the mean face."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
import pytest

from engine.drawing.colour import Lab, rgb
from engine.drawing.landmarks import IRIS, OVAL, Face, iris_radius
from tests.engine.drawing.conftest import face, found_at
from training.anime.masks import Masks
from training.anime.view import Reading

__all__ = ["face", "found_at"]

SIDE = 256


@dataclass(frozen=True)
class Tones:
    """What the person of plain shapes is painted with, L*a*b*."""

    skin: Lab = (68.0, 15.0, 20.0)
    hair: Lab = (22.0, 4.0, 8.0)
    iris: Lab = (30.0, 10.0, 14.0)
    room: Lab = (80.0, -3.0, -6.0)
    shirt: Lab = (40.0, 10.0, -30.0)


def reading_of(face: Face, tones: Tones) -> Reading:
    """A picture of a person around a face, with masks as the networks would give them."""
    person, hair, skin = (np.zeros((SIDE, SIDE), np.uint8) for _ in range(3))
    x, y = (int(v) for v in face.seen[list(OVAL)].mean(0))
    h = face.height
    cv2.ellipse(hair, (x, int(y - 0.15 * h)), (int(0.5 * h), int(0.6 * h)), 0, 0, 360, 1, -1)
    oval = cv2.convexHull(face.seen[list(OVAL)].astype(np.int32))
    cv2.fillConvexPoly(skin, oval, 1)
    cv2.rectangle(skin, (x - int(0.2 * h), y), (x + int(0.2 * h), int(y + 0.7 * h)), 1, -1)
    cv2.ellipse(person, (x, int(y + 1.35 * h)), (int(0.95 * h), int(0.75 * h)), 0, 0, 360, 1, -1)
    hair = hair * (1 - skin)
    shirt = person * (1 - skin) * (1 - hair)
    pixels = np.empty((SIDE, SIDE, 3), np.float32)
    pixels[:] = rgb(tones.room)
    for mask, tone in ((shirt, tones.shirt), (hair, tones.hair), (skin, tones.skin)):
        pixels[mask > 0] = rgb(tone)
    for side in (0, 1):
        centre = tuple(int(v) for v in np.round(face.seen[IRIS[side]]))
        cv2.circle(
            pixels, centre, max(2, round(iris_radius(face, side))), rgb(tones.iris).tolist(), -1
        )
    planes = (skin, shirt, hair, np.maximum.reduce([skin, shirt, hair]))
    masks = Masks(*[cv2.GaussianBlur(plane.astype(np.float32), (0, 0), 1.0) for plane in planes])
    return Reading(np.rint(pixels).astype(np.uint8), (face,), (), masks)


@pytest.fixture
def reading(face: Face) -> Callable[[Tones], Reading]:
    return lambda tones: reading_of(face, tones)
