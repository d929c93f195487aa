"""People who get long hair, and what is told of them."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from engine.drawing.landmarks import OVAL, face_of
from engine.drawing.parts import CLOTHES, HAIR, REST, SKIN
from engine.frames import Pixels
from tests.engine.drawing.conftest import found_at
from training.long_hair import with_long_hair
from training.train_parts import LabelledHead, mirrored_of

FACE = face_of(found_at(192.0, 150.0, 110.0))


def person() -> tuple[Pixels, Pixels]:
    """Somebody without hair, in blue before a grey wall: picture and labels."""
    labels = np.full((384, 384), REST, np.uint8)
    cv2.ellipse(labels, (192, 330), (150, 110), 0, 0, 360, CLOTHES, -1)
    cv2.fillConvexPoly(labels, cv2.convexHull(FACE.points[list(OVAL)].astype(np.int32)), SKIN)
    tones = np.zeros((4, 3), np.uint8)
    tones[SKIN], tones[CLOTHES], tones[REST] = (220, 170, 140), (40, 60, 160), (200, 210, 200)
    return tones[labels], labels


@pytest.mark.parametrize("seed", range(6))
def test_hair_hangs_beside_the_face_and_is_told_where_it_is_seen(seed: int) -> None:
    picture, labels = person()
    seen, told = with_long_hair(picture, labels, FACE, np.random.default_rng(seed))
    hair = told == HAIR
    changed = np.abs(seen.astype(int) - picture).max(2) > 6
    assert hair.sum() > 500
    assert changed[hair].mean() > 0.8
    assert changed[~hair].mean() < 0.02
    np.testing.assert_array_equal(told[~hair], labels[~hair])


def test_the_face_stays_free() -> None:
    picture, labels = person()
    seen, told = with_long_hair(picture, labels, FACE, np.random.default_rng(1))
    inner = cv2.erode((labels == SKIN).astype(np.uint8), np.ones((9, 9))) > 0
    np.testing.assert_array_equal(seen[inner], picture[inner])
    assert (told[inner] == SKIN).all()


def test_it_may_reach_down_upon_the_clothes() -> None:
    reached = 0
    for seed in range(12):
        picture, labels = person()
        _, told = with_long_hair(picture, labels, FACE, np.random.default_rng(seed))
        reached += bool(((told == HAIR) & (labels == CLOTHES)).sum() > 200)
    assert reached >= 4


def test_somebody_with_hair_often_keeps_its_colour() -> None:
    picture, labels = person()
    cv2.ellipse(labels, (192, 90), (50, 30), 0, 0, 360, HAIR, -1)
    picture[labels == HAIR] = (150, 40, 30)
    alike = 0
    for seed in range(20):
        seen, told = with_long_hair(picture, labels, FACE, np.random.default_rng(seed))
        new = (told == HAIR) & (labels != HAIR)
        alike += bool(np.abs(np.median(seen[new], axis=0) - (150, 40, 30)).max() < 25)
    assert 6 <= alike <= 18


def test_the_same_generator_gives_the_same_hair() -> None:
    one, other = (with_long_hair(*person(), FACE, np.random.default_rng(3))[0] for _ in range(2))
    np.testing.assert_array_equal(one, other)


def test_a_mirrored_face_has_hair_beside_it_too() -> None:
    """Its points keep their numbers."""
    left, right = FACE.points[list(OVAL), 0].min(), FACE.points[list(OVAL), 0].max()
    beside = []
    for mirrored in (False, True):
        shares = []
        for seed in range(20):
            picture, labels = person()
            face = FACE
            if mirrored:
                picture, labels, face = mirrored_of(LabelledHead(picture, labels, FACE))
            _, told = with_long_hair(picture, labels, face, np.random.default_rng(seed))
            columns = np.nonzero(told == HAIR)[1]
            low, high = (383 - right, 383 - left) if mirrored else (left, right)
            shares.append(np.mean((columns < low) | (columns > high)))
        beside.append(np.mean(shares))
    assert beside[1] > 0.8 * beside[0] > 0.3
