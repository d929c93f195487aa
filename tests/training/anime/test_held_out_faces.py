"""The comparison with drawings of people not seen: `tests.benchmarks.held_out_faces`."""

from dataclasses import replace

import pytest

from tests.benchmarks.held_out_faces import Bar, Figures, bars_of, by_kind, mean_of, thirds

GOOD = Figures(0.85, 0.8, 0.4, 0.4, 0.9, 2.0, 4.0, 60.0)


def person(light: float, skin: float) -> Figures:
    return replace(GOOD, light=light, skin=skin)


def test_thirds_go_from_dark_to_fair() -> None:
    people = [person(light, light / 10.0) for light in (70, 30, 50, 20, 60, 40)]
    found = thirds(people)
    assert [found[name].light for name in ("darkest", "middle", "fairest")] == [25, 45, 65]
    assert found["darkest"].skin == pytest.approx(2.5)


def test_what_was_not_measured_of_a_face_counts_for_nothing() -> None:
    mean = mean_of([GOOD, replace(GOOD, skin=None, sharpness=0.5), replace(GOOD, skin=6.0)])
    assert mean.skin == pytest.approx(4.0)
    assert mean.sharpness == pytest.approx((0.9 + 0.5 + 0.9) / 3)
    assert mean_of([]).skin is None


def test_each_kind_of_pair_has_its_own_means() -> None:
    found = by_kind([("face", GOOD), ("small", replace(GOOD, sharpness=0.1))])
    assert found["face"] == GOOD
    assert found["all"].sharpness == pytest.approx(0.5)


def bar(bars: list[Bar], name: str) -> Bar:
    return next(each for each in bars if each.name == name)


def test_a_good_drawing_meets_every_bar() -> None:
    skin = thirds([person(light, 2.0) for light in (20, 40, 60)])
    assert all(each.met for each in bars_of(GOOD, skin))


@pytest.mark.parametrize(
    ("worse", "missed"),
    [
        (replace(GOOD, eyes_like_drawing=0.6), "eyes like the drawing"),
        (replace(GOOD, eyes_like_photo=0.9), "eyes like the photograph"),
        (replace(GOOD, sharpness=0.5), "sharpness of the drawing's"),
        (replace(GOOD, skin=9.0), "skin, light taken out"),
        (replace(GOOD, eyes_like_drawing=None), "eyes like the drawing"),
    ],
)
def test_each_figure_can_miss_its_bar(worse: Figures, missed: str) -> None:
    assert not bar(bars_of(worse, {}), missed).met


def test_skin_of_one_third_that_is_kept_less_is_noticed() -> None:
    skin = thirds([person(20, 6.0), person(40, 2.0), person(60, 2.0)])
    assert not bar(bars_of(GOOD, skin), "thirds apart, light taken out").met
