"""Drawings with heads and outlines as plans have them."""

from __future__ import annotations

import cv2
import numpy as np

from engine.drawing.colour import rgb
from engine.drawing.figures import Figures
from engine.drawing.looks import ANIME
from engine.drawing.planned_face import PlannedFace, worked_out
from tests.engine.drawing.test_head import CROWN, palette, person
from training.plain_heads import with_heads, with_outlines

NO_FEATURES = np.zeros((256, 256), np.uint8)


def test_a_drawing_gets_the_hair_of_the_plan() -> None:
    pixels, parts, face = person()
    drawn = with_heads(
        pixels, worked_out([PlannedFace(face, palette(), parts=parts)]), ANIME, NO_FEATURES
    )
    x, y = CROWN
    assert np.abs(drawn[y, x] - rgb(palette().hair)).max() < 40
    assert np.abs(pixels[y, x] - rgb(palette().hair)).max() > 5


def test_features_of_the_drawing_stay() -> None:
    pixels, parts, face = person()
    features = NO_FEATURES.copy()
    x, y = CROWN
    features[y - 3 : y + 4, x - 3 : x + 4] = 255
    drawn = with_heads(
        pixels, worked_out([PlannedFace(face, palette(), parts=parts)]), ANIME, features
    )
    np.testing.assert_array_equal(drawn[y, x], pixels[y, x])


def test_the_drawings_own_outline_gives_way_to_the_room() -> None:
    pixels, parts, face = person()
    own = pixels.copy()
    own[80:110, 55:58] = 0  # a line beside the head
    drawn = with_heads(
        own, worked_out([PlannedFace(face, palette(), parts=parts)]), ANIME, NO_FEATURES
    )
    assert drawn[95, 55:57].mean() > 120
    np.testing.assert_array_equal(drawn[:20, :20], own[:20, :20])


def test_a_face_whose_parts_are_not_known_changes_nothing() -> None:
    pixels, _, face = person()
    drawn = with_heads(pixels, [PlannedFace(face, palette())], ANIME, NO_FEATURES)
    np.testing.assert_array_equal(drawn, pixels)


def someone() -> Figures:
    """The right half of a picture."""
    mask = np.zeros((144, 256), np.float32)
    mask[:, 128:] = 1.0
    return Figures.of(np.asarray(cv2.GaussianBlur(mask, (0, 0), 2.0), np.float32), (256, 256))


def test_a_drawing_gets_the_line_of_the_plan_in_place_of_its_own() -> None:
    drawing = np.full((256, 256, 3), 90, np.uint8)
    drawing[:, 128:] = (200, 60, 60)
    drawing[:, 130:133] = 0  # its own line, some pixels beside
    drawn = with_outlines(drawing, someone(), ANIME, []).astype(int)
    row = drawn[100].sum(1)
    assert abs(int(row.argmin()) - 127) <= 1
    assert (row[130:134] > 200).all()
    np.testing.assert_array_equal(drawn[:, :90], drawing[:, :90])
    np.testing.assert_array_equal(drawn[:, 170:], drawing[:, 170:])


def test_where_nobody_is_a_drawing_stays() -> None:
    drawing = np.random.default_rng(0).integers(0, 256, (64, 64, 3), np.uint8)
    nobody = Figures.of(np.zeros((144, 256), np.float32), (64, 64))
    np.testing.assert_array_equal(with_outlines(drawing, nobody, ANIME, []), drawing)
