"""The style wall on the user's own picture, rendered by the engine in the background."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPixmap

from engine.events import SessionState
from engine.frames import Pixels, Size
from engine.pipeline.easel import Still
from engine.run import Job
from engine.settings import InputSettings, LiveSettings
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

    While a stream runs, its own model does it, a part after each frame; where that cannot be, the
    rendering waits for the stream's end. Without a stream a session of its own does it, and gives
    way to one that starts. The picture stays in memory and goes nowhere.
    """

    made = Signal(str, QPixmap)
    waiting = Signal()
    """This model cannot do it beside a stream: the pictures are made when that stops."""
    _rendered = Signal(int, object)

    def __init__(
        self, studio: Studio, sessions: StillSessions, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._studio, self._sessions = studio, sessions
        self._glance = CameraGlance(self)
        self._bridge: SessionBridge | None = None
        self._kept = LastFrame()
        self._picture: Pixels | None = None
        self._queue: deque[str] = deque()
        self._alone = self._beside = ""
        self._refused = False
        self._ticket = 0
        self._done: dict[str, QPixmap] = {}
        self._glance.seen.connect(self._on_seen)
        self._glance.failed.connect(studio.report)
        self._rendered.connect(self._on_rendered)
        studio.situation_changed.connect(self._on_situation)

    @property
    def pictures(self) -> dict[str, QPixmap]:
        """What has been made so far, by style."""
        return dict(self._done)

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
        if not self._queue and not self._alone:
            self._take(pixels)

    def _take(self, pixels: Pixels) -> None:
        """Begin with a new picture; what is under way of a former one is given up."""
        self._picture = pixels
        self._queue = deque(style.name for style in self._studio.styles)
        self._beside, self._refused = "", False
        self._ticket += 1
        self._kept = LastFrame()
        if self._bridge is not None:
            self._bridge.stop()
        self._next()

    def _next(self) -> None:
        now = self._studio.situation
        here = {style.name for style in self._studio.styles}  # another model has others
        self._queue = deque(name for name in self._queue if name in here)
        if not self._queue or self._alone or self._beside:
            return
        if not now.running:
            self._alone = self._queue.popleft()
            self._render_alone()
        elif now.live and not self._refused:
            self._beside = self._queue.popleft()
            self._render_beside()

    def _wish(self, style: str) -> LiveSettings:
        return replace(self._studio.preferences.live, style=style, blend=None)

    def _render_beside(self) -> None:
        assert self._picture is not None
        self._ticket += 1
        done = partial(self._rendered.emit, self._ticket)
        self._studio.bridge.render(Still(self._picture, self._wish(self._beside), done))

    def _on_rendered(self, ticket: int, pixels: Pixels | None) -> None:
        if ticket != self._ticket or not self._beside:
            return
        style, self._beside = self._beside, ""
        if pixels is not None:
            self._tell(style, pixels)
        else:
            self._queue.appendleft(style)
            self._refused = self._studio.situation.live
            if self._refused:
                self.waiting.emit()
        self._next()

    def _render_alone(self) -> None:
        assert self._picture is not None
        self._kept = LastFrame()
        build = replace(self._studio.preferences.build, size=SIZE)
        live = self._wish(self._alone)
        job = Job(InputSettings("still"), build, live, (self._kept,), realtime=False)
        self._bridge = SessionBridge(self._sessions(self._picture, FRAMES), self)
        self._bridge.state_changed.connect(self._on_state)
        self._bridge.start(job)

    def _on_state(self, state: SessionState) -> None:
        if state is not SessionState.OFF or self._bridge is None:
            return
        self._bridge.deleteLater()
        self._bridge = None
        style, self._alone = self._alone, ""
        if self._kept.frame is not None:
            self._tell(style, self._kept.frame.pixels)
        elif self._studio.situation.running and style not in self._queue:
            self._queue.appendleft(style)
        self._next()

    def _on_situation(self, now: Situation) -> None:
        if now.running and self._bridge is not None:
            self._bridge.stop()
        if not now.running:
            self._refused = False
            if self._beside:
                self._queue.appendleft(self._beside)
                self._beside = ""
        self._next()

    def _tell(self, style: str, pixels: Pixels) -> None:
        picture = QPixmap.fromImage(image_from(pixels))
        self._done[style] = picture
        self.made.emit(style, picture)
