from dataclasses import replace

import numpy as np
import pytest

from engine.drawing.colour import difference, lch_of
from engine.drawing.landmarks import face_of
from engine.drawing.palette import (
    Seen,
    decided,
    drawn_hair,
    drawn_skin,
    in_the_light_of,
    palette_of,
    weighted_median,
    with_colours,
)
from tests.engine.drawing.seen import BROWN
from tests.training.anime.conftest import Tones, found_at, reading_of
from training.anime.sight import seen_in
from training.anime.view import view_of

BLUE = replace(BROWN, iris=(45.0, 0.0, -4.0))


def is_blue(seen: list[Seen]) -> bool:
    return 220 < lch_of(decided(seen).iris)[2] < 300


def test_the_irises_of_single_frames_do_not_decide() -> None:
    assert is_blue([BLUE] * 5)
    assert not is_blue([BROWN] * 5 + [BLUE] * 2)
    assert is_blue([BLUE] * 5 + [BROWN] * 2)


def test_a_frame_that_sees_better_counts_more() -> None:
    assert is_blue([replace(BLUE, weight=900.0), BROWN, BROWN])


def test_a_tiny_iris_has_to_be_clearer_to_be_blue() -> None:
    unsure = replace(BLUE, iris=(36.0, 8.0, 5.0))
    assert is_blue([unsure])
    assert not is_blue([replace(unsure, radius=1.5)])


@pytest.mark.parametrize("light", [30.0, 45.0, 60.0, 75.0, 88.0])
def test_every_skin_keeps_its_tone(light: float) -> None:
    assert difference(drawn_skin((light, 15.0, 20.0), 95.0), (light, 15.0, 20.0)) < 5.0


def test_nobody_is_lifted_more_for_being_darker() -> None:
    for white in (60.0, 80.0, 95.0):
        dark, fair = (drawn_skin((x, 15.0, 20.0), white)[0] - x for x in (40.0, 80.0))
        assert dark == pytest.approx(fair, abs=0.01)


def test_a_bright_wall_tells_the_exposure_and_a_dark_room_does_not() -> None:
    told = {}
    for room in (15.0, 75.0, 97.0):
        tones = Tones(room=(room, 0.0, 0.0), shirt=(room, 0.0, 0.0))
        told[room] = seen_in(view_of(reading_of(face_of(found_at()), tones), 1.0), 0).white
    assert told[15.0] == 100.0
    assert told[75.0] == pytest.approx(75.0, abs=2.0)
    assert told[97.0] == pytest.approx(97.0, abs=2.0)


def test_grey_hair_stays_grey_and_brown_hair_brown() -> None:
    skin = (68.0, 18.0, 22.0)
    assert lch_of(drawn_hair((52.0, 2.0, 8.0), skin))[1] < 7
    assert lch_of(drawn_hair((30.0, 9.0, 16.0), skin))[1] > 20


def test_coloured_light_dyes_no_hair() -> None:
    skin = (60.0, 18.0, 20.0)
    assert lch_of(drawn_hair((22.0, -14.0, -8.0), skin))[1] < 12
    assert lch_of(drawn_hair((60.0, -30.0, 40.0), skin))[1] > 40  # that is dyed


def test_glasses_need_clear_evidence() -> None:
    worn = [decided([replace(BROWN, glasses=odds)]).glasses for odds in (-3.0, 0.5, 4.0)]
    assert worn[:2] == [0.0, 0.0]
    assert worn[2] > 0.5


def test_a_palette_survives_as_a_vector() -> None:
    palette = decided([BROWN])
    again = palette_of(palette.vector())
    assert palette.vector().shape == (27,)
    assert np.allclose(again.vector(), palette.vector(), atol=1e-6)
    with pytest.raises(ValueError, match="27"):
        palette_of(np.zeros(12))


def test_nobody_seen_gives_no_palette() -> None:
    with pytest.raises(ValueError, match="at least one"):
        decided([])


def test_a_weighted_median_is_the_plain_one_of_repeated_values() -> None:
    assert weighted_median([[1.0], [5.0], [9.0]], [1, 1, 3])[0] == np.median([1, 5, 9, 9, 9])


def test_a_palette_is_read_off_a_picture() -> None:
    tones = Tones(skin=(45.0, 16.0, 22.0), iris=(24.0, 9.0, 12.0))
    view = view_of(reading_of(face_of(found_at()), tones), 1.0)
    seen = seen_in(view, 0)
    assert difference(seen.skin, tones.skin) < 1.0
    assert difference(seen.hair or (0, 0, 0), tones.hair) < 3.0
    assert difference(seen.iris, tones.iris) < 8.0
    assert seen.beard < 0.05


def test_another_light_changes_tones_but_not_traits() -> None:
    there = in_the_light_of(decided([BLUE]), decided([replace(BROWN, skin=(50.0, 15.0, 20.0))]))
    assert there.iris == decided([BLUE]).iris
    assert there.skin[0] < decided([BLUE]).skin[0]


def test_colours_of_choice_replace_the_persons_own() -> None:
    own = decided([BROWN])
    chosen = with_colours(own, (50.0, 10.0, -40.0), None)
    assert chosen.iris == (50.0, 10.0, -40.0)
    assert chosen.hair == own.hair
