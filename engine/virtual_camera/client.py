"""The application's side of the virtual camera: keeps the publisher alive and hands it frames."""

from __future__ import annotations

import secrets
import threading
import time
from dataclasses import replace
from pathlib import Path

from engine.errors import SinkError
from engine.frames import Pixels, Size, StyledFrame
from engine.imaging import draw_fitted
from engine.settings import FitMode
from engine.virtual_camera.protocol import CameraSettings, PublisherState, PublisherStatus
from engine.virtual_camera.runtime_dir import Lock, application_lock, runtime_dir
from engine.virtual_camera.shared_memory import FrameHeader, SharedFrameBuffer
from engine.virtual_camera.supervisor import Supervisor

_PULSE = 0.2


class PublisherClient:
    """The virtual camera as the application has it: one per application, made at its start.

    The publisher is a process of its own. It is started, or adopted from an application that
    has just ended, and started again should it die. Everything here returns at once and may be
    called from any thread.
    """

    def __init__(
        self, settings: CameraSettings | None = None, *, folder: Path | None = None
    ) -> None:
        self._settings = settings or CameraSettings()
        self._folder = folder or runtime_dir()
        self._application = Lock(application_lock(self._folder))
        self._frames = SharedFrameBuffer(self._folder)
        self._guard = threading.Lock()
        self._stopped = threading.Event()
        self._pulse: threading.Thread | None = None
        self._publisher = Supervisor(self._folder, self._settings, self._frames)
        self._placeholders = 0

    def start(self) -> None:
        """Start or adopt the publisher, so that other programs can choose the camera.

        Raises SinkError where another window already has the camera.
        """
        if self._pulse is not None:
            return
        if not self._application.take():
            raise SinkError(
                "The virtual camera is in use by another window of this program.",
                "Close the other window, then try again.",
            )
        self._forget_the_last_application()
        self._pulse = threading.Thread(target=self._keep_up, name="publisher pulse", daemon=True)
        self._pulse.start()

    def set_up(self, size: Size, fps: float) -> None:
        """Give the camera this size and rate from now on. Raises SettingError.

        A program that has the camera open keeps it at its present size until it lets go.
        """
        self._settings = replace(self._settings, size=size, fps=fps)
        self._request()

    def sink(self) -> PublisherSink:
        """A sink for one session. Its frames go out until it is closed."""
        return PublisherSink(self._frames, self._settings.fit)

    def panic(self, on: bool) -> None:
        """Force the placeholder, within one frame, until released. Needs no engine."""
        self._frames.signals.panic = int(on)

    def set_placeholder(self, pixels: Pixels) -> None:
        """Use this picture (H, W, 3) where nothing else may be shown. Never from the camera."""
        size = self._settings.size
        with self._guard:
            self._placeholders = max(self._placeholders, self._frames.placeholder_number) + 1
            self._frames.write_placeholder(
                self._placeholders, size, lambda target: draw_fitted(pixels, target, FitMode.CROP)
            )

    def status(self) -> PublisherStatus:
        """How the camera fares now; cheap."""
        return self._publisher.status()

    def wait_until_known(self, timeout: float) -> PublisherStatus:
        """Wait until the camera is up or known not to come up, at most so many seconds."""
        until = time.monotonic() + timeout
        while (status := self.status()).state is PublisherState.STARTING:
            if time.monotonic() >= until:
                break
            time.sleep(0.05)
        return status

    def close(self) -> None:
        """Stop the pulse. The publisher shows the placeholder, waits 10 s, then gives way."""
        self._frames.signals.session = 0
        self._stopped.set()
        if self._pulse is not None:
            self._pulse.join()
            self._pulse = None
        self._application.release()

    def _forget_the_last_application(self) -> None:
        signals = self._frames.signals
        signals.session = signals.panic = 0
        self._request()
        if not self._placeholders:
            self._frames.drop_placeholder()

    def _request(self) -> None:
        """Say what the camera should be, also to a publisher that is adopted."""
        signals, wanted = self._frames.signals, self._settings
        signals.requested_width, signals.requested_height = wanted.size.width, wanted.size.height
        signals.requested_fps = wanted.fps
        signals.request_number += 1  # the last: it is what makes the others count

    def _keep_up(self) -> None:
        while True:
            self._frames.signals.heartbeat += 1
            self._publisher.check()
            if self._stopped.wait(_PULSE):
                return


class PublisherSink:
    """Writes finished frames into shared memory, brought to the camera's size. Newest wins."""

    def __init__(self, frames: SharedFrameBuffer, fit: FitMode) -> None:
        self._frames, self._fit = frames, fit
        self._session = 0

    def open(self, size: Size, fps: float) -> None:  # noqa: ARG002 - the camera keeps its own
        """Begin a session: nothing of an earlier one can be shown any more."""
        self._begin_session()

    def send(self, frame: StyledFrame) -> None:
        """Hand one finished frame over. Never waits."""
        if not self._session:
            raise SinkError("The virtual camera is not open.", "Start the stream again.")
        size = self._frames.size
        if size.width == 0:
            return  # the publisher has never run yet: nobody can see anything
        label = FrameHeader(self._session, frame.original, frame.number, time.monotonic())
        self._frames.write(label, size, lambda target: draw_fitted(frame.pixels, target, self._fit))

    def blank(self) -> None:
        """Show the placeholder from the next picture on, until a newer frame is sent."""
        if self._session:
            self._begin_session()

    def close(self) -> None:
        """End the session: the placeholder is shown from the next picture on."""
        if self._session and self._frames.signals.session == self._session:
            self._frames.signals.session = 0
        self._session = 0

    def abort(self) -> None:
        """The same as `close`: nothing is left half-written."""
        self.close()

    def _begin_session(self) -> None:
        self._session = secrets.randbits(62) + 1
        self._frames.signals.session = self._session
