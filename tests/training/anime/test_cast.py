import numpy as np
import pytest
from numpy.random import default_rng

from engine.drawing.landmarks import Found
from engine.drawing.palette import decided
from tests.engine.drawing.seen import BROWN
from tests.training.anime.conftest import found_at
from tests.training.anime.test_palette import BLUE
from training.anime.cast import PATIENCE, PROVED, Cast


def numbers(cast: Cast, *found: Found) -> list[int]:
    return [person.number for person in cast.seen(found)]


def test_people_keep_their_numbers_when_they_are_found_in_another_order() -> None:
    cast = Cast()
    left, right = found_at(60, 100, 50), found_at(190, 100, 50)
    first = {p.number: p.face.centre[0] for p in cast.seen([left, right])}
    again = {p.number: p.face.centre[0] for p in cast.seen([right, left])}
    assert again == pytest.approx(first, abs=1.0)


def test_a_frame_without_a_face_keeps_the_one_before() -> None:
    cast = Cast()
    before = cast.seen([found_at()])[0].face
    kept = cast.seen([])
    assert np.array_equal(kept[0].face.points, before.points)


def test_who_is_gone_for_long_is_not_drawn_any_more() -> None:
    cast = Cast()
    cast.seen([found_at()])
    for _ in range(PATIENCE):
        assert cast.seen([])
    assert not cast.seen([])


def test_who_comes_back_elsewhere_keeps_the_palette() -> None:
    cast = Cast([(found_at(60), decided([BLUE]))])
    cast.seen([found_at(60)])
    for _ in range(PATIENCE + 1):
        cast.seen([])
    assert cast.seen([found_at(190, 100, 40)])[0].palette == decided([BLUE])


def test_a_hand_that_passes_for_a_face_for_a_moment_is_nobody() -> None:
    cast = Cast([(found_at(60, 100, 50), decided([BROWN]))])
    both = (found_at(60, 100, 50), found_at(200, 180, 45))
    for _ in range(PROVED - 1):
        assert numbers(cast, *both) == [0]
    assert sorted(numbers(cast, *both)) == [0, 1]


def test_points_that_jitter_are_smoothed() -> None:
    random, cast, rest = default_rng(0), Cast(), found_at()
    raw, calm = [], []
    for _ in range(40):
        jittered = rest.points + random.normal(0, 0.3, rest.points.shape)
        raw.append(jittered)
        calm.append(cast.seen([Found(jittered, {}, rest.turned)])[0].face.points)
    assert np.abs(np.diff(calm, axis=0)).mean() < 0.5 * np.abs(np.diff(raw, axis=0)).mean()
