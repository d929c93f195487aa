"""Pictures of any size become pictures of any other, whole, in proportion and within bounds."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.frames import Size, size_of
from engine.imaging import FrameFitter, Rect
from engine.settings import FitMode, InputSettings

SIZES = st.builds(Size, st.integers(1, 300), st.integers(1, 300))
SETTINGS = st.builds(
    InputSettings,
    mirror=st.booleans(),
    fit=st.sampled_from(FitMode),
    rotate=st.sampled_from((0, 90, 180, 270)),
)


def within(part: Rect, whole: Size) -> bool:
    right, bottom = part.left + part.width, part.top + part.height
    fits = right <= whole.width and bottom <= whole.height
    return fits and min(part.left, part.top) >= 0 and min(part.width, part.height) >= 1


@given(SIZES, SIZES, SETTINGS)
def test_the_result_has_the_target_size(
    source: Size, target: Size, settings: InputSettings
) -> None:
    pixels = np.zeros((source.height, source.width, 3), np.uint8)
    assert size_of(FrameFitter.between(source, target, settings).apply(pixels)) == target


@given(SIZES, SIZES, SETTINGS)
def test_both_parts_lie_within_their_pictures(
    source: Size, target: Size, settings: InputSettings
) -> None:
    fitter = FrameFitter.between(source, target, settings)
    assert within(fitter.crop, source)
    assert within(fitter.area, fitter.canvas)


@given(SIZES, SIZES, SETTINGS)
def test_nothing_is_distorted_by_more_than_a_pixel(
    source: Size, target: Size, settings: InputSettings
) -> None:
    fitter = FrameFitter.between(source, target, settings)
    taken, placed = fitter.crop, fitter.area
    exact = placed if settings.fit is FitMode.CROP else taken
    error = abs(taken.width * placed.height - taken.height * placed.width)
    assert error <= exact.width + exact.height


@given(SIZES, SIZES, SETTINGS)
def test_a_crop_fills_the_canvas_and_a_letterbox_keeps_the_whole_picture(
    source: Size, target: Size, settings: InputSettings
) -> None:
    fitter = FrameFitter.between(source, target, settings)
    crop = settings.fit is FitMode.CROP
    part, whole = (fitter.area, fitter.canvas) if crop else (fitter.crop, source)
    assert (part.width, part.height) == (whole.width, whole.height)
