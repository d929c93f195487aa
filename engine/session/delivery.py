"""The last stage of a frame's way: watermark, sinks, preview, figures."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Sequence

from engine.concurrency.mailbox import Mailbox
from engine.frames import StyledFrame
from engine.session.statistics import StreamStatistics, Timing
from engine.video.sinks.sink_group import SinkGroup
from engine.video.watermark import AiWatermark

MOST_BEGUN = 1024
"""Frames whose beginning is remembered; while another computer cannot be reached, none is done."""


class Delivery:
    """Delivers styled frames; used on the engine thread, except `preview` and `statistics`.

    newest_only: of several frames finished at once, only the last is delivered. preview:
    the newest frame, for a display.
    """

    def __init__(self, sinks: SinkGroup, watermark: AiWatermark, *, newest_only: bool) -> None:
        self.watermark = watermark
        self.preview: Mailbox[StyledFrame] = Mailbox()
        self.statistics = StreamStatistics()
        self._sinks, self._newest_only = sinks, newest_only
        self._begun: deque[tuple[int, float]] = deque(maxlen=MOST_BEGUN)

    def begin(self, number: int, now: float) -> None:
        """Record that the engine begins to work on a frame."""
        self._begun.append((number, now))

    def forget(self) -> None:
        """The frames begun so far will not be finished."""
        self._begun.clear()

    def deliver(self, results: Sequence[StyledFrame]) -> None:
        """Deliver what is finished, in the order of the frames."""
        styled = time.monotonic()
        for result in results[-1:] if self._newest_only else results:
            marked = self.watermark.stamp(result)
            self._sinks.send(marked)
            self.preview.put(marked)
            timing = Timing(
                captured=result.captured_at,
                started=self._began(result.number),
                styled=styled,
                delivered=time.monotonic(),
                away=result.away,
            )
            self.statistics.frame_out(timing)

    def _began(self, number: int) -> float:
        """When the engine began this frame; results are in order, though some may be left out."""
        while self._begun[0][0] != number:
            self._begun.popleft()
        return self._begun.popleft()[1]
