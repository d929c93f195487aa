"""Several sinks are fed as one, and one that fails takes no other with it."""

from __future__ import annotations

import pytest

from engine.errors import EngineError, SinkError
from engine.frames import Size, StyledFrame
from engine.video.sinks.null import NullSink
from engine.video.sinks.sink_group import SinkGroup
from tests.engine.doubles import ListSink, flat
from tests.engine.video.clips import styled

SIZE = Size(64, 64)
FULL = SinkError("The disk is full.", "Free some space.")


class Unopenable(ListSink):
    """Cannot even begin."""

    def open(self, size: Size, fps: float) -> None:
        raise FULL


class Unfinishable(ListSink):
    """Takes everything, and fails in the end."""

    def close(self) -> None:
        raise FULL


def frame(number: int = 0) -> StyledFrame:
    return styled(flat(50), number)


@pytest.fixture
def errors() -> list[EngineError]:
    return []


def group_of(errors: list[EngineError], *sinks: ListSink) -> SinkGroup:
    group = SinkGroup(sinks, errors.append)
    group.begin(SIZE, 30.0)
    return group


def test_every_sink_is_opened_once_and_gets_every_frame(errors: list[EngineError]) -> None:
    sinks = ListSink(), ListSink()
    group = group_of(errors, *sinks)
    group.begin(SIZE, 25.0)
    group.send(frame(0))
    group.send(frame(1))
    group.close()
    for sink in sinks:
        assert (sink.story, sink.numbers) == (["open 64x64 30", "close"], [0, 1])


def test_a_sink_that_fails_is_undone_and_the_others_go_on(errors: list[EngineError]) -> None:
    broken, sound = ListSink(fault=lambda number: FULL if number == 1 else None), ListSink()
    group = group_of(errors, broken, sound)
    for number in range(3):
        group.send(frame(number))
    group.close()
    assert errors == [FULL]
    assert broken.story == ["open 64x64 30", "abort"]
    assert (sound.numbers, sound.story[-1]) == ([0, 1, 2], "close")


def test_a_sink_that_cannot_be_opened_gets_no_frames(errors: list[EngineError]) -> None:
    broken = Unopenable()
    group = group_of(errors, broken)
    group.send(frame())
    assert errors == [FULL]
    assert (broken.numbers, broken.story) == ([], ["abort"])


def test_a_sink_that_cannot_be_completed_is_undone(errors: list[EngineError]) -> None:
    broken, sound = Unfinishable(), ListSink()
    group_of(errors, broken, sound).close()
    assert errors == [FULL]
    assert (broken.story[-1], sound.story[-1]) == ("abort", "close")


def test_a_sink_added_before_the_start_is_opened_with_the_others(
    errors: list[EngineError],
) -> None:
    group, late = SinkGroup([], errors.append), ListSink()
    group.add(late)
    assert late.story == []
    group.begin(SIZE, 30.0)
    assert late.story == ["open 64x64 30"]


def test_a_sink_added_later_is_opened_at_once(errors: list[EngineError]) -> None:
    group, late = group_of(errors), ListSink()
    group.add(late)
    group.send(frame(5))
    assert (late.story, late.numbers) == (["open 64x64 30"], [5])


def test_a_sink_that_is_removed_is_completed_and_gets_no_more(errors: list[EngineError]) -> None:
    sink = ListSink()
    group = group_of(errors, sink)
    group.remove(sink)
    group.remove(sink)
    group.send(frame())
    assert (sink.story, sink.numbers) == (["open 64x64 30", "close"], [])


def test_what_was_sent_is_blanked_everywhere(errors: list[EngineError]) -> None:
    sinks = ListSink(), ListSink()
    group_of(errors, *sinks).blank()
    assert [sink.story[-1] for sink in sinks] == ["blank", "blank"]


def test_an_abort_completes_nothing(errors: list[EngineError]) -> None:
    sinks = ListSink(), ListSink()
    group = group_of(errors, *sinks)
    group.abort()
    group.close()
    assert all(sink.story == ["open 64x64 30", "abort"] for sink in sinks)


def test_a_sink_for_nothing_takes_everything(errors: list[EngineError]) -> None:
    sink = NullSink()
    group = SinkGroup([sink], errors.append)
    group.begin(SIZE, 30.0)
    group.send(frame())
    group.blank()
    group.close()
    sink.abort()
    assert errors == []
