"""The user's own picture in every style, rendered by the engine in the background."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from engine.errors import EngineError
from engine.events import SessionState
from engine.frames import Pixels, Size
from engine.session.commands import RenderStill
from engine.session.job import Job
from engine.settings import InputSettings, LiveSettings
from engine.video.sources.still import LastFrame
from gui.engine_link.background import Background, Deadline
from gui.engine_link.camera_preview import CameraPreview
from gui.engine_link.session_bridge import SessionBridge, SessionFactory
from gui.features.placeholder_image import image_from
from gui.features.style_previews_store import StylePreviewStore
from gui.state.app_model import AppModel
from gui.state.app_state import AppState
from gui.state.preferences import Preferences

SIZE = Size(256, 256)
FRAMES = 9
"""A warm-up of eight, and one more."""

StillSessions = Callable[[Pixels, int], SessionFactory]
"""Makes sessions whose source is a picture, repeated this many times."""


class StylePreviews(QObject):
    """Renders one picture in every style, one after the other.

    While a stream runs, its own model does the work, one step after each frame; if that model
    cannot, rendering waits for the stream's end. Without a stream, a session of its own does it,
    which stops when a stream starts. The camera's picture is only kept in memory; the styled ones
    are kept for the next start, until the user deletes them.
    """

    changed = Signal()
    """The pictures have changed, or rendering has begun or ended."""
    waiting = Signal()
    """This model cannot do it next to a stream: the pictures are made once that stops."""
    _rendered = Signal(int, object)
    _loaded = Signal(str, object)

    def __init__(
        self,
        app_model: AppModel,
        sessions: StillSessions,
        store: StylePreviewStore,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._app_model, self._sessions, self._store = app_model, sessions, store
        self._background = Background("style previews")
        self._model = app_model.preferences.build.model
        self._camera_preview = CameraPreview(self)
        self._bridge: SessionBridge | None = None
        self._last_frame = LastFrame()
        self._picture: Pixels | None = None
        self._queue: deque[str] = deque()
        self._alone = self._next_to_stream = ""
        self._taking_picture = False
        self._refused = False
        self._ticket = 0
        self._done: dict[str, QPixmap] = {}
        self._camera_preview.seen.connect(self._on_seen)
        self._camera_preview.failed.connect(self._on_unseen)
        self._rendered.connect(self._on_rendered)
        self._loaded.connect(self._on_loaded)
        app_model.state_changed.connect(self._on_app_state)
        app_model.preferences_changed.connect(self._on_preferences)

    @property
    def pictures(self) -> dict[str, QPixmap]:
        """The pictures made so far, by style of the chosen model."""
        return dict(self._done)

    @property
    def wanted(self) -> bool:
        """Whether there are such pictures, or will be."""
        return bool(self._done) or self._taking_picture or self._picture is not None

    def load(self) -> None:
        """Read the pictures kept for the chosen model, in the background."""
        model, styles = self._model, [style.name for style in self._app_model.styles]
        self._background.run(lambda: self._loaded.emit(model, self._store.load(model, styles)))

    def begin(self, given: Pixels | None) -> None:
        """Use the given input picture, or take one with the camera."""
        if given is not None:
            self._use_input(given)
        elif not self._app_model.state.running:
            self._taking_picture = True
            self._camera_preview.show(self._app_model.preferences.input)
        self.changed.emit()

    def forget(self) -> None:
        """Stop rendering, and delete the chosen model's pictures."""
        self._give_up()
        self._done.clear()
        model = self._model
        self._background.run(lambda: self._store.forget(model))
        self.changed.emit()

    def close(self, timeout: float) -> bool:
        """End whatever is under way; True when it has ended in time."""
        deadline = Deadline(timeout)
        self._give_up()
        ended = self._bridge is None or self._bridge.close(deadline.left)
        ended &= self._background.wait(deadline.left)
        return self._camera_preview.wait(deadline.left) and ended

    def _give_up(self) -> None:
        """Stop rendering; what is under way is dropped."""
        self._camera_preview.stop()
        self._taking_picture, self._picture = False, None
        self._empty()

    def _on_loaded(self, model: str, images: dict[str, QImage]) -> None:
        """Pictures made meanwhile are newer."""
        if model == self._model and images:
            kept = {style: QPixmap.fromImage(image) for style, image in images.items()}
            self._done = kept | self._done
            self.changed.emit()

    def _on_preferences(self, preferences: Preferences) -> None:
        if preferences.build.model != self._model:
            self._give_up()
            self._model, self._done = preferences.build.model, {}
            self.changed.emit()
            self.load()

    def _on_seen(self, pixels: Pixels) -> None:
        self._camera_preview.stop()
        if self._taking_picture:
            self._taking_picture = False
            self._use_input(pixels)

    def _on_unseen(self, error: EngineError) -> None:
        self._taking_picture = False
        self._app_model.report(error)
        self.changed.emit()

    def _use_input(self, pixels: Pixels) -> None:
        """Begin with a new picture; what is under way of the previous one is dropped."""
        self._empty()
        self._picture = pixels
        self._queue = deque(style.name for style in self._app_model.styles)
        self._next()

    def _empty(self) -> None:
        """Empty the queue; what is under way is dropped."""
        self._queue.clear()
        self._next_to_stream, self._refused = "", False
        self._ticket += 1
        self._last_frame = LastFrame()
        if self._bridge is not None:
            self._bridge.stop()

    def _next(self) -> None:
        now = self._app_model.state
        if self._alone or self._next_to_stream:
            return
        if not self._queue:
            self._picture = None
            return
        if not now.running:
            self._alone = self._queue.popleft()
            self._render_alone()
        elif now.live and not self._refused:
            self._next_to_stream = self._queue.popleft()
            self._render_next_to_stream()

    def _settings_in(self, style: str) -> LiveSettings:
        return replace(self._app_model.preferences.live, style=style, blend=None)

    def _render_next_to_stream(self) -> None:
        assert self._picture is not None
        self._ticket += 1
        done = partial(self._rendered.emit, self._ticket)
        self._app_model.bridge.send(
            RenderStill(self._picture, self._settings_in(self._next_to_stream), done)
        )

    def _on_rendered(self, ticket: int, pixels: Pixels | None) -> None:
        if ticket != self._ticket or not self._next_to_stream:
            return
        style, self._next_to_stream = self._next_to_stream, ""
        if pixels is not None:
            self._keep(style, pixels)
        else:
            self._queue.appendleft(style)
            self._refused = self._app_model.state.live
            if self._refused:
                self.waiting.emit()
        self._next()

    def _render_alone(self) -> None:
        assert self._picture is not None
        self._last_frame = LastFrame()
        build = replace(self._app_model.preferences.build, size=SIZE)
        live = self._settings_in(self._alone)
        job = Job(
            InputSettings("still"), build, live, (self._last_frame,), realtime=False, output=SIZE
        )
        self._bridge = SessionBridge(self._sessions(self._picture, FRAMES), self)
        self._bridge.state_changed.connect(self._on_state)
        self._bridge.start(lambda: job)

    def _on_state(self, state: SessionState) -> None:
        if state is not SessionState.OFF or self._bridge is None:
            return
        self._bridge.deleteLater()
        self._bridge = None
        style, self._alone = self._alone, ""
        if self._last_frame.frame is not None:
            self._keep(style, self._last_frame.frame.pixels)
        elif self._picture is not None and self._interrupted(style):
            self._queue.appendleft(style)
        self._next()
        self.changed.emit()

    def _interrupted(self, style: str) -> bool:
        """By a stream that has started, not by a newer picture, which begins with all styles."""
        return self._app_model.state.running and style not in self._queue

    def _on_app_state(self, now: AppState) -> None:
        if now.running and self._bridge is not None:
            self._bridge.stop()
        if not now.running:
            self._refused = False
            if self._next_to_stream:
                self._queue.appendleft(self._next_to_stream)
                self._next_to_stream = ""
        self._next()

    def _keep(self, style: str, pixels: Pixels) -> None:
        model, image = self._model, image_from(pixels)
        self._done[style] = QPixmap.fromImage(image)
        self._background.run(lambda: self._store.save(model, style, image))
        self.changed.emit()
