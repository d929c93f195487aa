"""Heads are painted around their faces: where parts are, in the person's colours, with edges."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from engine.drawing.colour import Lab, lab_of, lab_picture, rgb
from engine.drawing.head import Head
from engine.drawing.landmarks import OVAL, Face, face_of
from engine.drawing.looks import ANIME, HERO, MANGA, Look
from engine.drawing.palette import Palette, decided, with_colours
from engine.drawing.parts import CLOTHES, HAIR, PARTS, REST, SKIN, HeadParts, HeldParts
from engine.drawing.plan import planned
from engine.drawing.planned_face import PlannedFace
from engine.drawing.portrait import inks_of
from engine.frames import Pixels
from tests.engine.drawing.conftest import found_at
from tests.engine.drawing.seen import BROWN

SIDE, CELLS = 256, 96
CROWN = 128, 40
"""A place in the hair, x and y."""


def palette() -> Palette:
    return decided([BROWN])


def person() -> tuple[Pixels, HeadParts, Face]:
    """Somebody of plain shapes: hair above the face, shoulders below, a wall behind."""
    face = face_of(found_at())
    labels = np.full((SIDE, SIDE), REST, np.uint8)
    cv2.ellipse(labels, (128, 230), (100, 60), 0, 0, 360, CLOTHES, -1)
    cv2.ellipse(labels, (128, 95), (66, 76), 0, 0, 360, HAIR, -1)
    labels[150:185, 108:148] = SKIN
    cv2.fillConvexPoly(labels, cv2.convexHull(face.points[list(OVAL)].astype(np.int32)), SKIN)
    seen: dict[int, Lab] = {
        SKIN: BROWN.skin,
        HAIR: (22.0, 5.0, 9.0),
        CLOTHES: (40.0, 10.0, -40.0),
        REST: (80.0, 0.0, 0.0),
    }
    pixels = np.zeros((SIDE, SIDE, 3), np.uint8)
    for label, tone in seen.items():
        pixels[labels == label] = np.rint(rgb(tone))
    to_picture = np.array([[SIDE / CELLS, 0, 0.8], [0, SIDE / CELLS, 0.8]])
    flags = cv2.INTER_AREA
    planes = np.eye(PARTS, dtype=np.float32)[labels]
    shares = cv2.GaussianBlur(cv2.resize(planes, (CELLS, CELLS), interpolation=flags), (0, 0), 0.8)
    lab = lab_picture(cv2.resize(pixels, (CELLS, CELLS), interpolation=flags))
    return pixels, HeadParts(np.asarray(shares, np.float32), lab, to_picture), face


def paint(
    pixels: Pixels,
    parts: HeadParts,
    face: Face,
    colours: Palette,
    look: Look = ANIME,
    opacity: float = 1.0,
) -> None:
    """All of a head upon pixels, in place."""
    head = Head.of(parts, face, colours.skin)
    head.paint_skin(pixels, colours, look, opacity)
    drawn, cover = laid(head, pixels, look, colours, opacity)
    free = 1.0 - cover[..., None] / 255.0
    pixels[:] = np.rint(np.clip(pixels * free + drawn, 0, 255))


def laid(
    head: Head, pixels: Pixels, look: Look, colours: Palette, opacity: float = 1.0
) -> tuple[Pixels, Pixels]:
    """Hair and outlines, premultiplied, and their cover."""
    drawn, cover = np.zeros_like(pixels), np.zeros(pixels.shape[:2], np.uint8)
    head.lay(drawn, cover, colours, look, opacity)
    return drawn, cover


def painted(look: Look = ANIME, colours: Palette | None = None, opacity: float = 1.0) -> Pixels:
    pixels, parts, face = person()
    paint(pixels, parts, face, colours or palette(), look, opacity)
    return pixels


def test_hair_has_the_tones_of_its_palette_and_the_wall_stays() -> None:
    before, _, _ = person()
    x, y = CROWN
    seen, drawn = (np.asarray(lab_of(each[y, x])) for each in (before, painted()))
    assert np.linalg.norm(drawn - palette().hair) < 0.4 * np.linalg.norm(seen - palette().hair)
    far = np.s_[:20, :40]
    np.testing.assert_array_equal(painted()[far], before[far])


def test_a_chosen_hair_colour_is_the_colour_of_the_hair() -> None:
    blue: Lab = (45.0, 0.0, -40.0)
    x, y = CROWN
    drawn = painted(colours=with_colours(palette(), None, blue))[y, x]
    assert np.linalg.norm(np.asarray(lab_of(drawn)) - blue) < 12.0


def test_an_outline_runs_between_head_and_wall() -> None:
    row = lab_picture(painted())[95, :128, 0]
    edge = int(np.argmin(row[50:75])) + 50
    assert abs(edge - (128 - 66)) <= 2
    assert row[edge] < 35.0 < row[edge - 4]


def test_bold_looks_have_wider_outlines() -> None:
    thin, bold = (
        (lab_picture(painted(look))[60:130, 50:75, 0] < 40).sum() for look in (ANIME, HERO)
    )
    assert bold > thin


def test_without_opacity_nothing_is_painted() -> None:
    before, _, _ = person()
    np.testing.assert_array_equal(painted(opacity=0.0), before)


def test_the_face_itself_is_left_to_what_draws_faces() -> None:
    before, _, face = person()
    x, y = face.points[4].astype(int)
    np.testing.assert_array_equal(painted()[y - 5 : y + 5, x - 5 : x + 5],
                                  before[y - 5 : y + 5, x - 5 : x + 5])  # fmt: skip


def test_the_neck_lies_in_the_shadow_of_the_jaw() -> None:
    drawn = painted()
    inks = inks_of(palette(), ANIME)
    below = int(person()[2].points[152][1]) + 8
    assert np.abs(drawn[below, 128] - inks.shadow).max() < 30
    assert lab_picture(drawn)[below, 128, 0] < palette().skin[0] - 5


def test_what_is_not_the_colour_of_the_skin_is_not_painted_as_skin() -> None:
    pixels, parts, face = person()
    green = parts.lab.copy()
    green[55:66] = (60.0, -50.0, 40.0)  # a scarf that passed for a neck
    with_scarf = pixels.copy()
    paint(with_scarf, replace(parts, lab=green), face, palette())
    np.testing.assert_array_equal(with_scarf[160:166, 120:136], pixels[160:166, 120:136])


def test_hair_that_hangs_on_no_head_is_none() -> None:
    pixels, parts, face = person()
    shares = parts.shares.copy()
    shares[84:92, 8:20] = np.eye(PARTS, dtype=np.float32)[HAIR]
    before = pixels.copy()
    paint(pixels, replace(parts, shares=shares), face, palette())
    island = np.s_[230:240, 30:46]
    brown = np.abs(pixels[island] - rgb(palette().hair)).max(2) < 20
    assert not brown.any()
    assert np.abs(before[island].astype(int) - pixels[island]).max() < 120


@pytest.mark.parametrize("part", [SKIN, REST])
def test_small_pieces_get_no_outline(part: int) -> None:
    pixels, parts, face = person()
    shares = parts.shares.copy()
    shares[74:78, 60:64] = np.eye(PARTS, dtype=np.float32)[part]  # a button on the chest
    around = np.s_[190:215, 152:178]
    before = pixels[around].copy()
    paint(pixels, replace(parts, shares=shares), face, palette())
    assert np.abs(pixels[around].astype(int) - before).max() < 10


def test_where_a_person_ends_without_being_sure_no_line_is_drawn() -> None:
    pixels, parts, face = person()
    soft = cv2.GaussianBlur(parts.shares, (0, 0), 12.0)
    vague = replace(parts, shares=np.asarray(soft, np.float32))
    shoulder = np.s_[190:, :60]
    lines = []
    for each in (parts, vague):
        _, cover = laid(Head.of(each, face, palette().skin), pixels, ANIME, palette())
        lines.append(int((cover[shoulder] > 60).sum()))
    assert lines[0] > 40
    assert lines[1] < 0.2 * lines[0]


@pytest.mark.parametrize("shift", [(-200, 0), (0, 250), (400, 400)])
def test_a_head_beyond_the_frame_is_cut_off(shift: tuple[int, int]) -> None:
    pixels, parts, face = person()
    to_picture = parts.to_picture.copy()
    to_picture[:, 2] += shift
    beyond = replace(parts, to_picture=to_picture)
    points = face.points + shift
    paint(pixels, beyond, replace(face, points=points), palette())
    assert pixels.shape == (SIDE, SIDE, 3)


def test_parts_follow_a_change_of_size() -> None:
    _, parts, _ = person()
    twice = parts.scaled(np.array([2.0, 2.0]))
    corner, large = (each.to_picture @ (10.0, 20.0, 1.0) for each in (parts, twice))
    np.testing.assert_allclose(large, 2 * corner + 0.5)


def test_parts_move_with_the_pixels() -> None:
    _, parts, _ = person()
    field = np.zeros((SIDE, SIDE, 2), np.float32)
    field[..., 0] = 3 * SIDE / CELLS  # to the right by three cells
    moved = parts.moved(field, np.zeros(2))
    np.testing.assert_allclose(moved.shares[30:60, 20:70], parts.shares[30:60, 17:67], atol=1e-3)
    np.testing.assert_allclose(moved.lab[30:60, 20:70], parts.lab[30:60, 17:67], atol=1e-2)


def test_held_parts_are_calmer_and_follow_what_clearly_changes() -> None:
    _, parts, _ = person()
    random, held = np.random.default_rng(0), HeldParts()
    told, shown = [], []
    for _ in range(20):
        shaken = parts.shares + random.normal(0, 0.05, parts.shares.shape).astype(np.float32)
        told.append(shaken)
        shown.append(held.of(replace(parts, shares=shaken)).shares)
    assert np.std(shown[10:], axis=0).mean() < 0.6 * np.std(told[10:], axis=0).mean()
    other = np.roll(parts.shares, 1, axis=2)
    assert np.abs(held.of(replace(parts, shares=other)).shares - other).mean() < 0.05


def test_a_plan_shows_the_head_where_its_parts_are_known() -> None:
    pixels, parts, face = person()
    each = PlannedFace(face, palette())
    plain, headed = (
        planned(pixels, [one], ANIME).pixels for one in (each, replace(each, parts=parts))
    )
    x, y = CROWN
    assert np.abs(plain[y, x].astype(int) - pixels[y, x]).max() < 30  # in tones
    assert np.abs(headed[y, x] - rgb(palette().hair)).max() < 40
    half = planned(pixels, [replace(each, parts=parts, weight=0.5)], ANIME).pixels
    assert (np.abs(half[y, x].astype(int) - plain[y, x])).sum() < (
        np.abs(headed[y, x].astype(int) - plain[y, x])
    ).sum()


def test_a_plan_at_the_sources_size_shows_the_same_head() -> None:
    pixels, parts, face = person()
    each = PlannedFace(face, palette(), parts=parts)
    large = np.repeat(np.repeat(pixels, 2, 0), 2, 1)
    one, other = planned(pixels, [each], ANIME), planned(pixels, [each], ANIME, 1.0, large)
    assert np.abs(one.pixels.astype(int) - other.pixels).mean() < 1.5
    x, y = CROWN
    assert one.people is None  # there is but one size, and all is drawn at it
    assert other.people is not None
    assert other.people.cover[y, x] > 200
    assert other.upon_source is not None
    assert not other.upon_source.cover[2 * y, 2 * x]


def test_on_paper_dark_hair_is_black_and_nothing_has_a_colour() -> None:
    pixels, parts, face = person()
    head = Head.of(parts, face, palette().skin)
    drawn, cover = laid(head, pixels, MANGA, palette())
    assert np.ptp(drawn.astype(int), axis=2).max() <= 1
    x, y = CROWN
    assert drawn[y, x].max() < 40
    assert cover[y, x] > 200


def test_what_is_laid_holds_nothing_of_the_frame() -> None:
    """Hair and outlines have the palette's colours; the frame tells where they are lighter."""
    pixels, parts, face = person()
    noise = np.random.default_rng(0).normal(0, 15, parts.lab.shape).astype(np.float32)
    for each in (parts, replace(parts, lab=parts.lab + noise)):
        drawn, cover = laid(Head.of(each, face, palette().skin), pixels, ANIME, palette())
        inks = inks_of(palette(), ANIME)
        tones = [inks.hair, inks.hair_shadow, inks.hair_light, inks.hair_shine]
        inner = np.s_[30:50, 110:146]
        apart = [
            np.abs(drawn[inner] / (cover[inner][..., None] / 255) - tone).max(2) for tone in tones
        ]
        assert np.mean(np.min(apart, axis=0) < 12) > 0.7
