import numpy as np
import pytest
from numpy.random import default_rng

from engine.drawing.colour import difference, lab_of, lch, lch_of, mixed, rgb


def test_the_difference_is_that_of_scikit_image() -> None:
    reference = pytest.importorskip("skimage.color").deltaE_ciede2000
    random = default_rng(0)
    for _ in range(200):
        one, other = (
            (random.uniform(0, 100), random.uniform(-60, 60), random.uniform(-60, 60))
            for _ in range(2)
        )
        assert difference(one, other) == pytest.approx(float(reference(one, other)), abs=1e-6)


def test_greys_differ_by_their_lightness() -> None:
    assert difference((50.0, 0.0, 0.0), (50.0, 0.0, 0.0)) == 0.0
    assert difference((50.0, 0.0, 0.0), (60.0, 0.0, 0.0)) == pytest.approx(9.26, abs=0.3)


def test_a_colour_survives_the_way_to_lab_and_back() -> None:
    assert rgb(lab_of([200, 120, 90])) == pytest.approx([200, 120, 90], abs=0.5)


def test_hues_are_told_in_degrees() -> None:
    assert lch_of(lch(60, 30, 262)) == pytest.approx((60, 30, 262))
    assert lch(60, 30, 90) == pytest.approx((60, 0, 30))


def test_a_share_of_nothing_is_the_colour_itself() -> None:
    assert mixed((10.0, 1.0, 2.0), (90.0, 5.0, 6.0), 0.0) == (10.0, 1.0, 2.0)
    assert np.allclose(mixed((10.0, 0.0, 0.0), (90.0, 0.0, 0.0), 0.25), (30, 0, 0))
