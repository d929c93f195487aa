"""Sees whether the publisher process lives, and starts it where there is none."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import time
from pathlib import Path

from engine.errors import EngineError
from engine.virtual_camera.error_codec import EncodedError
from engine.virtual_camera.protocol import (
    CAMERA_NAME,
    STALE_AFTER,
    CameraSettings,
    OnAir,
    PublisherState,
    PublisherStatus,
)
from engine.virtual_camera.runtime_dir import Lock, publisher_lock
from engine.virtual_camera.shared_memory import SharedFrameBuffer

_STARTS_WITHIN = 10.0
_BETWEEN_STARTS = 2.0

logger = logging.getLogger(__name__)


class Supervisor:
    """Looks after one publisher. `look` belongs to one thread; `status` may be asked by any."""

    def __init__(self, folder: Path, settings: CameraSettings, frames: SharedFrameBuffer) -> None:
        self._folder, self._settings, self._frames = folder, settings, frames
        self._process: subprocess.Popen[bytes] | None = None
        self._began = time.monotonic()
        self._started_at = float("-inf")
        self._beat = frames.signals.publisher_heartbeat
        self._beat_at: float | None = None

    def check(self) -> None:
        """Note a sign of life; start a publisher where none runs."""
        now = time.monotonic()
        beat = self._frames.signals.publisher_heartbeat
        if beat != self._beat:
            self._beat, self._beat_at = beat, now
        elif not self._lives(now) and now - self._started_at > _BETWEEN_STARTS:
            self._start(now)

    def status(self) -> PublisherStatus:
        """How the camera fares, as far as the publisher has said."""
        signals, state = self._frames.signals, self._state(time.monotonic())
        name = signals.camera_name.decode(errors="replace") or CAMERA_NAME
        if state is not PublisherState.SENDING:
            error = self._problem() if state is PublisherState.UNAVAILABLE else None
            return PublisherStatus(state, name, error=error)
        watched = None if signals.watched < 0 else bool(signals.watched)
        return PublisherStatus(state, name, OnAir(signals.on_air), watched)

    def _state(self, now: float) -> PublisherState:
        if not self._lives(now):
            starting = now - max(self._began, self._started_at) < _STARTS_WITHIN
            return PublisherState.STARTING if starting else PublisherState.GONE
        signals = self._frames.signals
        if signals.sending:
            return PublisherState.SENDING
        return PublisherState.UNAVAILABLE if signals.message else PublisherState.STARTING

    def _lives(self, now: float) -> bool:
        return self._beat_at is not None and now - self._beat_at < STALE_AFTER

    def _problem(self) -> EngineError:
        signals = self._frames.signals
        return EncodedError(signals.message, signals.remedy, signals.values).error()

    def _start(self, now: float) -> None:
        if self._process is not None and self._process.poll() is None:
            return  # it is still coming up
        if not _nobody_serves(self._folder):
            return  # one from before is there to be adopted
        self._started_at = now
        self._process = _start_process(self._folder, self._settings)


def _nobody_serves(folder: Path) -> bool:
    lock = Lock(publisher_lock(folder))
    free = lock.take()
    lock.release()
    return free


def _start_process(folder: Path, settings: CameraSettings) -> subprocess.Popen[bytes]:
    """Start the publisher apart from this process, so that no Ctrl+C and no exit takes it along."""
    command = [sys.executable, "-m", "engine.virtual_camera.process", "--folder", str(folder)]
    command += ["--size", str(settings.size), "--fps", str(settings.fps)]
    command += ["--device", settings.device]
    root = str(Path(__file__).parents[2])
    path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    logger.info("starting the publisher")
    return subprocess.Popen(
        command,
        env={**os.environ, "PYTHONPATH": path},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=sys.platform != "win32",
        creationflags=_WINDOWS_FLAGS,
    )


if sys.platform == "win32":
    _WINDOWS_FLAGS = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
else:
    _WINDOWS_FLAGS = 0
