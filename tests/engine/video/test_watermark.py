import numpy as np
import pytest

from engine.frames import StyledFrame
from engine.video.watermark import AiWatermark, Corner
from tests.engine.video.clips import grey, styled


@pytest.mark.parametrize(
    ("corner", "rows", "columns"),
    [
        (Corner.TOP_LEFT, slice(None, 64), slice(None, 64)),
        (Corner.TOP_RIGHT, slice(None, 64), slice(-64, None)),
        (Corner.BOTTOM_LEFT, slice(-64, None), slice(None, 64)),
        (Corner.BOTTOM_RIGHT, slice(-64, None), slice(-64, None)),
    ],
)
def test_the_mark_is_drawn_in_its_corner_alone(corner: Corner, rows: slice, columns: slice) -> None:
    picture = grey(128, 512, 512)
    changed = (AiWatermark(corner).draw(picture) != picture).any(axis=2)
    assert changed[rows, columns].sum() == changed.sum() > 300


@pytest.mark.parametrize("level", [0, 128, 255])
def test_the_mark_can_be_read_on_any_ground(level: int) -> None:
    marked = AiWatermark().draw(grey(level, 640, 360))
    badge = marked[-32:-10, -44:-10]
    assert int(badge.max()) - int(badge.min()) > 100


def test_the_frame_it_is_drawn_on_stays_as_it_was() -> None:
    frame = styled(grey(128, 256, 256), 4, 2.5)
    marked = AiWatermark().stamp(frame)
    assert (frame.pixels == 128).all()
    assert (marked.number, marked.captured_at) == (4, 2.5)
    assert (marked.pixels != frame.pixels).any()


def test_no_mark_when_it_is_off_or_the_picture_is_no_ai_picture() -> None:
    frame = styled(grey(128, 256, 256))
    original = StyledFrame(grey(128, 256, 256), 0, 0.0, original=True)
    assert AiWatermark(shown=False, invisible=False).stamp(frame) is frame
    assert AiWatermark().stamp(original) is original


def test_a_picture_too_small_for_the_mark_is_left_alone() -> None:
    tiny = np.zeros((16, 16, 3), np.uint8)
    assert AiWatermark().draw(tiny) is tiny


@pytest.mark.parametrize(
    ("side", "invisible", "marked"), [(200, True, True), (200, False, False), (64, True, False)]
)
def test_a_frame_says_whether_it_bears_the_invisible_mark(
    side: int, invisible: bool, marked: bool
) -> None:
    frame = StyledFrame(np.full((side, side, 3), 128, np.uint8), 0, 0.0)
    stamped = AiWatermark(shown=False, invisible=invisible).stamp(frame)
    assert stamped.marked is marked
    assert (stamped.pixels != frame.pixels).any() == marked


def test_the_invisible_mark_goes_on_with_the_visible_one_or_alone() -> None:
    frame = styled(grey(128, 256, 256), 4, 2.5)
    alone = AiWatermark(shown=False).stamp(frame).pixels.astype(int)
    assert 0 < np.abs(alone - 128).max() <= 4
    both = AiWatermark().stamp(frame).pixels.astype(int)
    assert (both[:100] == alone[:100]).all()  # away from the badge
    assert (AiWatermark().stamp(frame).pixels == both).all()
    assert (AiWatermark(invisible=False).stamp(frame).pixels[:100] == 128).all()
