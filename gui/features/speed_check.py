"""How fast the built-in model runs here, measured on the demo."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from engine.events import Failed, Stats
from engine.frames import Size
from engine.session.job import Job
from engine.settings import BuildSettings, InputSettings, LiveSettings
from gui.engine_link.session_bridge import SessionBridge, SessionFactory

FRAMES = 60
SIZE = Size(512, 512)


class SpeedCheck(QObject):
    """Runs a short session without sinks and reports the rate at `SIZE`.

    kept: the rate that the benchmark measured here; if there is one, nothing is run.
    """

    measured = Signal(float)
    """Frames per second at `SIZE`; 0 if it could not be measured."""

    def __init__(
        self,
        make_session: SessionFactory,
        parent: QObject | None = None,
        *,
        kept: Callable[[], float | None] = lambda: None,
    ) -> None:
        super().__init__(parent)
        self._kept = kept
        self._bridge = SessionBridge(make_session, self)
        self._rate = 0.0
        self._reported = False
        self._bridge.measured.connect(self._on_stats)
        self._bridge.finished.connect(self._report)
        self._bridge.failed.connect(self._on_failed)

    def start(self, style: str) -> None:
        """Measure; `measured` follows once."""
        self._reported = False
        kept = self._kept()
        if kept is not None:
            self._rate = kept
            self._report()
            return
        # not at the demo's pace: live, most of its frames pass while the model is still loaded, and
        # the others are computed by whatever is ready first
        job = Job(
            InputSettings("demo"),
            BuildSettings(size=SIZE),
            LiveSettings(style=style),
            frames=FRAMES,
            realtime=False,
            output=SIZE,
        )
        self._bridge.start(lambda: job)

    def stop(self) -> None:
        """End it soon, measured or not."""
        self._reported = True
        self._bridge.stop()

    def close(self, timeout: float) -> bool:
        """End it; True when it has ended in time."""
        self._reported = True
        return self._bridge.close(timeout)

    def _on_stats(self, stats: Stats) -> None:
        self._rate = stats.fps_overall

    def _on_failed(self, _failed: Failed) -> None:
        self._report()

    def _report(self) -> None:
        if not self._reported:
            self._reported = True
            self.measured.emit(self._rate)
