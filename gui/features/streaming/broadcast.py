"""Starts and ends a broadcast, and feeds it from whichever session runs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from engine.errors import EngineError
from engine.events import SessionState
from engine.frames import Pixels, Size, StyledFrame
from engine.key_store import keep_secret, read_secret
from engine.session.commands import AddSink, RemoveSink
from engine.video.broadcast.sink import Broadcast, BroadcastStatus
from engine.video.broadcast.target import BroadcastTarget, SoundSource
from gui.engine_link.background import Background
from gui.engine_link.task import Task
from gui.features.placeholder_image import draw_placeholder
from gui.state.app_model import AppModel
from gui.state.app_state import AppState
from gui.state.preferences import Preferences

ACCOUNT = "broadcast"

MakeBroadcast = Callable[[BroadcastTarget, Size, float, Pixels, SoundSource | None], Broadcast]


class _SessionEnd:
    """The end of a broadcast that one session feeds; the broadcast outlives the session."""

    def __init__(self, broadcast: Broadcast) -> None:
        self._broadcast = broadcast

    def open(self, size: Size, fps: float) -> None:
        """The broadcast is open by itself."""

    def send(self, frame: StyledFrame) -> None:
        self._broadcast.send(frame)

    def blank(self) -> None:
        self._broadcast.blank()

    def close(self) -> None:
        self._broadcast.blank()

    def abort(self) -> None:
        self._broadcast.blank()


class BroadcastController(QObject):
    """One broadcast at a time. Its placeholder and panic are those of the camera."""

    def __init__(
        self,
        app_model: AppModel,
        sound: SoundSource | None = None,
        make: MakeBroadcast = Broadcast,
        parent: QObject | None = None,
    ) -> None:
        """sound: the delayed microphone's."""
        super().__init__(parent)
        self._app_model, self._sound, self._make = app_model, sound, make
        self._broadcast: Broadcast | None = None
        self._end: _SessionEnd | None = None
        self._placeholder = app_model.preferences.placeholder
        self._keys = Task(Background("key store"), self)  # the store may ask for its own password
        self._keys.done.connect(self._begin)
        self._keys.failed.connect(self._on_failed)
        self._wanted = False
        app_model.state_changed.connect(self._on_state)
        app_model.preferences_changed.connect(self._on_preferences)

    @property
    def status(self) -> BroadcastStatus:
        """How it fares."""
        return self._broadcast.status if self._broadcast is not None else BroadcastStatus()

    @property
    def running(self) -> bool:
        """Whether one has been started and not ended."""
        return self._wanted

    def keep_key(self, key: str) -> None:
        """Keep the stream key in the key store; reports where there is none."""
        self._keys.run(lambda: keep_secret(ACCOUNT, key))

    def start(self) -> None:
        """Go on air with the key that is kept; reports an address that cannot be."""
        self._wanted = True
        self._keys.run(lambda: read_secret(ACCOUNT))

    def _begin(self, key: object) -> None:
        if not isinstance(key, str) or not self._wanted:
            return  # a key has been kept, or the user has thought better of it
        if self._broadcast is not None:
            return  # started, ended and started before the key store answered
        preferences = self._app_model.preferences
        try:
            target = BroadcastTarget(preferences.broadcast.address, key)
            placeholder = draw_placeholder(preferences.placeholder)
        except EngineError as error:
            self._wanted = False
            self._app_model.report(error)
            return
        camera = preferences.camera
        self._broadcast = broadcast = self._make(
            target, camera.size, camera.fps, placeholder, self._sound
        )
        broadcast.hide(self._app_model.state.panic)
        broadcast.open(camera.size, camera.fps)
        self._feed()

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, EngineError):
            self._app_model.report(error)

    def stop(self) -> None:
        """End it."""
        self._wanted = False
        if self._end is not None:
            self._app_model.bridge.send(RemoveSink(self._end))
            self._end = None
        if self._broadcast is not None:
            self._broadcast.close()
            self._broadcast = None

    def _feed(self) -> None:
        if self._broadcast is not None and self._end is None and self._app_model.state.live:
            self._end = _SessionEnd(self._broadcast)
            self._app_model.bridge.send(AddSink(self._end))

    def _on_state(self, now: AppState) -> None:
        if self._broadcast is not None:
            self._broadcast.hide(now.panic)
        if now.session is SessionState.OFF:
            self._end = None
        self._feed()

    def _on_preferences(self, preferences: Preferences) -> None:
        if preferences.placeholder == self._placeholder:
            return
        self._placeholder = preferences.placeholder
        if self._broadcast is not None:
            try:
                self._broadcast.set_placeholder(draw_placeholder(preferences.placeholder))
            except EngineError as error:
                self._app_model.report(error)
