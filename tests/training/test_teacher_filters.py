"""The filters that the teachers are made of, each by itself."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.random import default_rng

from training.teachers import (
    TEACHERS,
    Teacher,
    blur,
    dark_lines,
    even_light,
    few_gradients,
    flatten,
    guided,
    kuwahara,
    luminance,
    palette_map,
    recolour,
    rgb,
    soft_steps,
    with_brightness,
)

INKS = [(0.0, 0.0, 0.2), (0.5, 0.5, 0.5), (1.0, 0.9, 0.8)]


def by_name(teacher: Teacher) -> str:
    return teacher.name


def noise(seed: int = 0, side: int = 48) -> np.ndarray:
    """Every brightness and hue: (S, S, 3) in 0..1."""
    return default_rng(seed).random((side, side, 3), np.float32)


def flat(level: float, side: int = 48) -> np.ndarray:
    return np.full((side, side, 3), level, np.float32)


@pytest.mark.parametrize("teacher", TEACHERS, ids=by_name)
@pytest.mark.parametrize("level", [0, 128, 255])
def test_an_even_picture_stays_even(teacher: Teacher, level: int) -> None:
    styled = teacher(np.full((48, 48, 3), level, np.uint8)).astype(int)
    assert np.ptp(styled, axis=(0, 1)).max() <= 2


@pytest.mark.parametrize("teacher", TEACHERS, ids=by_name)
def test_any_picture_gives_figures_that_bytes_can_hold(teacher: Teacher) -> None:
    styled = teacher.style(noise())
    assert np.isfinite(styled).all()
    assert styled.dtype == np.float32
    assert -0.01 <= styled.min() < styled.max() < 1.5


@pytest.mark.parametrize("teacher", TEACHERS, ids=by_name)
@pytest.mark.parametrize("shape", [(40, 56, 3), (57, 41, 3)])
def test_every_shape_is_kept_odd_ones_too(teacher: Teacher, shape: tuple[int, int, int]) -> None:
    pixels = default_rng(3).integers(0, 255, shape, dtype=np.uint8)
    assert teacher(pixels).shape == shape


@pytest.mark.parametrize("teacher", TEACHERS, ids=by_name)
def test_a_teacher_leaves_its_picture_alone(teacher: Teacher) -> None:
    picture = noise()
    before = picture.copy()
    teacher.style(picture)
    assert np.array_equal(picture, before)


@pytest.mark.parametrize("teacher", TEACHERS, ids=by_name)
def test_camera_noise_changes_a_style_little(teacher: Teacher) -> None:
    y, x = np.mgrid[0:96, 0:96]
    clean = np.stack([80 + x, 80 + y, 100 + x // 2], 2).astype(np.uint8)
    grain = np.rint(default_rng(1).normal(0, 1.0, clean.shape))
    noisy = np.clip(clean + grain, 0, 255).astype(np.uint8)
    change = np.abs(teacher(noisy).astype(int) - teacher(clean)).mean()
    assert change < 6.0


@pytest.mark.parametrize("name", ["ink", "pencil"])
def test_ink_and_pencil_have_the_colours_of_paper_alone(name: str) -> None:
    teacher = next(teacher for teacher in TEACHERS if teacher.name == name)
    styled = teacher((noise() * 255).astype(np.uint8)).astype(int)
    assert np.ptp(styled, axis=2).max() < 45
    assert (styled[..., 0] >= styled[..., 2] - 10).all()


def test_a_poster_of_a_light_area_has_its_lightest_ink() -> None:
    poster = next(t for t in TEACHERS if t.name == "poster")
    assert poster.style(flat(1.0))[20, 20] == pytest.approx((0.99, 0.91, 0.71), abs=0.12)


def test_neon_is_darker_than_the_picture_where_nothing_has_an_outline() -> None:
    neon = next(t for t in TEACHERS if t.name == "neon")
    assert luminance(neon.style(flat(0.8))).mean() < 0.6


def test_the_teachers_have_names_of_their_own() -> None:
    assert len({teacher.name for teacher in TEACHERS}) == len(TEACHERS) == 8


def test_brightness_is_weighted_as_eyes_weigh_it() -> None:
    picture = np.eye(3, dtype=np.float32).reshape(1, 3, 3)
    assert luminance(picture)[0] == pytest.approx((0.299, 0.587, 0.114), abs=1e-3)


def test_a_blur_keeps_the_mean_and_takes_the_contrast() -> None:
    plane = luminance(noise())
    soft = blur(plane, 2.0)
    assert soft.mean() == pytest.approx(plane.mean(), abs=0.01)
    assert soft.std() < 0.4 * plane.std()


@pytest.mark.parametrize("steps", [2, 4, 7])
def test_soft_steps_stay_between_black_and_white(steps: int) -> None:
    stepped = soft_steps(np.linspace(0, 0.9999, 400, dtype=np.float32), steps, 6.0)
    assert -1e-6 <= stepped.min() < stepped.max() <= 1.0 + 1e-6


def test_sharper_steps_have_flatter_levels() -> None:
    plane = np.linspace(0, 0.9999, 400, dtype=np.float32)
    soft, sharp = (np.diff(soft_steps(plane, 4, sharpness)) for sharpness in (2.0, 12.0))
    assert np.median(sharp) < 0.2 * np.median(soft)


def test_a_line_is_drawn_where_a_dark_line_was() -> None:
    plane = np.full((32, 32), 0.8, np.float32)
    plane[:, 16] = 0.1
    lines = dark_lines(plane, 1.0, 14.0, 0.3, 7.0)
    assert lines[16, 16] < 0.1
    assert lines[16, 4] > 0.99


def test_lines_lie_between_ink_and_paper() -> None:
    lines = dark_lines(luminance(noise()), 1.0, 14.0, 0.3, 7.0)
    assert 0.0 <= lines.min() < lines.max() <= 1.0


def test_a_guided_plane_keeps_the_edges_of_its_guide() -> None:
    guide = np.zeros((32, 32), np.float32)
    guide[:, 16:] = 1.0
    rough = guide + default_rng(0).normal(0, 0.1, guide.shape).astype(np.float32)
    smooth = guided(rough, guide, 4, 1e-4)
    assert np.abs(smooth - guide).mean() < 0.4 * np.abs(rough - guide).mean()
    assert smooth[16, 17] - smooth[16, 14] > 0.8


def test_without_an_edge_in_the_guide_a_guided_plane_is_its_mean() -> None:
    smooth = guided(luminance(noise()), np.full((48, 48), 0.5, np.float32), 6, 1e-2)
    assert smooth[20:28, 20:28].std() < 0.03


def test_more_rounds_flatten_more() -> None:
    grainy = (flat(0.5) + 0.04 * (noise() - 0.5)).astype(np.float32)
    once, thrice = (flatten(grainy, rounds, 8.0, 3.0).std() for rounds in (1, 3))
    assert thrice < once < grainy.std()


def test_few_gradients_remove_a_small_step_and_keep_a_large_one() -> None:
    picture = flat(0.2)
    picture[:, 16:] = 0.22
    picture[:, 32:] = 0.9
    smooth = few_gradients(picture, 0.005)
    assert abs(smooth[24, 24, 0] - smooth[24, 8, 0]) < 0.01
    assert smooth[24, 36, 0] - smooth[24, 26, 0] > 0.6


def test_brush_strokes_make_no_colours_that_were_not_there() -> None:
    picture = noise()
    painted = kuwahara(picture, 6, 4.0)
    assert picture.min() - 1e-3 <= painted.min() < painted.max() <= picture.max() + 1e-3


def test_no_saturation_is_grey_and_twice_as_much_is_twice_the_colour() -> None:
    picture = flat(0.5)
    picture[..., 0] = 0.6
    assert np.ptp(recolour(picture, 0.0)[0, 0]) == pytest.approx(0.0, abs=1e-6)
    assert np.ptp(recolour(picture, 2.0)[0, 0]) == pytest.approx(0.2, abs=1e-3)


@pytest.mark.parametrize(("gamma", "brighter"), [(0.5, True), (1.5, False)])
def test_a_gamma_below_one_is_brighter(gamma: float, brighter: bool) -> None:
    assert bool(recolour(flat(0.4), 1.0, gamma).mean() > 0.4) is brighter


def test_another_brightness_keeps_the_hue() -> None:
    picture = np.ones((4, 4, 3), np.float32) * rgb(0.4, 0.2, 0.1)
    brighter = with_brightness(picture, 1.5 * luminance(picture))
    assert brighter[0, 0] == pytest.approx((0.6, 0.3, 0.15), abs=1e-4)


def test_even_light_pulls_a_dark_and_a_light_picture_together() -> None:
    dark, light = (even_light(flat(level)[..., 0], 0.4).mean() for level in (0.2, 0.8))
    assert light - dark == pytest.approx(0.6 * 0.6, abs=0.01)
    assert even_light(flat(0.2)[..., 0], 0.0).mean() == pytest.approx(0.2)


def test_inks_follow_each_other_from_dark_to_light() -> None:
    plane = np.array([[0.0, 0.5, 1.0]], np.float32)
    first, middle, last = palette_map(plane, INKS, 12.0)[0]
    assert first == pytest.approx(INKS[0], abs=1e-3)
    assert middle == pytest.approx(INKS[1], abs=1e-3)
    assert last == pytest.approx(INKS[2], abs=1e-2)
