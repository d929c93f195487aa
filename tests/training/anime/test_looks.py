"""Looks by name, and what a user may choose of a character."""

from __future__ import annotations

import numpy as np
import pytest

from engine.drawing.canvas import smooth_step
from engine.drawing.jaw import jaw_field, moved_by
from engine.drawing.landmarks import COUNT, Found, eye_openings, face_of, gaze
from engine.drawing.looks import ANIME, HERO, LOOKS, MANGA, blended, chosen_look, look_named
from engine.settings import Character
from tests.training.anime.conftest import Tones, found_at, reading_of
from training.anime.drawing.ground import flattened, painted_clothes, painted_room
from training.anime.drawing.strands import directions, mean_along
from training.anime.view import view_of

SIDE = 64


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_a_look_is_found_by_its_name_in_any_case(look: object) -> None:
    name = look.name  # type: ignore[attr-defined]
    assert look_named(name.upper()) is look_named(name.lower()) is look


def test_an_unknown_look_is_refused_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="no look is named Cubist; there are Anime, Manga"):
        look_named("Cubist")


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_one_look_alone_is_that_look(look: object) -> None:
    assert blended([(ANIME, 0.0), (look, 0.4)]) == look  # type: ignore[list-item]


def test_a_blend_lies_between_its_looks_by_their_weights() -> None:
    quarter = blended([(ANIME, 0.3), (MANGA, 0.1)])
    assert quarter.name == "Anime"
    assert quarter.black_lines == pytest.approx(0.25)
    assert quarter.grade.chroma == pytest.approx(0.75)
    broad = blended([(ANIME, 0.5), (HERO, 0.5)])
    assert broad.eye_size == pytest.approx((ANIME.eye_size + HERO.eye_size) / 2)
    assert broad.finer_jaw == pytest.approx((ANIME.finer_jaw + HERO.finer_jaw) / 2)


def test_a_blend_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="a weight above 0"):
        blended([(ANIME, 0.0)])


@pytest.mark.parametrize("size", [1.0, 1.8])
def test_the_smallest_and_the_largest_eyes_may_be_chosen(size: float) -> None:
    assert chosen_look(HERO, Character(eye_size=size)).eye_size == size


def test_lines_are_chosen_in_proportion_to_the_looks() -> None:
    chosen = chosen_look(HERO, Character(blush=0.0, line_weight=2.0))
    assert chosen.line == pytest.approx(2.0 * HERO.line)
    assert (chosen.blush, HERO.blush) == (0.0, 0.1)


def test_a_face_needs_all_its_points() -> None:
    with pytest.raises(ValueError, match=f"a face has {COUNT} points"):
        face_of(Found(np.zeros((5, 2)), {}, np.eye(3)))


@pytest.mark.parametrize("degrees", [-40.0, 0.0, 25.0])
def test_the_turn_of_a_head_is_read_from_its_rotation(degrees: float) -> None:
    angle = np.radians(degrees)
    turned = np.array(
        [[np.cos(angle), 0, np.sin(angle)], [0, 1, 0], [-np.sin(angle), 0, np.cos(angle)]]
    )
    found = found_at()
    face = face_of(Found(found.points, {}, turned))
    assert face.yaw == pytest.approx(degrees)
    assert face.pitch == pytest.approx(0.0, abs=1e-6)


def test_a_tilted_head_has_its_roll_and_the_same_size() -> None:
    found = found_at()
    angle = np.radians(20)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    upright = face_of(found)
    tilted = face_of(Found((found.points - 128) @ turn.T + 128, {}, np.eye(3)))
    assert tilted.roll - upright.roll == pytest.approx(20.0, abs=0.5)
    assert tilted.height == pytest.approx(upright.height)


def test_eyes_that_look_aside_are_read_so_but_never_beyond_the_lids() -> None:
    found = found_at()
    ahead = gaze(face_of(found))
    points = found.points.copy()
    points[[468, 473], 0] += 3.0
    aside = gaze(face_of(Found(points, {}, np.eye(3))))
    points[[468, 473], 0] += 500.0
    assert all(a > b for a, b in zip(aside, ahead, strict=True))
    assert gaze(face_of(Found(points, {}, np.eye(3)))) == (0.28, 0.28)


@pytest.mark.parametrize(("blink", "shut"), [(0.0, False), (1.0, True)])
def test_a_blink_shuts_both_eyes(blink: float, shut: bool) -> None:
    found = found_at()
    shapes = {"eyeBlinkLeft": blink, "eyeBlinkRight": blink}
    openings = eye_openings(face_of(Found(found.points, shapes, np.eye(3))))
    assert all((opening < 0.1) is shut for opening in openings)
    assert all(0.0 <= opening <= 1.3 for opening in openings)


def test_without_a_finer_jaw_the_picture_stays_as_it_is() -> None:
    reading = reading_of(face_of(found_at()), Tones())
    assert np.array_equal(view_of(reading, 0.0).pixels, reading.pixels)


@pytest.mark.parametrize(("finer", "narrower"), [(1.0, True), (-0.45, False)])
def test_a_jaw_becomes_finer_or_broader(finer: float, narrower: bool) -> None:
    reading = reading_of(face_of(found_at()), Tones())
    before, after = (view_of(reading, amount).faces[0].at(172, 397) for amount in (0.0, finer))
    widths = [float(np.linalg.norm(pair[1] - pair[0])) for pair in (before, after)]
    assert (widths[1] < widths[0]) is narrower


def test_a_picture_without_faces_is_moved_nowhere() -> None:
    field = jaw_field((), SIDE, 1.0)
    picture = np.random.default_rng(0).integers(0, 255, (SIDE, SIDE, 3), dtype=np.uint8)
    assert not field.any()
    assert np.array_equal(moved_by(field, picture), picture)


def test_each_pixel_belongs_to_the_nearest_person() -> None:
    left, right = face_of(found_at(64, 90, 70)), face_of(found_at(192, 90, 70))
    reading = reading_of(left, Tones())
    view = view_of(type(reading)(reading.pixels, (left, right), (), reading.masks), 0.0)
    mine, theirs = view.owned(0), view.owned(1)
    assert (mine ^ theirs).all()
    assert mine[90, 20]
    assert theirs[90, 230]
    assert view.owned(None).all()


@pytest.mark.parametrize("paint", [flattened, painted_room, painted_clothes])
def test_an_even_ground_stays_even(paint: object) -> None:
    even = np.full((SIDE, SIDE, 3), (120, 90, 60), np.uint8)
    painted = np.asarray(paint(even), np.float32)  # type: ignore[operator]
    assert np.ptp(painted, axis=(0, 1)).max() < 2.0


def test_a_room_has_more_colour_than_it_had() -> None:
    even = np.full((SIDE, SIDE, 3), (130, 110, 100), np.uint8)
    room = painted_room(even)
    assert np.ptp(room[32, 32]) > np.ptp(even[32, 32])


def test_strands_are_followed_and_not_crossed() -> None:
    x = np.arange(SIDE, dtype=np.float32)
    stripes = np.tile(50 + 40 * np.sin(x), (SIDE, 1)).astype(np.float32)
    grain = np.random.default_rng(0).normal(0, 8, stripes.shape).astype(np.float32)
    way = directions(stripes, 3.0)
    smooth = mean_along(stripes + grain, way, 6)
    middle = np.s_[12:-12, 12:-12]
    assert np.abs(way[1][middle]).mean() > 0.95
    assert np.abs(smooth - stripes)[middle].mean() < 0.5 * np.abs(grain)[middle].mean()


def test_a_smooth_step_is_flat_at_both_ends() -> None:
    step = smooth_step(np.array([-1.0, 0.0, 0.5, 1.0, 2.0]), 0.0, 1.0)
    assert step.tolist() == [0.0, 0.0, 0.5, 1.0, 1.0]
