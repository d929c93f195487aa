"""Drawings with heads as plans have them."""

from __future__ import annotations

import numpy as np

from engine.drawing.colour import rgb
from engine.drawing.looks import ANIME
from engine.drawing.plan import PlannedFace
from tests.engine.drawing.test_head import CROWN, palette, person
from training.plain_heads import with_heads

NO_FEATURES = np.zeros((256, 256), np.uint8)


def test_a_drawing_gets_the_hair_of_the_plan() -> None:
    pixels, parts, face = person()
    drawn = with_heads(pixels, [PlannedFace(face, palette(), parts=parts)], ANIME, NO_FEATURES)
    x, y = CROWN
    assert np.abs(drawn[y, x] - rgb(palette().hair)).max() < 40
    assert np.abs(pixels[y, x] - rgb(palette().hair)).max() > 5


def test_features_of_the_drawing_stay() -> None:
    pixels, parts, face = person()
    features = NO_FEATURES.copy()
    x, y = CROWN
    features[y - 3 : y + 4, x - 3 : x + 4] = 255
    drawn = with_heads(pixels, [PlannedFace(face, palette(), parts=parts)], ANIME, features)
    np.testing.assert_array_equal(drawn[y, x], pixels[y, x])


def test_the_drawings_own_outline_gives_way_to_the_room() -> None:
    pixels, parts, face = person()
    own = pixels.copy()
    own[80:110, 55:58] = 0  # a line beside the head
    drawn = with_heads(own, [PlannedFace(face, palette(), parts=parts)], ANIME, NO_FEATURES)
    assert drawn[95, 55:57].mean() > 120
    np.testing.assert_array_equal(drawn[:20, :20], own[:20, :20])


def test_a_face_whose_parts_are_not_known_changes_nothing() -> None:
    pixels, _, face = person()
    drawn = with_heads(pixels, [PlannedFace(face, palette())], ANIME, NO_FEATURES)
    np.testing.assert_array_equal(drawn, pixels)
