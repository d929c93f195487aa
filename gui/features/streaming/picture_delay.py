"""How late the picture is, as one steady number for whatever has to be as late."""

from __future__ import annotations

from collections import deque
from statistics import median

from PySide6.QtCore import QObject, Signal

from engine.events import SessionState, Stats
from gui.state.app_model import AppModel

_MOST = 20
"""Figures that are looked at; they come about once a second."""
_NEWS_FROM_MS = 8.0
"""Smaller changes are noise, and nobody hears them."""


class PictureDelay(QObject):
    """The median of what was measured lately, from what happens to the other program."""

    changed = Signal(float)
    """Milliseconds."""

    def __init__(self, app_model: AppModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app_model = app_model
        self._measured: deque[float] = deque(maxlen=_MOST)
        self.milliseconds = 0.0
        app_model.bridge.measured.connect(self._on_measured)
        app_model.bridge.state_changed.connect(self._on_state)

    def _on_measured(self, stats: Stats) -> None:
        late = self._app_model.picture_delay_ms(stats)
        if not late:
            return
        self._measured.append(late)
        now = median(self._measured)
        if abs(now - self.milliseconds) >= _NEWS_FROM_MS:
            self.milliseconds = now
            self.changed.emit(now)

    def _on_state(self, state: SessionState) -> None:
        """Another job may be slower or quicker; the old number stays until the first new one."""
        if state is SessionState.STARTING:
            self._measured.clear()
