"""Keeps OBS's microphone as late as the picture, and adds the camera to it."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject

from engine.errors import EngineError
from engine.key_store import keep_secret, read_secret
from engine.obs.link import ObsStatus, ObsWish
from engine.virtual_camera.protocol import CAMERA_NAME, NODE_NAME
from gui.engine_link.background import Background
from gui.engine_link.task import Task
from gui.features.streaming.picture_delay import PictureDelay
from gui.state.app_model import AppModel

ACCOUNT = "obs-websocket"


class Link(Protocol):
    """What is needed of `ObsLink`; tests bring a double."""

    @property
    def status(self) -> ObsStatus: ...

    def wish(self, wanted: ObsWish) -> None: ...

    def add_camera(self, name: str, devices: tuple[str, ...]) -> None: ...

    def close(self) -> None: ...


class ObsFollower(QObject):
    """Derives what OBS shall do from the state and the preferences."""

    def __init__(
        self, app_model: AppModel, delay: PictureDelay, link: Link, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._app_model, self._delay, self._link = app_model, delay, link
        self._password: str | None = None
        self._connected = False
        self._keys = Task(Background("key store"), self)  # the store may ask for its own password
        self._keys.done.connect(self._on_password)
        self._keys.failed.connect(self._on_failed)
        app_model.preferences_changed.connect(self.follow)
        delay.changed.connect(self.follow)

    @property
    def status(self) -> ObsStatus:
        """How it fares."""
        return self._link.status

    def keep_password(self, password: str) -> None:
        """Keep the password of OBS's websocket in the key store, and use it."""
        self._password = password.strip()
        self._keys.run(lambda: keep_secret(ACCOUNT, password))
        self.follow()

    def add_camera(self) -> None:
        """Make the camera a source of the scene that is on air in OBS."""
        status = self._app_model.camera.status
        name = status.camera_name if status is not None else CAMERA_NAME
        self._link.add_camera(name, (NODE_NAME, name))

    def follow(self) -> None:
        """Bring OBS to what is set."""
        chosen = self._app_model.preferences.obs
        if chosen.on:
            self._wish()
        elif self._connected:
            self.close()

    def close(self) -> None:
        """Let go of OBS."""
        self._link.close()
        self._connected = False

    def _wish(self) -> None:
        if self._password is None:
            self._keys.run(lambda: read_secret(ACCOUNT))
            return
        chosen = self._app_model.preferences.obs
        late = round(max(0.0, self._delay.milliseconds + chosen.correction_ms))
        try:
            self._link.wish(
                ObsWish(
                    port=chosen.port,
                    password=self._password,
                    microphone=chosen.microphone if self._delay.milliseconds else "",
                    delay_ms=late,
                )
            )
            self._connected = True
        except EngineError as error:
            self._app_model.report(error)

    def _on_password(self, password: object) -> None:
        if isinstance(password, str) and self._password is None:
            self._password = password
            self.follow()

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, EngineError):
            self._app_model.report(error)
