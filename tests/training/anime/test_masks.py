from dataclasses import replace

import numpy as np
from numpy.random import default_rng

from engine.drawing.landmarks import face_of
from tests.training.anime.conftest import SIDE, Tones, found_at, reading_of
from training.anime.masks import GuidedFilter, Masks, hand_mask, head_distance, masks_of
from training.anime.steady import Still
from training.anime.view import Reading


def decided(reading: Reading, raw: Masks) -> Masks:
    return masks_of(reading.pixels, raw, reading.faces, reading.hands, Still())


def portrait() -> Reading:
    return reading_of(face_of(found_at()), Tones())


def overlap(one: np.ndarray, other: np.ndarray) -> float:
    return float(((one > 0.5) & (other > 0.5)).sum() / ((one > 0.5) | (other > 0.5)).sum())


def test_right_masks_stay_as_they_are() -> None:
    reading = portrait()
    found = decided(reading, reading.masks)
    for name in ("skin", "clothes", "hair"):
        assert overlap(getattr(found, name), getattr(reading.masks, name)) > 0.9


def test_hair_that_was_taken_for_clothes_is_hair() -> None:
    reading = portrait()
    masks = reading.masks
    raw = replace(
        masks,
        hair=masks.hair * 0.2,
        clothes=np.maximum(masks.clothes, masks.hair * 0.8).astype(np.float32),
    )
    assert overlap(decided(reading, raw).hair, masks.hair) > 0.75


def test_a_high_forehead_in_side_light_is_not_hair() -> None:
    face = face_of(found_at(height=160.0))
    reading = reading_of(face, Tones())
    top = int(face.seen[10, 1])
    forehead = np.s_[top - 16 : top + 2, 112:160]
    pixels, skin, hair = reading.pixels.copy(), reading.masks.skin.copy(), reading.masks.hair.copy()
    pixels[forehead] = (100, 80, 70)
    skin[forehead], hair[forehead] = 1.0, 0.0
    raw = replace(reading.masks, skin=skin, hair=hair)
    found = decided(replace(reading, pixels=pixels), raw)
    assert found.skin[top - 12 : top - 4, 122:150].mean() > 0.8


def test_a_brown_coat_in_a_portrait_is_not_skin() -> None:
    reading = portrait()
    coat = np.zeros((SIDE, SIDE), np.float32)
    coat[226:, 40:80] = 1.0
    raw = replace(reading.masks, skin=np.maximum(reading.masks.skin, coat))
    assert decided(reading, raw).skin[236:, 45:75].max() < 0.3


def test_specks_take_the_label_around_them() -> None:
    reading = portrait()
    speck = reading.masks.clothes.copy()
    speck[130:134, 126:130] = 1.0
    found = decided(reading, replace(reading.masks, clothes=speck))
    assert found.clothes[124:140, 120:136].max() < 0.2


def test_a_guided_filter_pulls_a_mask_to_the_edge_of_the_picture() -> None:
    guide = np.full((64, 64, 3), 60, np.uint8)
    guide[:, 32:] = 200
    rough = np.zeros((64, 64), np.float32)
    rough[:, 35:] = 1.0
    fitted = GuidedFilter(guide, 6, 1e-4)(rough)
    edge = np.abs(np.diff(fitted[32])).argmax()
    assert edge == 31


def test_a_guided_filter_of_a_flat_picture_is_a_mean() -> None:
    mask = default_rng(0).uniform(size=(64, 64)).astype(np.float32)
    fitted = GuidedFilter(np.full((64, 64, 3), 90, np.uint8), 4, 1e-2)(mask)
    assert fitted[20:44, 20:44].std() < 0.2 * mask.std()


def test_a_hand_covers_its_palm_and_not_the_rest() -> None:
    hand = np.array([[100.0, 200.0 - 4 * i] for i in range(21)])
    mask = hand_mask([hand], SIDE, 0.3)
    assert mask[160, 100] > 0.9
    assert mask[160, 180] == 0.0


def test_distance_is_told_in_heights_of_the_nearest_face() -> None:
    faces = [face_of(found_at(70, 100, 50)), face_of(found_at(190, 100, 25))]
    distance = head_distance(faces, SIDE)
    assert abs(distance[150, 70] - 1.0) < 0.05
    assert abs(distance[125, 190] - 1.0) < 0.05
