import time
from collections.abc import Callable

import numpy as np
import pytest

from engine.errors import SourceError
from engine.frames import Pixels, Size
from engine.video.sources.demo import demo_source
from engine.video.sources.generated import GeneratedSource
from engine.video.sources.test_pattern import BARS, SPEED, synthetic_source

SIZE = Size(192, 144)
Maker = Callable[..., GeneratedSource]


def pictures(source: GeneratedSource, count: int) -> list[Pixels]:
    source.open()
    frames = [frame.pixels for _ in range(count) if (frame := source.read()) is not None]
    source.close()
    return frames


@pytest.mark.parametrize("make", [demo_source, synthetic_source])
def test_the_same_frames_come_every_time(make: Maker) -> None:
    first = pictures(make(SIZE, live=False), 3)
    again = pictures(make(SIZE, live=False), 3)
    np.testing.assert_array_equal(first, again)
    assert first[0].shape == (144, 192, 3)
    assert (first[0] != first[1]).any()


@pytest.mark.parametrize("make", [demo_source, synthetic_source])
def test_it_ends_after_the_frames_it_was_given(make: Maker) -> None:
    source = make(SIZE, frames=4, live=False)
    assert len(pictures(source, 99)) == source.frames == 4


def test_opening_again_begins_again() -> None:
    source = synthetic_source(SIZE, frames=2, live=False)
    np.testing.assert_array_equal(pictures(source, 2), pictures(source, 2))


def test_a_live_source_keeps_its_rate() -> None:
    source = synthetic_source(SIZE, fps=50.0)
    source.open()
    began = time.monotonic()
    for _ in range(6):
        source.read()
    assert 0.09 < time.monotonic() - began < 2.0
    source.close()


def test_a_source_that_is_not_open_says_so() -> None:
    with pytest.raises(SourceError, match="not open"):
        synthetic_source(SIZE).read()


def test_the_bars_have_their_colours_and_wander_left() -> None:
    first, second = pictures(synthetic_source(SIZE, live=False), 2)
    np.testing.assert_array_equal(first[100, 16::32], BARS)
    np.testing.assert_array_equal(second[100, :-SPEED], first[100, SPEED:])


def test_the_demo_moves_a_little_from_frame_to_frame_and_more_over_a_second() -> None:
    frames = [p.astype(float) for p in pictures(demo_source(SIZE, live=False), 31)]
    near = np.abs(frames[1] - frames[0]).mean()
    far = np.abs(frames[30] - frames[0]).mean()
    assert 0.5 < near < far / 2
    assert far > 5


def test_another_seed_moves_otherwise() -> None:
    one, other = (pictures(demo_source(SIZE, live=False, seed=s), 1)[0] for s in (0, 1))
    assert np.abs(one.astype(int) - other).mean() > 5
