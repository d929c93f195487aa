"""Sends one picture per turn to an open camera: the newest finished frame, or the placeholder."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from engine.frames import Pixels, size_of
from engine.imaging import draw_fitted
from engine.settings import FitMode
from engine.virtual_camera.devices.base import CameraDevice
from engine.virtual_camera.process.owner_link import OwnerLink
from engine.virtual_camera.process.safety_gate import HeldFrame, SafetyGate
from engine.virtual_camera.protocol import OnAir


class OutputLoop:
    """One open camera and what it shows. One thread."""

    def __init__(
        self, camera: CameraDevice, link: OwnerLink, gate: SafetyGate, fallback: Pixels
    ) -> None:
        """Raises SinkError where there is no memory left for pictures."""
        self._camera, self._link, self._gate = camera, link, gate
        self._front, self._back = camera.blank(), camera.blank()
        self._fallback, self._placeholder = camera.blank(), camera.blank()
        self._frame = 0
        self._stream = (0, 0)
        camera.prepare(self._camera_sized(fallback), self._fallback)
        np.copyto(self._placeholder, self._fallback)
        gate.drop()
        link.use_size(camera.size)

    def send_next(self, clock: Callable[[], float]) -> tuple[OnAir, float | None]:
        """Send the picture whose turn it is, and say what it is. Raises SinkError.

        Second: how many seconds a frame that is shown for the first time had waited; None where
        there is nothing new.
        """
        self._forget_earlier_streams()
        handed_over = self._take_newest(clock)
        self._link.take_placeholder(self._show_placeholder)
        now = clock()
        choice = self._gate.decide(self._link.status, now)
        self.send(choice)
        shown = choice in (OnAir.STYLED, OnAir.ORIGINAL)
        return choice, now - handed_over if shown and handed_over is not None else None

    def send(self, choice: OnAir) -> None:
        """Send the frame at hand or the placeholder. Raises SinkError."""
        if choice in (OnAir.STYLED, OnAir.ORIGINAL):
            self._camera.send(self._front, self._frame)
        else:
            self._camera.send(self._placeholder, -1)

    def wipe(self) -> None:
        """Leave nothing of any frame in memory."""
        self._gate.drop()
        self._front.fill(0)
        self._back.fill(0)

    def _forget_earlier_streams(self) -> None:
        """Wipe what belongs to another session, and what another owner showed in its stead."""
        now = self._link.status
        if (now.owner, now.session) == self._stream:
            return
        if now.owner not in (0, self._stream[0]):
            np.copyto(self._placeholder, self._fallback)
        self._stream = (now.owner, now.session)
        self.wipe()

    def _take_newest(self, clock: Callable[[], float]) -> float | None:
        """Prepare a frame that is new; the picture at hand stays otherwise."""
        taken = self._link.take_frame(self._prepare_back)
        if taken is None:
            return None
        self._front, self._back = self._back, self._front
        self._frame = taken.frame
        self._gate.hold(HeldFrame(taken.session, taken.original, taken.owner), clock())
        return taken.handed_over

    def _prepare_back(self, pixels: Pixels) -> None:
        self._camera.prepare(pixels, self._back)

    def _show_placeholder(self, pixels: Pixels) -> None:
        self._camera.prepare(pixels, self._placeholder)

    def _camera_sized(self, pixels: Pixels) -> Pixels:
        size = self._camera.size
        if size_of(pixels) == size:
            return pixels
        fitted = np.empty((size.height, size.width, 3), np.uint8)
        draw_fitted(pixels, fitted, FitMode.CROP)
        return fitted
