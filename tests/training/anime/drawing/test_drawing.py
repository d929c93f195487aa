from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from engine.drawing.colour import Lab, difference, lab_picture
from engine.drawing.eyes import eye_of
from engine.drawing.landmarks import LIPS_TOP, LOWER_LID, OVAL, UPPER_LID, Face, face_of
from engine.drawing.looks import ANIME, LOOKS, Look, chosen_look, chosen_palette
from engine.drawing.palette import Palette, decided
from engine.settings import AS_I_AM, Character
from tests.training.anime.conftest import SIDE, Tones, found_at, reading_of
from training.anime.drawing.compose import drawn
from training.anime.drawing.scene import Scene
from training.anime.sight import seen_in
from training.anime.steady import Still
from training.anime.view import Reading, view_of

Read = Callable[[Tones], Reading]


def scene_of(reading: Reading, look: Look = ANIME, character: Character = AS_I_AM) -> Scene:
    chosen = chosen_look(look, character)
    view = view_of(reading, chosen.finer_jaw)
    palettes = [
        chosen_palette(decided([seen_in(view, i)]), character) for i in range(len(view.faces))
    ]
    return Scene(view, chosen, Still(), tuple(range(len(palettes))), tuple(palettes))


def picture_of(reading: Reading, look: Look = ANIME, character: Character = AS_I_AM) -> np.ndarray:
    return drawn(scene_of(reading, look, character))


def median_at(picture: np.ndarray, x: float, y: float, reach: int = 3) -> Lab:
    part = picture[int(y) - reach : int(y) + reach + 1, int(x) - reach : int(x) + reach + 1]
    lightness, a, b = np.median(lab_picture(part).reshape(-1, 3), 0)
    return (float(lightness), float(a), float(b))


@pytest.mark.parametrize("skin", [(38.0, 13.0, 17.0), (55.0, 18.0, 24.0), (80.0, 12.0, 16.0)])
def test_a_drawn_skin_is_the_persons_own(face: Face, reading: Read, skin: Lab) -> None:
    picture = picture_of(reading(Tones(skin=skin, room=(95.0, 0.0, 0.0))))
    x, y = face.points[151]
    assert difference(median_at(picture, x, y), skin) < 8.0


def test_the_same_is_drawn_twice_alike(reading: Read) -> None:
    assert np.array_equal(picture_of(reading(Tones())), picture_of(reading(Tones())))


def test_eyes_are_drawn_where_there_were_small_ones(face: Face, reading: Read) -> None:
    source = reading(Tones())
    before, after = source.pixels.astype(int), picture_of(source).astype(int)
    for side in (0, 1):
        x, y = (int(v) for v in face.at(*UPPER_LID[side], *LOWER_LID[side]).mean(0))
        box = np.s_[y - 8 : y + 14, x - 14 : x + 14]
        assert (after[box].min(2) > 235).sum() > 20
        assert (after[box].max(2) < 70).sum() > (before[box].max(2) < 70).sum()


def test_an_eye_is_as_wide_as_is_chosen(face: Face) -> None:
    own = float(np.linalg.norm(face.points[33] - face.points[133]))
    for size in (1.0, 1.42, 1.8):
        assert eye_of(face, 0, size).width == pytest.approx(own * size)


def test_the_default_eye_is_the_looks() -> None:
    assert chosen_look(ANIME, AS_I_AM).eye_size == ANIME.eye_size


def test_the_far_eye_of_a_turned_head_stays_on_the_face() -> None:
    found = found_at()
    points = found.points.copy()
    edge = points[263, 0] + 2.0  # the face ends right beside the eye's corner
    points[list(OVAL), 0] = np.minimum(points[list(OVAL), 0], edge)
    points[[1, 4], 0] += 12.0
    face = face_of(replace(found, points=points))
    eye = eye_of(face, 1, 1.8)
    assert (face.far, face.turn > 0.5) == (1, True)
    assert eye.middle[0] + eye.width / 2 < edge


def test_a_chosen_colour_of_eyes_and_hair_is_drawn(face: Face, reading: Read) -> None:
    source, green = reading(Tones()), (82, 150, 78)
    picture = picture_of(source, character=Character(hair_colour=green, eye_colour=green))
    top = face.points[10] - (0, 16)
    assert median_at(picture, *top)[1] < -15
    assert median_at(picture_of(source), *top)[1] > -5


def test_shut_eyes_show_no_white(face: Face, reading: Read) -> None:
    shut = replace(face, shapes={"eyeBlinkLeft": 1.0, "eyeBlinkRight": 1.0})
    picture = picture_of(reading_of(shut, Tones()))
    x, y = (int(v) for v in face.at(*UPPER_LID[0]).mean(0))
    assert (picture[y - 10 : y + 14, x - 16 : x + 16].min(2) > 230).sum() < 3


def test_half_a_mouth_is_not_drawn_beside_a_hand(face: Face, reading: Read) -> None:
    mouth = face.at(*LIPS_TOP).mean(0)
    hand = np.array([(3.0 * (i % 5) - 20, 4.0 * (i // 5) - 8) for i in range(21)]) + mouth
    free, hidden = (
        picture_of(replace(reading(Tones()), hands=hands)).astype(int) for hands in ((), (hand,))
    )
    box = np.s_[int(mouth[1]) - 4 : int(mouth[1]) + 6, int(mouth[0]) + 6 : int(mouth[0]) + 16]
    assert free[box].sum(2).min() < hidden[box].sum(2).min() - 60


def test_a_picture_without_people_is_painted_all_the_same() -> None:
    empty = reading_of(face_of(found_at()), Tones())
    planes = [np.zeros_like(plane) for plane in empty.masks.planes()]
    nobody = Reading(np.full((SIDE, SIDE, 3), 90, np.uint8), (), (), type(empty.masks)(*planes))
    palette = decided([seen_in(view_of(empty, 0.0), 0)])
    scene = Scene(view_of(nobody, 1.0), ANIME, Still(), (), (palette,))
    assert 85 < drawn(scene).mean() < 130


def test_looks_differ_from_each_other(reading: Read) -> None:
    pictures = [picture_of(reading(Tones()), look).astype(int) for look in LOOKS]
    for i, one in enumerate(pictures):
        for other in pictures[:i]:
            assert np.abs(one - other).mean() > 3.0


def test_two_people_keep_their_own_tones() -> None:
    dark_skin, fair_skin = Tones(skin=(38.0, 13.0, 17.0)), Tones(skin=(80.0, 12.0, 16.0))
    left = reading_of(face_of(found_at(64, 90, 70)), dark_skin)
    right = reading_of(face_of(found_at(192, 90, 70)), fair_skin)
    half = np.arange(SIDE) < SIDE // 2
    masks = [
        np.where(half, a, b) for a, b in zip(left.masks.planes(), right.masks.planes(), strict=True)
    ]
    pixels = np.where(half[:, None], left.pixels, right.pixels)
    both = Reading(pixels, left.faces + right.faces, (), type(left.masks)(*masks))
    picture = picture_of(both)
    dark, fair = (median_at(picture, *face.points[151])[0] for face in both.faces)
    assert dark < 50
    assert fair > 75


def test_a_broader_line_is_heavier_everywhere(reading: Read) -> None:
    thin, thick = (
        picture_of(reading(Tones()), character=Character(line_weight=line)).astype(int).sum()
        for line in (0.6, 2.0)
    )
    assert thick < thin


def test_palettes_tell_beards_and_glasses_apart(reading: Read) -> None:
    palette: Palette = scene_of(reading(Tones())).palettes[0]
    assert (palette.beard_cover < 0.08, palette.glasses) == (True, 0.0)
