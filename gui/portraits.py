"""The style wall on the user's own picture, rendered by the engine while no stream needs it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPixmap

from engine.events import SessionState
from engine.frames import Pixels, Size
from engine.run import Job
from engine.settings import InputSettings
from gui.bridge import SessionBridge, SessionFactory
from gui.glance import CameraGlance
from gui.placeholders import image_from
from gui.situation import Situation
from gui.still import LastFrame
from gui.studio import Studio

SIZE = Size(256, 256)
FRAMES = 9
"""A warm-up of eight, and one more."""

StillSessions = Callable[[Pixels, int], SessionFactory]
"""From a picture and how often it comes to sessions that have it as their source."""


class Portraits(QObject):
    """Takes one picture and renders it in every style, one after the other.

    A running stream goes first: the rendering waits until it stops, and begins the present
    style again when it is interrupted. The picture stays in memory and goes nowhere.
    """

    made = Signal(str, QPixmap)
    waiting = Signal()
    """A running stream goes first."""

    def __init__(
        self, studio: Studio, sessions: StillSessions, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._studio, self._sessions = studio, sessions
        self._glance = CameraGlance(self)
        self._bridge: SessionBridge | None = None
        self._kept = LastFrame()
        self._queue: deque[str] = deque()
        self._current = ""
        self._glance.seen.connect(self._on_seen)
        self._glance.failed.connect(studio.report)
        studio.situation_changed.connect(self._on_situation)

    def begin(self, given: Pixels | None) -> None:
        """Use the input picture at hand, or look through the camera for one."""
        if given is not None:
            self._take(given)
        elif not self._studio.situation.running:
            self._glance.look(self._studio.preferences.input)

    def close(self, timeout: float) -> bool:
        """End whatever is under way; True when it has ended in time."""
        self._queue.clear()
        self._glance.stop()
        ended = self._bridge is None or self._bridge.close(timeout)
        return self._glance.wait(timeout) and ended

    def _on_seen(self, pixels: Pixels) -> None:
        self._glance.stop()
        if not self._queue and not self._current:
            self._take(pixels)

    def _take(self, pixels: Pixels) -> None:
        self._queue = deque(style.name for style in self._studio.styles)
        self._bridge = SessionBridge(self._sessions(pixels, FRAMES), self)
        self._bridge.state_changed.connect(self._on_state)
        self._next()

    def _next(self) -> None:
        if self._bridge is None or self._current or not self._queue:
            return
        if self._studio.situation.running:
            self.waiting.emit()
            return
        self._current = self._queue.popleft()
        self._kept = LastFrame()
        wish = self._studio.preferences
        build = replace(wish.build, size=SIZE)
        live = replace(wish.live, style=self._current, blend=None)
        self._bridge.start(Job(InputSettings("still"), build, live, (self._kept,), realtime=False))

    def _on_state(self, state: SessionState) -> None:
        if state is not SessionState.OFF or not self._current:
            return
        style, self._current = self._current, ""
        if self._kept.frame is not None:
            self.made.emit(style, QPixmap.fromImage(image_from(self._kept.frame.pixels)))
        elif self._studio.situation.running:
            self._queue.appendleft(style)
        self._next()

    def _on_situation(self, now: Situation) -> None:
        if now.running and self._current and self._bridge is not None:
            self._bridge.stop()
        elif not now.running:
            self._next()
