"""What is planned for the faces of a frame, and what is laid upon the painted picture."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from engine.drawing.canvas import Canvas, Layer, ellipse, finished
from engine.drawing.colour import rgb
from engine.drawing.figures import Figures
from engine.drawing.ground import Surroundings
from engine.drawing.landmarks import IRIS, OVAL, Face, face_of
from engine.drawing.looks import ANIME, LOOKS, Look
from engine.drawing.palette import Palette, decided
from engine.drawing.plan import FULLY_DRAWN, TONES, laid_upon, planned, tones_of
from engine.drawing.planned_face import PlannedFace
from engine.drawing.shade import GRID, LIT
from engine.frames import Pixels
from tests.engine.drawing.conftest import found_at
from tests.engine.drawing.seen import BROWN

SIDE = 256


def person(x: float = 128.0, y: float = 112.0, height: float = 120.0) -> PlannedFace:
    return PlannedFace(face_of(found_at(x, y, height)), palette())


def palette() -> Palette:
    return decided([BROWN])


def noise(width: int = SIDE, height: int = SIDE) -> Pixels:
    return np.random.default_rng(0).integers(0, 256, (height, width, 3), np.uint8)


def test_without_faces_the_plan_is_the_frame_in_tones() -> None:
    frame = noise()
    plan = planned(frame, (), ANIME)
    assert plan.drawing.source is frame
    assert np.array_equal(plan.pixels, Surroundings.of(frame).ground)
    assert not plan.drawing.cover.any()
    assert not plan.tones.any()


def test_half_a_share_of_a_look_lies_between_frame_and_tones() -> None:
    frame = noise()
    full = Surroundings.of(frame).ground.astype(int)
    half = planned(frame, (), ANIME, 0.5 * FULLY_DRAWN).pixels
    assert np.abs(half - (frame + full) / 2).max() <= 1.0


def test_without_a_share_of_the_look_the_plan_is_the_frame_itself() -> None:
    frame = noise()
    assert planned(frame, (), ANIME, 0.0).pixels is frame


def test_around_people_a_line_is_planned_whether_their_faces_are_known_or_not() -> None:
    frame = noise()
    mask = np.zeros((144, 256), np.float32)
    mask[60:, 80:176] = 1.0
    figures = Figures.of(cv2.GaussianBlur(mask, (0, 0), 2.0), frame.shape[:2])
    for faces in ((), [person()]):
        plan = planned(frame, faces, ANIME, around=Surroundings.of(frame, figures))
        assert plan.drawing.cover[200:230, 70:90].max() > 90
        without = planned(frame, faces, ANIME).pixels[200:230, 70:90].astype(int)
        assert (without - plan.pixels[200:230, 70:90]).max() > 30


def test_eyes_are_drawn_where_they_are_and_grow_with_the_look() -> None:
    frame, each = noise(), person()
    areas = [
        int((planned(frame, [each], ANIME, share).drawing.cover > 128).sum())
        for share in (0.7, 1.0)
    ]
    assert areas[1] > areas[0] > 0
    plan = planned(frame, [each], ANIME)
    for iris in IRIS:
        x, y = each.face.points[iris].astype(int)
        assert plan.drawing.cover[y, x] == 255


def test_what_is_drawn_holds_nothing_of_the_frame() -> None:
    frames = noise(), 255 - noise()
    ones, others = (planned(frame, [person()], ANIME).drawing for frame in frames)
    sure = (ones.cover == 255) & (others.cover == 255)
    # brows and teeth are told by the frame's own light, all else by the palette
    assert np.mean(np.abs(ones.drawn[sure].astype(int) - others.drawn[sure]) > 2) < 0.1
    assert not ones.drawn[ones.cover == 0].any()


def test_far_from_a_face_the_plan_is_the_frame_in_tones() -> None:
    frame = noise()
    plan = planned(frame, [person()], ANIME)
    far = np.ones((SIDE, SIDE), bool)
    far[2:238, 12:244] = False
    assert np.array_equal(plan.pixels[far], Surroundings.of(frame).ground[far])


def test_the_persons_own_eyes_are_gone_from_the_plan() -> None:
    frame = np.full((SIDE, SIDE, 3), 200, np.uint8)
    each = person()
    dark = each.face.points[33].astype(int)  # the outer corner of an eye
    frame[dark[1] - 3 : dark[1] + 3, dark[0] - 3 : dark[0] + 3] = 0
    plan = planned(frame, [each], replace(ANIME, finer_jaw=0.0))
    below = plan.pixels.astype(float) - plan.drawing.drawn
    clear = plan.drawing.cover < 20
    near = np.zeros_like(clear)
    near[dark[1] - 2 : dark[1] + 2, dark[0] - 2 : dark[0] + 2] = True
    skin = rgb(each.palette.skin).mean()
    assert (np.abs(below[near & clear].mean(-1) - skin) < 25).all()


@pytest.mark.parametrize(("x", "y", "height"), [(5, 5, 120), (250, 250, 90), (128, 128, 500)])
def test_faces_at_the_border_and_larger_than_the_frame_are_drawn(
    x: float, y: float, height: float
) -> None:
    plan = planned(noise(), [person(x, y, height)], ANIME)
    assert plan.drawing.cover.any()
    assert plan.pixels.shape == (SIDE, SIDE, 3)


@pytest.mark.parametrize(("x", "y"), [(-900, 50), (128, 2000)])
def test_a_face_outside_of_the_frame_is_left_out(x: float, y: float) -> None:
    frame = noise()
    plan = planned(frame, [person(x, y)], ANIME)
    assert np.array_equal(plan.drawing.source, frame)
    assert not plan.drawing.cover.any()


def test_bare_skin_is_flat_in_light_and_shadow_and_what_covers_it_shows() -> None:
    each = replace(person(), depth=half_in_shadow())
    skin, shadow = rgb(each.palette.skin), rgb(each.palette.shadow)
    grain = np.random.default_rng(1).normal(0, 6, (SIDE, SIDE, 1))
    frame: Pixels = np.clip(skin + grain, 0, 255).astype(np.uint8)
    y = int(each.face.points[[50, 280], 1].mean())  # of the cheeks
    left, right = (each.face.points[at].astype(int) for at in (50, 280))
    frame[y - 6 : y + 6, left[0] - 6 : left[0] + 6] = (20, 90, 200)  # something before the face
    plan = planned(frame, [each], replace(ANIME, finer_jaw=0.0, blush=0.0))
    lit, dark = plan.pixels[left[1] + 14, left[0]], plan.pixels[right[1] + 14, right[0]]
    assert np.abs(lit - skin).max() < 6
    assert np.abs(dark - shadow).max() < np.abs(dark - skin).max()
    assert plan.pixels[y, left[0]][2] > 180


def half_in_shadow() -> np.ndarray:
    depth = np.full((GRID, GRID), LIT, np.float32)
    depth[:, GRID // 2 :] = -LIT
    return depth


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_a_face_may_leave_the_frame_pixel_by_pixel(look: Look) -> None:
    frame = noise(96, 96)
    for x, y in [(-i, 40) for i in range(0, 130, 3)] + [(40, 96 + i) for i in range(0, 130, 3)]:
        plan = planned(frame, [person(float(x), float(y), 80.0)], look)
        assert plan.pixels.shape == frame.shape


def test_a_face_that_comes_fades_in() -> None:
    each = person()
    covers = [
        float(planned(noise(), [replace(each, weight=weight)], ANIME).drawing.cover.mean())
        for weight in (0.25, 0.5, 1.0)
    ]
    assert 0 < covers[0] < covers[1] < covers[2]


def test_the_nearest_face_lies_upon_the_others() -> None:
    red = replace(palette(), iris=(45.0, 60.0, 40.0))
    near, far = replace(person(), palette=red), person(height=100.0)
    plan = planned(noise(), [near, far], ANIME)
    alone = planned(noise(), [near], ANIME)
    x, y = near.face.points[IRIS[0]].astype(int)
    assert np.array_equal(plan.drawing.drawn[y, x], alone.drawing.drawn[y, x])


def test_tones_tell_skin_and_hair_near_a_face_and_nothing_far_from_it() -> None:
    each = person(60.0, 60.0, 60.0)
    tones = tones_of([each], SIDE, SIDE)
    assert tones.shape == (TONES, SIDE // 8, SIDE // 8)
    middle = tones[:, 7, 7]
    assert middle[:3] == pytest.approx(rgb(each.palette.skin) / 127.5 - 1, abs=0.01)
    assert middle[3:6] == pytest.approx(rgb(each.palette.hair) / 127.5 - 1, abs=0.01)
    assert middle[6] == 1.0
    assert not tones[:, -1, -1].any()


@pytest.mark.parametrize(("agrees", "shows"), [(255, 1.0), (128, 0.5), (0, 0.0)])
def test_what_is_drawn_is_shown_as_far_as_the_decoder_agrees(agrees: int, shows: float) -> None:
    drawing = planned(noise(), [person()], ANIME).drawing
    picture = np.full((SIDE, SIDE, 3), 90, np.uint8)
    laid_upon(picture, np.full((SIDE, SIDE), agrees, np.uint8), drawing)
    sure = drawing.cover == 255
    wanted = 90 + shows * (drawing.drawn[sure].astype(float) - 90)
    assert np.abs(picture[sure] - wanted).max() < 2
    assert (picture[drawing.cover == 0] == 90).all()


def test_a_blank_plan_shows_what_was_painted_and_nothing_of_the_frame() -> None:
    picture = np.full((SIDE, SIDE, 3), 127, np.uint8)
    laid_upon(picture, np.full((SIDE, SIDE), 255, np.uint8), planned(noise(), (), ANIME).drawing)
    assert (picture == 127).all()


@pytest.mark.parametrize("factor", [1.0, 2.0, 1.5])
def test_what_is_drawn_is_drawn_at_the_size_of_the_source(factor: float) -> None:
    side, alone = int(SIDE * factor), planned(noise(), [person()], ANIME).drawing
    plan = planned(noise(), [person()], ANIME, source=noise(side, side))
    assert plan.upon_source is not None
    assert plan.upon_source.cover.shape == (side, side)
    off = np.abs(plan.drawing.cover.astype(float) - alone.cover)
    assert off.mean() < 4.0
    assert (off > 128).mean() < 0.01


def test_ink_on_a_layer_is_as_on_a_canvas() -> None:
    layer, canvas = Layer(SIDE), Canvas(np.full((2 * SIDE, 2 * SIDE, 3), 90, np.float32))
    line = np.array([[30.0, 40.0], [80.0, 60.0], [SIDE + 9.0, 140.0]])
    for surface in (layer, canvas):
        surface.paint(surface.polygon(ellipse((70, 70), 40, 30)), (10, 200, 30), 0.8)
        surface.stroke(line, 9.0, (200, 20, 60))
        surface.stroke(line[:, ::-1], 6.0, (20, 40, 250), 0.6)
    shown = layer.pixels[..., :3] + 90 * (1 - layer.pixels[..., 3:] / 255)
    off = np.abs(shown - finished(canvas.flattened()))
    assert off.mean() < 1.0
    assert (off > 24).mean() < 0.01  # a canvas of half the scale has other edges


def test_a_wide_frame_has_a_plan_of_its_own_shape() -> None:
    plan = planned(noise(320, 192), [person(250.0, 90.0, 80.0)], ANIME)
    assert plan.drawing.cover.shape == (192, 320)
    assert plan.tones.shape == (TONES, 24, 40)
    assert plan.drawing.cover[:, 200:300].any()
    assert not plan.drawing.cover[:, :120].any()


def test_a_jaw_too_little_finer_to_be_seen_moves_nothing(face: Face) -> None:
    frame = noise()
    plan = planned(frame, [PlannedFace(face, palette())], replace(ANIME, finer_jaw=1e-4))
    np.testing.assert_array_equal(plan.drawing.source, frame)


def test_a_finer_jaw_moves_the_frame_with_the_face(face: Face) -> None:
    frame = noise()
    plan = planned(frame, [PlannedFace(face, palette())], ANIME)
    jaw = face.at(*OVAL).max(0).astype(int)
    assert not np.array_equal(
        plan.drawing.source[jaw[1] - 20 : jaw[1]], frame[jaw[1] - 20 : jaw[1]]
    )
