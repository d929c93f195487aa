"""The colours of a person in a live picture."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from engine.drawing.colour import Lab, difference, lab_of, lab_picture
from engine.drawing.landmarks import (
    BLINK,
    LOWER_LID,
    UPPER_LID,
    Face,
    face_of,
    face_of_mesh,
)
from engine.drawing.live_colours import LiveColours, seen_live
from engine.drawing.parts import HAIR
from engine.frames import Pixels
from tests.engine.drawing.conftest import found_at
from tests.engine.drawing.test_head import CROWN, person
from tests.training.anime.conftest import Tones, reading_of


def picture(tones: Tones, face: Face) -> Pixels:
    return reading_of(face, tones).pixels


@pytest.mark.parametrize("skin", [(38.0, 15.0, 18.0), (60.0, 18.0, 24.0), (80.0, 12.0, 15.0)])
def test_skin_hair_and_iris_are_read_without_masks(face: Face, skin: Lab) -> None:
    tones = Tones(skin=skin, hair=(15.0, 3.0, 4.0))
    seen = seen_live(picture(tones, face), face)
    assert difference(seen.skin, skin) < 3.0
    assert seen.hair is not None
    assert difference(seen.hair, tones.hair) < 8.0
    assert difference(seen.iris, tones.iris) < 8.0


def test_a_forehead_without_an_end_tells_no_hair(face: Face) -> None:
    tones = Tones()
    bald = replace(tones, hair=tones.skin, room=tones.skin)
    assert seen_live(picture(bald, face), face).hair is None


def test_hair_is_told_by_the_parts_of_the_head_where_they_are_known() -> None:
    pixels, parts, face = person()
    pixels[:, :10] = 0  # something black: there is no veil
    hair = lab_of(pixels[CROWN[1], CROWN[0]])
    dyed = np.where((parts.shares[..., HAIR] > 0.5)[..., None], (40.0, 30.0, -30.0), parts.lab)
    seen = seen_live(pixels, face, replace(parts, lab=dyed.astype(np.float32)))
    assert seen.hair is not None
    assert difference(seen.hair, (40.0, 30.0, -30.0)) < 1.0
    own = seen_live(pixels, face, parts).hair
    assert own is not None
    assert difference(own, hair) < 3.0
    bald = parts.shares.copy()
    bald[..., HAIR] = 0.0
    assert seen_live(pixels, face, replace(parts, shares=bald)).hair is None


def test_a_veil_of_light_makes_black_hair_no_lighter() -> None:
    pixels, parts, face = person()
    pixels[:, :10] = 0
    clear = seen_live(pixels, face, parts).hair
    veiled = np.asarray(np.rint(pixels * 0.8 + 40), np.uint8)
    lab = lab_picture(veiled)
    seen = cv2.resize(lab, parts.lab.shape[1::-1], interpolation=cv2.INTER_AREA)
    hazy = seen_live(veiled, face, replace(parts, lab=seen)).hair
    assert clear is not None
    assert hazy is not None
    raw = float(np.median(seen[parts.shares[..., HAIR] > 0.7][:, 0]))
    assert abs(hazy[0] - clear[0]) < 0.5 * abs(raw - clear[0])


def test_a_face_at_the_border_is_read_by_what_is_seen_of_it() -> None:
    near = face_of(found_at(10.0, 40.0))
    assert difference(seen_live(picture(Tones(), near), near).skin, Tones().skin) < 6.0


def test_colours_are_held_and_never_jump(face: Face) -> None:
    person = LiveColours()
    first = person.of(picture(Tones(), face), face)
    blue = picture(Tones(iris=(45.0, -4.0, -30.0)), face)
    before = first
    for _ in range(60):
        now = person.of(blue, face)
        assert difference(before.iris, now.iris) < 12.0
        before = now
    later = person.of(picture(Tones(skin=(20.0, 5.0, 5.0)), face), face)
    assert difference(later.skin, before.skin) < 0.5  # not looked at in this frame


def test_eyes_that_shut_are_told_by_the_points_alone(face: Face) -> None:
    mesh = np.column_stack([face.seen, np.zeros(len(face.seen))])
    wide = face_of_mesh(mesh)
    shut = mesh.copy()

    for side in (0, 1):
        shut[list(UPPER_LID[side]), 1] = shut[list(LOWER_LID[side]), 1]
    closed = face_of_mesh(shut)
    for side in (0, 1):
        assert closed.shape(BLINK[side]) > wide.shape(BLINK[side]) + 0.2


def test_a_mesh_tells_yaw_and_pitch(face: Face) -> None:
    mesh = np.column_stack([face.seen, np.zeros(len(face.seen))])
    assert abs(face_of_mesh(mesh).yaw) < 8
    mesh[:, 2] = 0.3 * (mesh[:, 1] - mesh[:, 1].mean())  # the chin further away: looking down
    assert face_of_mesh(mesh).pitch > 10
