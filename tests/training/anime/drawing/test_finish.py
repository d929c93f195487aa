import numpy as np
import pytest

from engine.drawing.canvas import SCALE
from training.anime.drawing.finish import dot_screen, dotted


@pytest.mark.parametrize("tone", [0.1, 0.3, 0.5, 0.7])
def test_dots_cover_as_much_as_the_tone_says(tone: float) -> None:
    dots = dotted(np.full((256, 256), tone, np.float32), 4.6)
    assert dots.mean() == pytest.approx(tone, abs=0.03)


def test_white_stays_paper_and_black_stays_ink() -> None:
    assert dotted(np.zeros((64, 64), np.float32), 4.6).max() == 0.0
    assert dotted(np.ones((64, 64), np.float32), 4.6).min() == 1.0


def test_without_a_spacing_the_tone_is_flat() -> None:
    tone = np.full((16, 16), 0.3, np.float32)
    assert np.array_equal(dotted(tone, 0.0), tone)


def test_dots_repeat_at_their_spacing() -> None:
    screen = dot_screen(512, 4.0)
    row = screen[0] - screen[0].mean()
    peaks = np.flatnonzero((row[1:-1] > row[:-2]) & (row[1:-1] >= row[2:]))
    assert np.diff(peaks).mean() == pytest.approx(4.0 * SCALE, rel=0.1)
