"""The shadow on a face, told from the light."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from engine.drawing.colour import lab_of, rgb
from engine.drawing.face_box import FaceBox
from engine.drawing.landmarks import Face, face_of
from engine.drawing.shade import GRID, HeldShade, is_skin, shade_depth, shade_of
from engine.frames import Pixels
from tests.engine.drawing.conftest import found_at

SIDE = 256
SKIN = (70.0, 14.0, 17.0)


@pytest.fixture
def face() -> Face:
    return face_of(found_at(128.0, 128.0, 140.0))


@pytest.mark.parametrize("x", [128.0, 40.0, 250.0, 900.0])
def test_the_light_is_seen_as_small_as_the_shadow_is(x: float) -> None:
    frame = np.random.default_rng(0).integers(0, 256, (SIDE, SIDE, 3), np.uint8)
    box = FaceBox.around(face_of(found_at(x, 128.0, 90.0)))
    expected = cv2.resize(box.lab(frame), (GRID, GRID), interpolation=cv2.INTER_AREA)
    np.testing.assert_allclose(box.small_lab(frame, GRID), expected, atol=1e-3)


def lit(darker: float, start: int = SIDE) -> Pixels:
    """Skin, darker (L*) from a column on."""
    light = np.full((SIDE, SIDE), SKIN[0], np.float32)
    light[:, start:] -= darker
    shades = {value: rgb((value, *SKIN[1:])) for value in np.unique(light).tolist()}
    return np.array([[shades[v] for v in row] for row in light.tolist()], np.uint8)


def test_even_light_leaves_no_shadow(face: Face) -> None:
    assert (shade_depth(lit(0.0), face, SKIN) <= 0).all()


def test_the_dark_side_is_in_shadow_with_its_edge_where_the_light_ends(face: Face) -> None:
    right = int(face.centre[0] + 0.2 * face.width)
    depth = shade_depth(lit(25.0, right), face, SKIN)
    shade = shade_of(depth, GRID, 0.1)
    rows = shade[GRID // 2 - 4 : GRID // 2 + 4]
    assert rows[:, : GRID // 2].max() == 0.0
    assert rows.max() == 1.0


def test_a_dark_spot_in_the_middle_is_none(face: Face) -> None:
    frame, (x, y) = lit(0.0), face.centre.astype(int)
    frame[y : y + 12, x - 6 : x + 6] = rgb((40.0, *SKIN[1:]))
    assert (shade_depth(frame, face, SKIN) <= 0).all()


def test_hair_and_cloth_are_no_skin() -> None:
    colours = np.array([[rgb(SKIN), (20, 18, 16), (30, 60, 160), rgb((45.0, 13.0, 15.0))]])
    lab = np.array([[lab_of(colour) for colour in colours[0]]], np.float32)
    assert is_skin(lab, SKIN).tolist() == [[True, False, False, True]]


def test_a_shadow_that_comes_is_taken_over_calmly(face: Face) -> None:
    held, right = HeldShade(), int(face.centre[0] + 0.2 * face.width)
    before = held.of(lit(0.0), face, SKIN)
    dark = lit(25.0, right)
    wanted = shade_depth(dark, face, SKIN)
    steps = [float(np.abs(held.of(dark, face, SKIN) - wanted).max()) for _ in range(12)]
    assert steps[0] > 0.5 * np.abs(before - wanted).max()
    assert steps[-1] < 0.1 * steps[0]


@pytest.mark.parametrize("centre", [(-60.0, 20.0), (250.0, 300.0)])
def test_a_face_beyond_the_frame_has_no_shadow(centre: tuple[float, float]) -> None:
    depth = shade_depth(lit(0.0), face_of(found_at(*centre, 120.0)), SKIN)
    assert np.isfinite(depth).all()
    assert (depth <= 0).all()
