"""Keeps the delayed microphone as late as the picture, and off while the camera is off."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject

from engine.microphone.client import MicrophoneStatus, MicrophoneWish
from engine.microphone.sound_pipe import HeardSound
from gui.features.streaming.picture_delay import PictureDelay
from gui.state.app_model import AppModel


class Microphone(Protocol):
    """What is needed of `DelayedMicrophone`; tests bring a double."""

    @property
    def status(self) -> MicrophoneStatus: ...

    @property
    def sound(self) -> HeardSound: ...

    def wish(self, wanted: MicrophoneWish) -> None: ...

    def close(self) -> None: ...


class MicrophoneFollower(QObject):
    """Derives what the microphone shall do from the state and the preferences."""

    def __init__(
        self,
        app_model: AppModel,
        delay: PictureDelay,
        microphone: Microphone,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._app_model, self._delay, self._microphone = app_model, delay, microphone
        self._offered = False
        app_model.state_changed.connect(self.follow)
        app_model.preferences_changed.connect(self.follow)
        delay.changed.connect(self.follow)

    @property
    def status(self) -> MicrophoneStatus:
        """How it fares."""
        return self._microphone.status

    @property
    def delay_ms(self) -> float:
        """By how much it is, or would be, late."""
        return max(
            0.0, self._delay.milliseconds + self._app_model.preferences.microphone.correction_ms
        )

    def follow(self) -> None:
        """Bring it to what is set: heard only while the stream runs and nothing is hidden."""
        chosen, state = self._app_model.preferences.microphone, self._app_model.state
        if chosen.on:
            heard = state.running and not state.panic
            self._microphone.wish(MicrophoneWish(chosen.source, self.delay_ms / 1000, heard))
            self._offered = True
        elif self._offered:
            self.close()

    def close(self) -> None:
        """Take it off the list of microphones."""
        self._microphone.close()
        self._offered = False
