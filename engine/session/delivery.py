"""The last stage of a frame's way: watermark, sinks, preview, figures."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Sequence

from engine.concurrency.mailbox import Mailbox
from engine.concurrency.worker import Worker
from engine.frames import Size, StyledFrame
from engine.session.presentation.presenter import Presenter
from engine.session.presentation.timeline import Result
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
        self._guard = threading.RLock()
        self._presenter: Presenter | None = None

    def show_at(self, fps: float | None) -> None:
        """Show a steady number of pictures a second, with interpolated ones where results are
        fewer; None for the results alone, as they come.
        """
        if fps == (None if self._presenter is None else self._presenter.fps):
            return
        self.close()
        if fps is not None:
            self._presenter = Presenter(fps, self._hand_over, self._guard)

    def prepare(self, size: Size) -> None:
        """Make ready what every frame of this size is marked with, while the model is loaded."""
        Worker("mark", lambda _: self.watermark.prepare(size)).start()

    def begin(self, number: int, now: float) -> None:
        """Record that the engine begins to work on a frame."""
        self._begun.append((number, now))

    def forget(self) -> None:
        """The frames begun so far will not be finished, and nothing that waits is shown."""
        self._begun.clear()
        self.skip_waiting()

    def skip_waiting(self) -> None:
        """Nothing is shown that waits for its turn."""
        if self._presenter is not None:
            self._presenter.clear()

    def withdraw(self) -> None:
        """Nothing of what was delivered is shown any more, nor what waits for its turn."""
        with self._guard:
            self.forget()
            self._sinks.blank()

    def close(self) -> None:
        """Deliver at once what waits for its turn: it is complete, and may be the end of a film."""
        if self._presenter is not None:
            for result in self._presenter.close():
                self._hand_over(result.frame, (result,))
            self._presenter = None

    def deliver(self, results: Sequence[StyledFrame]) -> None:
        """Deliver what is finished, in the order of the frames."""
        came = time.monotonic()
        for frame in results[-1:] if self._newest_only else results:
            result = Result(frame, self._began(frame), came)
            if self._presenter is None or frame.original:
                self._hand_over(frame, (result,))
            else:
                self._presenter.put(result)

    def _hand_over(self, frame: StyledFrame, results: Sequence[Result]) -> None:
        """Send a picture, with which the turn of these results has come. On any thread."""
        due = time.monotonic()
        with self._guard:
            marked = self.watermark.stamp(frame)
            self._sinks.send(marked)
            self.preview.put(marked)
            delivered = time.monotonic()
            for result in results:
                self.statistics.frame_out(
                    Timing(
                        captured=result.frame.captured_at,
                        started=result.began,
                        styled=result.came,
                        due=due if self._presenter is not None else result.came,
                        delivered=delivered,
                        away=result.frame.away,
                    )
                )
            if frame.interpolated:
                self.statistics.interpolated_out(delivered)

    def _began(self, frame: StyledFrame) -> float:
        """When the engine began this frame; results are in order, though some may be left out. Of
        one so late that this is forgotten, all time since the capture counts as the engine's.
        """
        while self._begun and self._begun[0][0] < frame.number:
            self._begun.popleft()
        if self._begun and self._begun[0][0] == frame.number:
            return self._begun.popleft()[1]
        return frame.captured_at
