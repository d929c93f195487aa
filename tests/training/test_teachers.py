import numpy as np
import pytest

from training.teachers import TEACHERS, Teacher, dark_lines, flatten, kuwahara, soft_steps


def by_name(teacher: Teacher) -> str:
    return teacher.name


@pytest.fixture(scope="module")
def picture() -> np.ndarray:
    """A disc on a slope of grey, 96 x 96, bytes."""
    y, x = np.mgrid[0:96, 0:96]
    slope = np.stack([x + 60, y + 60, x // 2 + 80], axis=2)
    slope[np.hypot(x - 48, y - 48) < 24] = (220, 160, 130)
    return np.asarray(slope, np.uint8)


@pytest.mark.parametrize("teacher", TEACHERS, ids=by_name)
def test_a_look_keeps_the_size_and_changes_the_picture(
    teacher: Teacher, picture: np.ndarray
) -> None:
    styled = teacher(picture)
    assert styled.shape == picture.shape
    assert styled.dtype == np.uint8
    assert np.abs(styled.astype(int) - picture).mean() > 4.0


@pytest.mark.parametrize("teacher", TEACHERS, ids=by_name)
def test_the_same_picture_gets_the_same_look(teacher: Teacher, picture: np.ndarray) -> None:
    assert np.array_equal(teacher(picture), teacher(picture))


@pytest.mark.parametrize("teacher", TEACHERS, ids=by_name)
def test_a_shifted_picture_gets_a_shifted_look(teacher: Teacher, picture: np.ndarray) -> None:
    padded = np.pad(picture, ((0, 0), (0, 16), (0, 0)), mode="edge")
    there = teacher(padded)[24:72, 32:64].astype(int)
    moved = teacher(np.roll(padded, 4, axis=1))[24:72, 36:68].astype(int)
    assert np.abs(there - moved).mean() < 6.0


def test_looks_differ_from_each_other(picture: np.ndarray) -> None:
    looks = [teacher(picture).astype(int) for teacher in TEACHERS]
    for i, a in enumerate(looks):
        for b in looks[:i]:
            assert np.abs(a - b).mean() > 4.0


def test_soft_steps_rise_and_meet_the_levels() -> None:
    plane = np.linspace(0.0, 0.999, 200, dtype=np.float32)
    steps = soft_steps(plane, 4, 6.0)
    assert np.all(np.diff(steps) >= -1e-6)
    assert steps[0] == pytest.approx(0.0, abs=1e-3)
    assert steps[50] == pytest.approx(0.25, abs=0.01)


def test_flat_light_areas_have_no_lines() -> None:
    assert dark_lines(np.full((32, 32), 0.8, np.float32), 1.0, 14.0, 0.3, 7.0).min() > 0.999


def test_smoothing_takes_grain_and_leaves_an_edge() -> None:
    random = np.random.default_rng(0)
    clean = np.full((64, 64, 3), 0.3, np.float32)
    clean[:, 32:] = 0.7
    grainy = clean + random.normal(0, 0.02, clean.shape).astype(np.float32)
    for smooth in (flatten(grainy, 2, 10.0, 4.0), kuwahara(grainy, 6, 4.0)):
        assert np.abs(smooth - clean).mean() < 0.5 * np.abs(grainy - clean).mean()
        assert smooth[32, 40, 0] - smooth[32, 23, 0] > 0.35
