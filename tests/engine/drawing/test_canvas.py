import numpy as np
import pytest

from engine.drawing.canvas import (
    SCALE,
    Canvas,
    Layer,
    ellipse,
    finished,
    smooth_contour,
    spline,
    stroke_outline,
)
from engine.drawing.colour import floats

SIDE = 64
RED, BLACK = np.array([200, 30, 30]), np.array([0, 0, 0])


@pytest.fixture
def canvas() -> Canvas:
    return Canvas(np.full((SIDE * SCALE, SIDE * SCALE, 3), 255, np.float32))


def test_a_polygon_has_its_area(canvas: Canvas) -> None:
    mask = canvas.polygon(ellipse((32, 32), 20, 10, 30))
    grown = 0.4 * 2 * np.pi * 15  # antialiased edges reach less than half a pixel further
    assert 0 <= mask.values.sum() / SCALE**2 - np.pi * 20 * 10 < grown


def test_a_polygon_outside_the_picture_is_nowhere(canvas: Canvas) -> None:
    canvas.paint(canvas.polygon(ellipse((-40, 20), 10, 10)), RED)
    assert canvas.fills.min() == 255


def test_a_stroke_is_as_wide_as_told(canvas: Canvas) -> None:
    canvas.stroke(np.array([[10.0, 32.0], [54.0, 32.0]]), 4.0, BLACK)
    dark = (255 - finished(canvas.flattened())[:, 32, 0].astype(float)).sum() / 255
    assert 4.0 <= dark < 4.8  # antialiased edges reach less than half a pixel further


def test_a_stroke_without_width_leaves_no_hair_line() -> None:
    line = np.array([[0.0, 0.0], [1.0, 0.0], [2.0, 0.0], [3.0, 0.0]])
    assert stroke_outline(line, 0.01) is None


def test_paint_hides_the_ink_below_it_and_ink_lies_above_paint(canvas: Canvas) -> None:
    line = np.array([[10.0, 32.0], [54.0, 32.0]])
    canvas.stroke(line, 6.0, BLACK)
    canvas.paint(canvas.polygon(ellipse((32, 32), 8, 8)), RED)
    canvas.stroke(line + np.array([0, 20]), 6.0, BLACK)
    picture = finished(canvas.flattened())
    assert np.array_equal(picture[32, 32], RED)
    assert picture[32, 14].max() < 5
    assert picture[52, 32].max() < 5


def test_masks_of_different_boxes_cross_where_both_are(canvas: Canvas) -> None:
    left, right = (
        canvas.polygon(ellipse((24, 32), 12, 12)),
        canvas.polygon(ellipse((40, 32), 12, 12)),
    )
    both = left.times(right)
    whole = left.spread(SIDE * SCALE) * right.spread(SIDE * SCALE)
    assert np.allclose(both.spread(SIDE * SCALE), whole)
    apart = left.times(canvas.polygon(ellipse((56, 10), 3, 3)))
    assert apart.values.sum() == 0


def test_a_spline_goes_through_its_points() -> None:
    points = np.array([[0.0, 0.0], [3.0, 4.0], [7.0, 1.0], [9.0, 5.0]])
    curve = spline(points, 301)
    for point in points:
        assert np.linalg.norm(curve - point, axis=1).min() < 0.05


def test_a_smoothed_contour_loses_its_steps_and_keeps_its_place() -> None:
    t = np.linspace(0, 2 * np.pi, 400, endpoint=False)
    stepped = np.round(np.stack([40 * np.cos(t), 40 * np.sin(t)], 1))
    smooth = smooth_contour(stepped, 5)
    assert np.abs(np.hypot(*smooth.T) - 40).max() < 0.6
    assert (
        np.abs(np.diff(smooth, 2, axis=0)).mean() < 0.3 * np.abs(np.diff(stepped, 2, axis=0)).mean()
    )


def test_depths_run_along_a_way_and_end_at_one(canvas: Canvas) -> None:
    patch = canvas.polygon(ellipse((32, 32), 20, 20))
    depths = patch.depths(SCALE, np.array([32.0, 32.0]), np.array([0.0, 1 / 10]))
    row, column = 32 * SCALE - patch.top, 32 * SCALE - patch.left
    along = depths[row :: 5 * SCALE, column].tolist()
    assert along == pytest.approx([0.0, 0.5, 1.0, 1.0, 1.0])
    assert (depths == depths[:, :1]).all()


def test_a_colour_on_a_layer_is_the_same_as_a_picture_of_it() -> None:
    plain, pictured = Layer(SIDE), Layer(SIDE)
    for layer in (plain, pictured):
        mask = layer.polygon(ellipse((30, 34), 17, 9, 20))
        colour = floats([200, 40, 90])
        given = colour if layer is plain else np.broadcast_to(colour, (*mask.values.shape, 3))
        layer.paint(mask, given, 0.6)
    assert plain.cover.max() == round(0.6 * 255)
    np.testing.assert_array_equal(plain.pixels, pictured.pixels)
