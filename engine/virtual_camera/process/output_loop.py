"""Sends one picture per turn to an open camera: the newest finished frame, or the placeholder."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from engine.frames import Pixels, size_of
from engine.imaging import draw_fitted
from engine.settings import FitMode
from engine.virtual_camera.devices.base import CameraDevice
from engine.virtual_camera.process.safety_gate import ApplicationStatus, HeldFrame, SafetyGate
from engine.virtual_camera.protocol import OnAir
from engine.virtual_camera.shared_memory import SharedFrameBuffer


class OutputLoop:
    """One open camera and what it shows. One thread."""

    def __init__(
        self, camera: CameraDevice, frames: SharedFrameBuffer, gate: SafetyGate, fallback: Pixels
    ) -> None:
        self._camera, self._frames, self._gate = camera, frames, gate
        self._front, self._back = camera.blank(), camera.blank()
        self._placeholder, self._placeholder_number = camera.blank(), 0
        self._seen = frames.signals.newest
        self._frame, self._fits = 0, False
        self._show_fallback(fallback)
        gate.drop()

    def send_next(self, clock: Callable[[], float]) -> float | None:
        """Send the picture whose turn it is. Raises SinkError.

        Returns how many seconds a frame that is shown for the first time had waited; None
        where there is nothing new.
        """
        handed_over = self._take_newest(clock)
        self._take_placeholder()
        now = clock()
        choice = self._gate.decide(read_application_status(self._frames), now)
        self.send(choice)
        shown = choice in (OnAir.STYLED, OnAir.ORIGINAL)
        return now - handed_over if shown and handed_over is not None else None

    def send(self, choice: OnAir) -> None:
        """Send the frame at hand or the placeholder. Raises SinkError."""
        if choice in (OnAir.STYLED, OnAir.ORIGINAL):
            self._camera.send(self._front, self._frame)
        else:
            self._camera.send(self._placeholder, -1)
        self._frames.signals.on_air = choice

    def _take_newest(self, clock: Callable[[], float]) -> float | None:
        """Prepare a frame that is new and whole; the picture at hand stays otherwise."""
        number = self._frames.signals.newest
        if number == self._seen:
            return None
        label = self._frames.read(number, self._prepare_back) if number else None
        self._seen = number
        if label is None or not self._fits:
            return None
        self._front, self._back = self._back, self._front
        self._frame = label.frame
        self._gate.hold(HeldFrame(label.session, label.original), clock())
        return label.handed_over

    def _prepare_back(self, pixels: Pixels) -> None:
        self._fits = size_of(pixels) == self._camera.size
        if self._fits:
            self._camera.prepare(pixels, self._back)

    def _take_placeholder(self) -> None:
        number = self._frames.placeholder_number
        if number not in (0, self._placeholder_number):
            whole = self._frames.read_placeholder(self._show_fallback)
            self._placeholder_number = number if whole else 0

    def _show_fallback(self, pixels: Pixels) -> None:
        self._camera.prepare(self._camera_sized(pixels), self._placeholder)

    def _camera_sized(self, pixels: Pixels) -> Pixels:
        size = self._camera.size
        if size_of(pixels) == size:
            return pixels
        fitted = np.empty((size.height, size.width, 3), np.uint8)
        draw_fitted(pixels, fitted, FitMode.CROP)
        return fitted


def read_application_status(frames: SharedFrameBuffer) -> ApplicationStatus:
    """What the application says now."""
    signals = frames.signals
    return ApplicationStatus(signals.heartbeat, signals.session, bool(signals.panic))
