import numpy as np
import pytest

from engine.frames import Pixels, Size, size_of
from engine.imaging import FrameFitter, fit, towards
from engine.settings import FitMode, InputSettings

CROP, LETTERBOX = InputSettings(), InputSettings(fit=FitMode.LETTERBOX)


def disc(width: int, height: int, radius: int) -> Pixels:
    """A white disc in the middle of black."""
    y, x = np.mgrid[:height, :width]
    inside = np.hypot(x - (width - 1) / 2, y - (height - 1) / 2) < radius
    return np.repeat(np.where(inside, 255, 0).astype(np.uint8)[..., None], 3, axis=2)


def extent(pixels: Pixels) -> tuple[int, int]:
    """Width and height of what is white."""
    rows, columns = np.nonzero(pixels[..., 0] > 127)
    return int(np.ptp(columns)) + 1, int(np.ptp(rows)) + 1


def quarters() -> Pixels:
    """Top left 10, top right 80, bottom left 150, bottom right 220."""
    levels = np.array([[10, 80], [150, 220]], np.uint8)
    return np.repeat(np.kron(levels, np.ones((32, 32), np.uint8))[..., None], 3, axis=2)


@pytest.mark.parametrize("settings", [CROP, LETTERBOX])
@pytest.mark.parametrize("source", [(640, 480), (1280, 720), (360, 640), (333, 777)])
@pytest.mark.parametrize("target", [Size(512, 512), Size(640, 360), Size(256, 384)])
def test_a_circle_stays_a_circle(
    source: tuple[int, int], target: Size, settings: InputSettings
) -> None:
    fitted = fit(disc(*source, min(source) // 4), target, settings)
    width, height = extent(fitted)
    assert size_of(fitted) == target
    assert abs(width - height) <= 2


def test_cropping_fills_the_frame_from_the_middle() -> None:
    picture = np.zeros((100, 200, 3), np.uint8)
    picture[:, 50:150] = 200
    assert (fit(picture, Size(64, 64), CROP) == 200).all()


def test_letterboxing_keeps_the_whole_picture_between_black_bars() -> None:
    fitted = fit(np.full((100, 200, 3), 200, np.uint8), Size(64, 64), LETTERBOX)
    assert (fitted[16:48] == 200).all()
    assert not fitted[:16].any()
    assert not fitted[48:].any()


@pytest.mark.parametrize(
    ("settings", "corners"),
    [
        (InputSettings(), (10, 80, 150, 220)),
        (InputSettings(mirror=True), (80, 10, 220, 150)),
        (InputSettings(rotate=90), (150, 10, 220, 80)),
        (InputSettings(rotate=180), (220, 150, 80, 10)),
        (InputSettings(rotate=270), (80, 220, 10, 150)),
        (InputSettings(rotate=90, mirror=True), (10, 150, 80, 220)),
    ],
)
def test_it_turns_clockwise_and_then_mirrors(
    settings: InputSettings, corners: tuple[int, ...]
) -> None:
    fitted = fit(quarters(), Size(64, 64), settings)
    seen = fitted[8, 8, 0], fitted[8, -8, 0], fitted[-8, 8, 0], fitted[-8, -8, 0]
    assert seen == corners


def test_a_turned_picture_fills_a_frame_of_another_shape() -> None:
    fitted = fit(np.full((360, 640, 3), 9, np.uint8), Size(360, 640), InputSettings(rotate=90))
    assert size_of(fitted) == Size(360, 640)
    assert (fitted == 9).all()


def test_a_picture_that_fits_already_is_not_touched() -> None:
    picture = quarters()
    assert np.shares_memory(fit(picture, Size(64, 64), CROP), picture)


def test_the_result_is_contiguous_and_leaves_the_source_alone() -> None:
    picture = quarters()
    before = picture.copy()
    plan = FrameFitter.between(Size(64, 64), Size(64, 32), InputSettings(mirror=True))
    assert plan.apply(picture).flags.c_contiguous
    np.testing.assert_array_equal(picture, before)


def test_pictures_are_mixed_by_the_share_of_each_pixel() -> None:
    random = np.random.default_rng(0)
    start, end = random.integers(0, 256, (2, 150, 40, 3), np.uint8)
    share = random.integers(0, 256, (150, 40), np.uint8)
    exact = start + (end.astype(float) - start) * (share[..., None] / 255.0)
    np.testing.assert_array_equal(towards(start, end, share), np.rint(exact))
