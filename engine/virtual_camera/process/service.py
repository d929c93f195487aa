"""The publisher's life: open the camera, send, try again where that fails, give way at last."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace

from engine.errors import SettingError, SinkError
from engine.frames import Pixels, Size
from engine.virtual_camera.devices.base import CameraDevice
from engine.virtual_camera.error_codec import EncodedError
from engine.virtual_camera.process.output_loop import OutputLoop, read_application_status
from engine.virtual_camera.process.pacer import Pacer
from engine.virtual_camera.process.safety_gate import SafetyGate
from engine.virtual_camera.protocol import OUTLIVES_BY, CameraSettings, OnAir
from engine.virtual_camera.shared_memory import SharedFrameBuffer

_RETRY_EVERY = 1.0
_LOOK_EVERY = 0.25
_LAST_TURNS = 3

logger = logging.getLogger(__name__)


class Publisher:
    """Keeps the virtual camera up for as long as an application lives, and a while longer."""

    def __init__(
        self,
        frames: SharedFrameBuffer,
        settings: CameraSettings,
        open_camera: Callable[[CameraSettings], CameraDevice],
        placeholder: Pixels,
    ) -> None:
        self._frames, self._settings = frames, settings
        self._open_camera, self._placeholder = open_camera, placeholder
        self._stopped = threading.Event()
        self._gate = SafetyGate(read_application_status(frames))
        self._heeded = 0
        self._started = time.monotonic()

    def stop(self) -> None:
        """Ask the service to end; it shows the placeholder first. From any thread or signal."""
        self._stopped.set()

    def run(self) -> None:
        """Serve until the application has been gone for OUTLIVES_BY seconds, or `stop`."""
        self._clear()
        try:
            while not self._done():
                self._try_once()
        finally:
            self._frames.signals.sending = 0

    def _clear(self) -> None:
        signals = self._frames.signals
        signals.sending, signals.on_air, signals.watched = 0, OnAir.PLACEHOLDER, -1
        signals.width, signals.height = self._settings.size.width, self._settings.size.height

    def _try_once(self) -> None:
        camera: CameraDevice | None = None
        try:
            self._apply_requested_format()
            camera = self._open_camera(self._settings)
            self._announce(camera)
            self._send_from(camera)
        except SinkError as error:
            self._report_problem(error)
            self._pause()
        finally:
            if camera is not None:
                camera.close()

    def _send_from(self, camera: CameraDevice) -> None:
        broadcast = OutputLoop(camera, self._frames, self._gate, self._placeholder)
        pacer, signals = Pacer(self._settings.fps), self._frames.signals
        look_at = 0.0
        while not self._done() and signals.request_number == self._heeded:
            pacer.wait()
            waited = broadcast.send_next(time.monotonic)
            if waited is not None:
                pacer.lean(waited)
            signals.publisher_heartbeat += 1
            if time.monotonic() >= look_at:
                signals.watched = _as_word(camera.watched())
                look_at = time.monotonic() + _LOOK_EVERY
        for _ in range(_LAST_TURNS):
            broadcast.send(OnAir.PLACEHOLDER)
            pacer.wait()

    def _apply_requested_format(self) -> None:
        """Take over what the application wants of the camera; nonsense is left alone."""
        signals = self._frames.signals
        if signals.request_number == self._heeded:
            return
        self._heeded = signals.request_number
        wanted = Size(signals.requested_width, signals.requested_height)
        try:
            self._settings = replace(self._settings, size=wanted, fps=signals.requested_fps)
        except SettingError as error:
            logger.warning("%s", error)

    def _done(self) -> bool:
        now = time.monotonic()
        silent = min(self._gate.silent_for(now), now - self._started)
        return self._stopped.is_set() or silent > OUTLIVES_BY

    def _pause(self) -> None:
        """Wait before the next try, and go on showing that the publisher lives."""
        until = time.monotonic() + _RETRY_EVERY
        while time.monotonic() < until and not self._stopped.wait(0.1):
            self._frames.signals.publisher_heartbeat += 1
            self._gate.decide(read_application_status(self._frames), time.monotonic())

    def _announce(self, camera: CameraDevice) -> None:
        signals = self._frames.signals
        signals.width, signals.height = camera.size.width, camera.size.height
        self._publish_text(camera.name)
        signals.sending = 1
        logger.info("%s is up at %s", camera.name, camera.size)

    def _report_problem(self, error: SinkError) -> None:
        self._frames.signals.sending = 0
        if self._publish_text("", error):
            logger.warning("%s", error)

    def _publish_text(self, name: str, error: SinkError | None = None) -> bool:
        """Put the texts into shared memory; false where they stand there already."""
        signals, words = self._frames.signals, EncodedError.of(error)
        new = (name.encode()[:127], words.values, words.remedy, words.message)
        if new == (signals.camera_name, signals.values, signals.remedy, signals.message):
            return False
        # the message last: it is what makes the others count
        signals.camera_name, signals.values, signals.remedy, signals.message = new
        signals.report += 1
        return True


def _as_word(known: bool | None) -> int:
    return -1 if known is None else int(known)
