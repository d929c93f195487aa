"""Each part of a face, drawn by itself on a plain canvas: where it lies, and in which colours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import ArrayLike

from engine.drawing.canvas import SCALE, Canvas, Points, finished, resized
from engine.drawing.colour import Lab, difference, lab_of
from engine.drawing.eyes import eye_of, paint_brow, paint_eye
from engine.drawing.glasses import paint_glasses
from engine.drawing.landmarks import (
    JAW,
    LIPS_BOTTOM,
    LIPS_TOP,
    LOWER_LID,
    MOUTH_BOTTOM,
    MOUTH_TOP,
    NOSE,
    OVAL,
    UPPER_LID,
    Face,
    face_of,
)
from engine.drawing.looks import ANIME, LOOKS, MANGA, Look
from engine.drawing.mouth import TEETH, TONGUE, paint_mouth, paint_nose
from engine.drawing.palette import decided
from engine.drawing.portrait import INK, Clearance, inks_of
from tests.training.anime.conftest import SIDE, Tones, found_at, reading_of
from training.anime.drawing.compose import drawn, is_covered
from training.anime.drawing.lines import draw_fingers
from training.anime.drawing.scene import Scene
from training.anime.drawing.skin import Area, area_of, face_shadow, paint_beard, paint_face
from training.anime.sight import seen_in
from training.anime.steady import Still
from training.anime.view import view_of

PAPER = 255.0
GREEN = (120.0, 200.0, 120.0)

Part = Callable[[Canvas, Scene, Face, Area], None]


def free(scene: Scene, area: Area) -> Clearance:
    return area.clearance(scene.covered)


def nose(canvas: Canvas, scene: Scene, _face: Face, area: Area) -> None:
    paint_nose(canvas, scene.portrait(0), free(scene, area))


def mouth(canvas: Canvas, scene: Scene, _face: Face, area: Area) -> None:
    paint_mouth(canvas, scene.portrait(0), free(scene, area))


def eyes(canvas: Canvas, scene: Scene, face: Face, area: Area) -> None:
    for side in (0, 1):
        paint_eye(canvas, scene.portrait(0), eye_of(face, side, 1.42), side, free(scene, area))


def brows(canvas: Canvas, scene: Scene, face: Face, area: Area) -> None:
    for side in (0, 1):
        paint_brow(canvas, scene.portrait(0), eye_of(face, side, 1.42), side, free(scene, area))


def glasses(canvas: Canvas, scene: Scene, face: Face, area: Area) -> None:
    paint_glasses(
        canvas,
        scene.portrait(0),
        (eye_of(face, 0, 1.42), eye_of(face, 1, 1.42)),
        free(scene, area),
    )


def skin(canvas: Canvas, scene: Scene, _face: Face, area: Area) -> None:
    paint_face(canvas, scene, 0, area)


PARTS: tuple[Part, ...] = (nose, mouth, eyes, brows, glasses, skin)


def scene_of(face: Face, look: Look = ANIME, **palette: object) -> Scene:
    """The person of plain shapes with this face; palette: what differs from what was seen."""
    view = view_of(reading_of(face, Tones()), 0.0)
    seen = decided([seen_in(view, 0)])
    return Scene(view, look, Still(), (0,), (replace(seen, **palette),))  # type: ignore[arg-type]


def painted(part: Part, scene: Scene) -> tuple[Canvas, Area]:
    """The part on white paper."""
    side = SIDE * SCALE
    canvas = Canvas(np.full((side, side, 3), PAPER, np.float32))
    face = scene.view.faces[0]
    area = area_of(canvas, scene, face)
    part(canvas, scene, face, area)
    return canvas, area


def touched(canvas: Canvas) -> np.ndarray:
    """Where anything was painted or drawn, (H, H)."""
    return np.abs(canvas.flattened() - PAPER).max(2) > 1.0


def with_points(face: Face, change: Callable[[Points], None]) -> Face:
    """The face with other landmarks."""
    found = found_at()
    points = found.points.copy()
    change(points)
    return face_of(replace(found, points=points, shapes=face.shapes))


def opened(face: Face, gap: float) -> Face:
    """The face with the lower lip moved down by a share of its height."""

    def move(points: Points) -> None:
        lower = sorted({*MOUTH_BOTTOM[1:-1], *LIPS_BOTTOM[1:-1]})
        points[lower] += face.down * gap * face.height

    return with_points(face, move)


def turned_away(face: Face) -> Face:
    """The face turned to the picture's right: its far cheek is narrow, its nose aside."""

    def turn(points: Points) -> None:
        points[list(OVAL), 0] = np.minimum(points[list(OVAL), 0], points[263, 0] + 4.0)
        points[[1, 4], 0] += 12.0

    turned = with_points(face, turn)
    assert turned.turn > 0.25
    return turned


def near(canvas: Canvas, colour: ArrayLike, reach: float = 12.0) -> int:
    """How many pixels of the picture have about this RGB colour."""
    apart = np.abs(finished(canvas.flattened()).astype(float) - np.asarray(colour)).max(2)
    return int((apart < reach).sum())


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_a_part_stays_near_the_face(face: Face, part: Part) -> None:
    canvas, _ = painted(part, scene_of(face, glasses=1.0))
    y, x = np.nonzero(touched(canvas))
    low, high = face.at(*OVAL).min(0), face.at(*OVAL).max(0)
    reach = 0.25 * face.height
    assert len(x) > 0
    assert low[0] - reach < x.min() / SCALE < x.max() / SCALE < high[0] + reach
    assert low[1] - reach < y.min() / SCALE < y.max() / SCALE < high[1] + reach


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_a_part_is_drawn_twice_alike(face: Face, part: Part) -> None:
    one, other = (painted(part, scene_of(face, glasses=1.0))[0].flattened() for _ in range(2))
    assert np.array_equal(one, other)


@pytest.mark.parametrize("part", [nose, mouth, eyes], ids=lambda part: part.__name__)
def test_nothing_of_a_face_is_drawn_upon_hair_or_hands(face: Face, part: Part) -> None:
    scene = scene_of(face)
    side = SIDE * SCALE
    canvas = Canvas(np.full((side, side, 3), PAPER, np.float32))
    nowhere = np.zeros((side, side), np.float32)
    part(canvas, scene, face, Area(nowhere, nowhere, nowhere, nowhere))
    assert not touched(canvas).any()


@pytest.mark.parametrize("part", [eyes, brows, glasses], ids=lambda part: part.__name__)
def test_both_sides_have_about_the_same_amount_of_ink(face: Face, part: Part) -> None:
    canvas, _ = painted(part, scene_of(face, glasses=1.0))
    middle = int(face.centre[0] * SCALE)
    ink = touched(canvas)
    left, right = ink[:, :middle].sum(), ink[:, middle:].sum()
    assert left == pytest.approx(right, rel=0.25)


def test_the_area_of_a_face_is_its_oval(face: Face) -> None:
    _, area = painted(nose, scene_of(face))
    x, y = (face.centre * SCALE).astype(int)
    assert area.mask[y, x] == 1.0
    assert area.mask[:20].max() == 0.0
    assert (area.near >= area.mask - 1e-6).all()
    for plane in (area.mask, area.near, area.bare, area.edge):
        assert 0.0 <= plane.min() <= plane.max() <= 1.0


def test_whoever_wears_no_glasses_gets_none(face: Face) -> None:
    canvas, _ = painted(glasses, scene_of(face, glasses=0.0))
    assert not touched(canvas).any()


def test_frames_have_the_colour_of_the_palette_and_lenses_let_the_eyes_through(face: Face) -> None:
    red: Lab = lab_of((180, 30, 40))
    canvas, _ = painted(glasses, scene_of(face, glasses=1.0, frame=red))
    assert near(canvas, (180, 30, 40)) > 60
    eye = eye_of(face, 0, 1.42).middle.astype(int)
    assert finished(canvas.flattened())[eye[1], eye[0]].min() > 240


def test_glasses_that_are_hardly_seen_are_drawn_thinner(face: Face) -> None:
    thin, full = (
        touched(painted(glasses, scene_of(face, glasses=worn))[0]).sum() for worn in (0.3, 1.0)
    )
    assert 0 < thin < full


def test_a_shut_mouth_shows_neither_teeth_nor_tongue(face: Face) -> None:
    canvas, _ = painted(mouth, scene_of(face))
    assert near(canvas, TONGUE) == 0


def test_a_wide_open_mouth_shows_a_tongue(face: Face) -> None:
    canvas, _ = painted(mouth, scene_of(opened(face, 0.16)))
    assert near(canvas, TONGUE) > 20


def test_teeth_are_drawn_where_there_were_bright_ones(face: Face) -> None:
    wide = opened(face, 0.12)
    scene = scene_of(wide)
    lab = scene.view.lab.copy()
    top, bottom = wide.at(*MOUTH_TOP), wide.at(*MOUTH_BOTTOM)
    x0, x1 = int(top[0, 0]), int(top[-1, 0])
    lab[int(top[:, 1].min()) : int(bottom[:, 1].max()) + 1, x0:x1] = (95.0, 0.0, 2.0)
    bright = replace(scene, view=replace(scene.view, lab=lab))
    plain, smiling = (painted(mouth, each)[0].fills for each in (scene, bright))
    inside = np.s_[int(top[5, 1]) * SCALE : int(bottom[5, 1]) * SCALE]
    middle = int(wide.centre[0]) * SCALE
    assert np.abs(smiling[inside, middle] - TEETH).min() < 3.0
    assert smiling[inside, middle].mean() > plain[inside, middle].mean()


@pytest.mark.parametrize("group", [LIPS_TOP, (4, 2, 98, 327)])
def test_what_a_hand_covers_is_known(face: Face, group: tuple[int, ...]) -> None:
    scene = scene_of(face)
    where = face.at(*group).mean(0)
    hand = np.array([(6.0 * (i % 5) - 12, 5.0 * (i // 5) - 10) for i in range(21)]) + where
    hidden = replace(scene, view=replace(scene.view, hands=(hand,)))
    assert not is_covered(scene, face.at(*group))
    assert is_covered(hidden, face.at(*group))


def test_a_turned_head_shows_the_bridge_of_its_nose(face: Face) -> None:
    turned = turned_away(face)
    ink = [painted(nose, scene_of(each))[0].cover.sum() for each in (face, turned)]
    assert ink[1] > 2 * ink[0]


def test_the_far_cheek_of_a_turned_head_has_no_line_of_its_own(face: Face) -> None:
    turned = turned_away(face)
    _, area = painted(skin, scene_of(turned))
    middle = int(turned.points[NOSE, 0] * SCALE)
    inside = area.mask > 0.9
    close, far = (
        area.near[half][inside[half]].mean() for half in (np.s_[:, :middle], np.s_[:, middle:])
    )
    assert turned.far == 1
    assert far < 0.8 * close


@pytest.mark.parametrize("cover", [0.0, 0.05])
def test_a_shadow_on_the_chin_is_not_drawn_as_a_beard(face: Face, cover: float) -> None:
    canvas, _ = painted(
        lambda c, s, _f, a: paint_beard(c, s, 0, a), scene_of(face, beard_cover=cover)
    )
    assert not touched(canvas).any()


def test_a_beard_has_its_colour_and_leaves_the_lips_free(face: Face) -> None:
    scene = scene_of(face, beard_cover=0.6, beard=lab_of((60, 40, 30)))
    lab = scene.view.lab.copy()
    chin = face.at(*JAW)
    lab[int(face.at(17)[0, 1]) :, int(chin[:, 0].min()) : int(chin[:, 0].max())] = (20.0, 2.0, 3.0)
    dark = replace(scene, view=replace(scene.view, lab=lab))
    canvas, _ = painted(lambda c, s, _f, a: paint_beard(c, s, 0, a), dark)
    where = resized(touched(canvas).astype(np.float32), SIDE) > 0.5
    x, y = face.at(175)[0].astype(int)
    assert where[y - 6 : y - 2, x - 2 : x + 3].all()
    lips = face.at(*LIPS_TOP).mean(0).astype(int)
    assert not where[lips[1], lips[0]]


def test_a_face_in_even_light_has_no_shadow(face: Face) -> None:
    assert face_shadow(scene_of(face), face).max() < 0.0


def test_light_from_one_side_leaves_a_shadow_on_the_other(face: Face) -> None:
    scene = scene_of(face)
    lab = scene.view.lab.copy()
    middle = int(face.centre[0])
    lab[:, middle + 14 :, 0] *= 0.6
    depth = face_shadow(replace(scene, view=replace(scene.view, lab=lab)), face)
    cheek = face.at(352)[0].astype(int)
    other = face.at(123)[0].astype(int)
    assert depth[cheek[1], cheek[0]] > 0.0
    assert depth[other[1], other[0]] < 0.0


def test_shut_eyes_are_a_curve_and_open_ones_have_their_white(face: Face) -> None:
    shut = replace(face, shapes={"eyeBlinkLeft": 1.0, "eyeBlinkRight": 1.0})
    closed, open_ = (painted(eyes, scene_of(each))[0] for each in (shut, face))
    assert np.abs(closed.fills - PAPER).max() < 1.0, "lashes are ink; nothing is filled"
    assert closed.cover.max() > 0.5
    assert np.abs(open_.fills - PAPER).max() > 50.0


@pytest.mark.parametrize("side", [0, 1])
def test_a_wink_shuts_one_eye_alone(face: Face, side: int) -> None:
    name = ("eyeBlinkRight", "eyeBlinkLeft")[side]
    winking = replace(face, shapes={name: 1.0})
    canvas, _ = painted(eyes, scene_of(winking))
    filled = np.abs(canvas.fills - PAPER).max(2)
    middle = int(face.centre[0] * SCALE)
    halves = [filled[:, :middle].max(), filled[:, middle:].max()]
    assert halves[side] < 1.0 < halves[1 - side]


def test_the_lids_of_an_eye_meet_at_its_corners(face: Face) -> None:
    eye = eye_of(face, 0, 1.42)
    upper, lower = eye.upper_lid, eye.lower_lid
    assert upper[[0, -1]] == pytest.approx(lower[[0, -1]], abs=1e-6)
    assert (upper[5:-5] < lower[5:-5]).all()
    assert eye.height == pytest.approx(eye.upper + eye.lower)


def test_brows_stand_above_the_eyes(face: Face) -> None:
    canvas, _ = painted(brows, scene_of(face))
    rows = np.nonzero(touched(canvas).any(1))[0] / SCALE
    lids = face.at(*UPPER_LID[0], *UPPER_LID[1])[:, 1]
    assert rows.max() < lids.max()


def test_an_iris_has_the_hue_of_the_palette(face: Face) -> None:
    canvas, _ = painted(eyes, scene_of(face, iris=lab_of(GREEN)))
    picture = finished(canvas.flattened()).astype(int)
    x, y = face.at(*UPPER_LID[0], *LOWER_LID[0]).mean(0).astype(int)
    iris = picture[y : y + 8, x - 6 : x + 7].reshape(-1, 3)
    assert (iris[:, 1] > iris[:, 0] + 15).sum() > 10


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_skin_and_hair_keep_their_tones_in_every_look(face: Face, look: Look) -> None:
    palette = scene_of(face).palettes[0]
    inks = inks_of(palette, look)
    assert difference(lab_of(inks.skin), palette.skin) < 1.0
    assert lab_of(inks.shadow)[0] < lab_of(inks.skin)[0]
    assert lab_of(inks.hair_shadow)[0] < lab_of(inks.hair)[0] < lab_of(inks.hair_shine)[0]


def test_manga_has_black_lines_and_anime_coloured_ones(face: Face) -> None:
    palette = scene_of(face).palettes[0]
    black, coloured = inks_of(palette, MANGA), inks_of(palette, ANIME)
    assert all(np.array_equal(ink, INK) for ink in (black.line, black.hair_line, black.lash))
    assert not np.array_equal(coloured.line, INK)


def test_manga_is_drawn_in_greys(face: Face) -> None:
    picture = drawn(scene_of(face, MANGA)).astype(int)
    assert np.ptp(picture, axis=2).max() <= 1


def hand_of(spread: float) -> Points:
    """A hand of 21 points, its fingers upward and `spread` pixels apart."""
    hand = np.zeros((21, 2))
    hand[0] = (128, 236)
    for finger, start in enumerate((1, 5, 9, 13, 17)):
        for joint in range(4):
            hand[start + joint] = (128 + (finger - 2) * spread, 200 - 9.0 * joint)
    return hand


@pytest.mark.parametrize(("spread", "lines"), [(6.0, True), (40.0, False)])
def test_fingers_side_by_side_get_a_line_between_them(
    face: Face, spread: float, lines: bool
) -> None:
    scene = scene_of(face)
    masks = replace(scene.view.masks, skin=np.ones((SIDE, SIDE), np.float32))
    view = replace(scene.view, hands=(hand_of(spread),), masks=masks)
    canvas = Canvas(np.full((SIDE * SCALE,) * 2 + (3,), PAPER, np.float32))
    draw_fingers(canvas, replace(scene, view=view))
    assert touched(canvas).any() == lines


def test_a_hand_far_away_has_no_lines(face: Face) -> None:
    scene = scene_of(face)
    small = (hand_of(6.0) - 128) * 0.05 + 128
    canvas = Canvas(np.full((SIDE * SCALE,) * 2 + (3,), PAPER, np.float32))
    draw_fingers(canvas, replace(scene, view=replace(scene.view, hands=(small,))))
    assert not touched(canvas).any()
