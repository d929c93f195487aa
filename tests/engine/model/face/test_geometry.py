import numpy as np
import pytest

from engine.model.face.geometry import FaceRegion, overlap, padded, unpadded
from engine.model.face.smoothing import OneEuroFilter


def test_points_of_a_cut_out_return_to_their_places() -> None:
    region = FaceRegion((120.0, 80.0), 64.0, 0.4)
    middle = np.array([[31.5, 31.5, 2.0]], np.float32)
    assert region.points_in_picture(middle, 64)[0] == pytest.approx([120.0, 80.0, 2.0])


@pytest.mark.parametrize("side", [40.0, 300.0])
def test_a_mark_is_found_in_the_cut_out_where_the_matrix_says(side: float) -> None:
    picture = np.zeros((480, 640, 3), np.uint8)
    picture[196:205, 296:305] = 255
    region = FaceRegion((310.0, 190.0), side, -0.3)
    y, x = np.nonzero(region.cut_out(picture, 64)[..., 0] > 127)
    centre = np.array([[x.mean(), y.mean(), 0.0]], np.float32)
    assert region.points_in_picture(centre, 64)[0, :2] == pytest.approx([300.0, 200.0], abs=1.5)


@pytest.mark.parametrize("side", [40.0, 150.0, 700.0])
def test_a_channel_more_changes_nothing(side: float) -> None:
    picture = np.random.default_rng(0).integers(0, 256, (480, 640, 3), np.uint8)
    region = FaceRegion((600.0, 100.0), side, 0.3)
    expected = region.cut_out(picture, 64)
    np.testing.assert_array_equal(unpadded(region.cut_out(padded(picture), 64)), expected)


def test_a_region_stands_along_the_eyes_and_holds_all_points() -> None:
    points = np.array([[0, 0], [10, 10], [0, 10], [10, 0]], np.float32)
    region = FaceRegion.around(points, np.array([0.0, 0.0]), np.array([5.0, 5.0]))
    assert region.centre == pytest.approx((5.0, 5.0))
    assert region.angle == pytest.approx(np.pi / 4)
    assert region.side == pytest.approx(1.5 * np.hypot(10, 10))


def test_boxes_apart_do_not_overlap_and_equal_ones_do() -> None:
    box = np.array([[0, 0], [4, 4]], np.float32)
    assert overlap(box, box) == pytest.approx(1.0)
    assert overlap(box, box + 5) == 0.0


def test_what_rests_is_held_and_what_moves_is_followed() -> None:
    random, still, moving = np.random.default_rng(0), OneEuroFilter(), OneEuroFilter()
    noise = [random.normal(0, 0.5, (1, 2)).astype(np.float32) for _ in range(60)]
    held = [still.smooth(value, 100.0) for value in noise]
    assert np.std(held[20:]) < 0.6 * np.std(noise[20:])
    for step in range(30):
        last = moving.smooth(np.full((1, 2), 10.0 * step, np.float32), 100.0)
    assert abs(float(last[0, 0]) - 290.0) < 3.0
