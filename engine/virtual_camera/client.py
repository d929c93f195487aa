"""The application's side of the virtual camera: keeps the publisher alive and hands it frames."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import replace
from pathlib import Path

from engine.concurrency.worker import Worker
from engine.errors import SinkError
from engine.frames import Pixels, Size, StyledFrame
from engine.virtual_camera.control import CameraControl
from engine.virtual_camera.core_dumps import forbid_core_dumps
from engine.virtual_camera.protocol import CameraSettings, PublisherState, PublisherStatus
from engine.virtual_camera.runtime_dir import ensure_private, runtime_dir
from engine.virtual_camera.supervisor import PULSE, Supervisor

logger = logging.getLogger(__name__)


class PublisherClient:
    """The virtual camera as the application has it: one per application, made at its start.

    The publisher is a process of its own. It is started, or adopted from an application that
    has just ended, and replaced should it die or fall silent. Only the application whose
    connection the publisher has accepted can command the camera; for any other, nothing here has
    an effect. Everything returns at once and may be called from any thread.
    """

    def __init__(
        self, settings: CameraSettings | None = None, *, folder: Path | None = None
    ) -> None:
        self._settings = settings or CameraSettings()
        self._folder = folder
        self._control = CameraControl(self._settings.size, self._settings.fps, self._settings.fit)
        self._publisher = Supervisor(self._usable_folder, lambda: self._settings, self._control)
        self._pulse: Worker | None = None

    def start(self) -> None:
        """Start or adopt the publisher, so that other programs can choose the camera.

        Raises SinkError where another window already has the camera; it may be tried again.
        """
        if self._pulse is not None:
            return
        forbid_core_dumps()
        self._publisher.take_camera()
        self._pulse = Worker("publisher pulse", self._keep_up)
        self._pulse.start()

    def set_up(self, size: Size, fps: float) -> None:
        """Give the camera this size and rate from now on. Raises SettingError.

        A program that has the camera open keeps it at its present size until it lets go.
        """
        self._settings = replace(self._settings, size=size, fps=fps)
        self._control.request_format(size, fps)

    def sink(self) -> PublisherSink:
        """A sink for one session. Its frames go out until it is closed."""
        return PublisherSink(self._control)

    def panic(self, on: bool) -> None:
        """Force the placeholder, within one frame, until released. Needs no engine.

        `status().panic_reached` says when it has come about.
        """
        self._control.panic(on)

    def set_placeholder(self, pixels: Pixels) -> None:
        """Use this picture (H, W, 3) where nothing else may be shown. Never from the camera."""
        self._control.set_placeholder(pixels)

    def status(self) -> PublisherStatus:
        """What the publisher says of the camera now; cheap."""
        return self._publisher.status()

    def wait_until_known(self, timeout: float) -> PublisherStatus:
        """Wait until the camera is up or known not to come up, at most this many seconds."""
        until = time.monotonic() + timeout
        while (status := self.status()).state is PublisherState.STARTING:
            if time.monotonic() >= until:
                break
            time.sleep(0.05)
        return status

    def close(self) -> None:
        """Let go of the camera. The publisher shows the placeholder at once, waits 10 s for the
        next application, then ends.
        """
        if self._pulse is not None:
            self._pulse.stop()
            self._pulse.join()
            self._pulse = None
        self._control.attach(None)

    def _usable_folder(self) -> Path:
        if self._folder is None:
            return runtime_dir()
        ensure_private(self._folder)
        return self._folder

    def _keep_up(self, stopping: threading.Event) -> None:
        while True:
            try:
                self._publisher.check()
            except Exception:  # this thread must outlive whatever goes wrong: without it, no camera
                logger.exception("supervising the publisher has failed")
            if stopping.wait(PULSE):
                return


class PublisherSink:
    """Hands finished frames to the publisher, brought to the camera's size. Newest wins."""

    def __init__(self, control: CameraControl) -> None:
        self._control = control
        self._session = 0

    def open(self, size: Size, fps: float) -> None:  # noqa: ARG002 - the camera keeps its own
        """Begin a session: nothing of an earlier one can be shown any more."""
        self._session = self._control.begin_session()

    def send(self, frame: StyledFrame) -> None:
        """Hand one finished frame over. Never waits."""
        if not self._session:
            raise SinkError("The virtual camera is not open.", "Start the stream again.")
        self._control.send(self._session, frame)

    def blank(self) -> None:
        """Show the placeholder from the next picture on, until a newer frame is sent."""
        if self._session:
            self._session = self._control.begin_session()

    def close(self) -> None:
        """End the session: the placeholder is shown from the next picture on."""
        if self._session:
            self._control.end_session(self._session)
        self._session = 0

    def abort(self) -> None:
        """The same as `close`: nothing is left half-written."""
        self.close()
