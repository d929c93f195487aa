"""Sound, OBS and broadcast together, with one signal for whoever shows them."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from engine.microphone.client import DelayedMicrophone
from engine.obs.link import ObsLink
from gui.features.streaming.broadcast import BroadcastController
from gui.features.streaming.microphone import Microphone, MicrophoneFollower
from gui.features.streaming.obs import Link, ObsFollower
from gui.features.streaming.picture_delay import PictureDelay
from gui.state.app_model import AppModel

POLL_MS = 500


class StreamingDesk(QObject):
    """What runs only when the user has asked for it."""

    changed = Signal()
    """Something may fare otherwise than before."""

    def __init__(
        self,
        app_model: AppModel,
        microphone: Microphone | None = None,
        obs: Link | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.delay = PictureDelay(app_model, self)
        microphone = microphone or DelayedMicrophone()
        self.microphone = MicrophoneFollower(app_model, self.delay, microphone, self)
        self.obs = ObsFollower(app_model, self.delay, obs or ObsLink(), self)
        self.broadcast = BroadcastController(app_model, microphone.sound, parent=self)
        self._shown: object = None
        timer = QTimer(self, interval=POLL_MS)
        timer.timeout.connect(self._look)
        timer.start()

    def start(self) -> None:
        """Begin what was switched on when the program ended."""
        self.microphone.follow()
        self.obs.follow()

    def close(self) -> None:
        """End everything."""
        self.broadcast.stop()
        self.microphone.close()
        self.obs.close()

    def _look(self) -> None:
        now = (
            self.microphone.status,
            self.obs.status,
            self.broadcast.status,
            self.broadcast.running,
            self.delay.milliseconds,
        )
        if now != self._shown:
            self._shown = now
            self.changed.emit()
