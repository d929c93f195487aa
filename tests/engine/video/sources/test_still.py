"""One picture as a source, and the sink that keeps the last one."""

from __future__ import annotations

from engine.frames import Size
from engine.video.sources.still import LastFrame, StillSource
from tests.engine.video.clips import grey, styled


def test_a_still_is_given_as_often_as_it_was_asked_for() -> None:
    source = StillSource(grey(9), 3)
    source.open()
    frames = list(iter(source.read, None))
    assert [frame.number for frame in frames] == [0, 1, 2]
    assert all(frame.pixels is frames[0].pixels for frame in frames)


def test_a_still_that_is_opened_again_begins_anew() -> None:
    source = StillSource(grey(9), 1)
    for _ in range(2):
        source.open()
        assert source.read() is not None
        assert source.read() is None
        source.close()


def test_a_still_knows_its_size_and_length() -> None:
    source = StillSource(grey(9, 96, 64), 5)
    assert (source.size, source.frames, source.live) == (Size(96, 64), 5, False)


def test_the_last_frame_is_kept_whatever_happens_after_it() -> None:
    sink = LastFrame()
    sink.open(Size(96, 64), 30.0)
    for number in range(2):
        sink.send(styled(grey(number), number))
    sink.blank()
    sink.close()
    sink.abort()
    assert sink.frame is not None
    assert sink.frame.number == 1
