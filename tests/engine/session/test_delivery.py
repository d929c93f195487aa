"""The last stage of a frame's way."""

from __future__ import annotations

from engine.frames import Size, StyledFrame
from engine.session.delivery import MOST_BEGUN, Delivery
from engine.video.sinks.sink_group import SinkGroup
from engine.video.watermark import AiWatermark
from tests.engine.doubles import STYLED, ListSink, flat

MARKS = AiWatermark(shown=False, invisible=False)


def test_a_result_whose_beginning_is_long_forgotten_is_delivered() -> None:
    sink = ListSink()
    sinks = SinkGroup([sink], lambda _: None)
    sinks.begin(Size(64, 64), 30.0)
    delivery = Delivery(sinks, MARKS, newest_only=False)
    for number in range(2 * MOST_BEGUN):
        delivery.begin(number, 10.0 + number)
    late, newest = (StyledFrame(flat(STYLED), number, 1.0) for number in (3, 2 * MOST_BEGUN - 1))
    delivery.deliver([late])
    delivery.deliver([newest])
    delivery.deliver([newest])  # of a stream that was forgotten meanwhile
    assert sink.numbers == [3, 2 * MOST_BEGUN - 1, 2 * MOST_BEGUN - 1]
    assert delivery.statistics.frames_out == 3
    sinks.close()
