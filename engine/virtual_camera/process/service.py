"""The publisher's life: open the camera, send, try again where that fails, give way at last."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from statistics import median

from engine.errors import SettingError, SinkError
from engine.frames import Pixels
from engine.virtual_camera.devices.base import CameraDevice
from engine.virtual_camera.error_codec import encode_error
from engine.virtual_camera.messages import CameraStatus
from engine.virtual_camera.process.device_access import NewDeviceError
from engine.virtual_camera.process.output_loop import OutputLoop
from engine.virtual_camera.process.owner_link import OwnerLink
from engine.virtual_camera.process.pacer import Pacer
from engine.virtual_camera.process.safety_gate import SafetyGate
from engine.virtual_camera.protocol import OUTLIVES_BY, CameraSettings, OnAir

STATUS_LOGGED = "status "
"""What the log says before a status, which follows as JSON."""

_RETRY_EVERY = 1.0
_CHECK_EVERY = 0.25
_LAST_TURNS = 3
_WAITS = 101
"""Frames of whose waits the median is told: three seconds and more."""

logger = logging.getLogger(__name__)


class Publisher:
    """Keeps the virtual camera up for as long as an application lives, and a while longer."""

    def __init__(
        self,
        link: OwnerLink,
        settings: CameraSettings,
        open_camera: Callable[[CameraSettings], CameraDevice],
        placeholder: Pixels,
        is_outdated: Callable[[CameraSettings], bool] = lambda _: False,
    ) -> None:
        """open_camera: may raise SinkError, NewDeviceError. is_outdated: whether there is by now a
        device that it cannot open beside the camera that is.
        """
        self._link, self._settings = link, settings
        self._is_outdated = is_outdated
        self._open_camera, self._placeholder = open_camera, placeholder
        self._stopped = threading.Event()
        self._gate = SafetyGate(link.status)
        self._applied_request = (settings.size, settings.fps)
        self._started = time.monotonic()
        self._unreachable = False
        self._size_may_be_free = True
        self._status = CameraStatus(
            sending=False, on_air=OnAir.NOTHING, watched=None,
            width=settings.size.width, height=settings.size.height,
            released=0, placeholder_released=0, camera_name="", device="", error="", kinds="",
        )  # fmt: skip

    def stop(self) -> None:
        """Ask the service to end; it shows the placeholder first. From any thread or signal."""
        self._stopped.set()

    def run(self) -> None:
        """Serve until the application has been gone for OUTLIVES_BY seconds, or `stop`."""
        try:
            while not self._done():
                self._try_once()
        finally:
            self._link.close()

    def _try_once(self) -> None:
        camera: CameraDevice | None = None
        try:
            self._apply_requested_format()
            self._tell(self._status)  # opening may take a while: the watchdog is patient from here
            camera = self._open(self._settings)
            self._send_from(camera)
        except NewDeviceError:
            logger.info("the camera's device is a new one: another publisher will open it")
            self.stop()
        except SinkError as error:
            self._tell(replace(self._status, on_air=OnAir.NOTHING, sending=False,
                               error=encode_error(error)))  # fmt: skip
        finally:
            self._link.use_size(None)
            if camera is not None:
                camera.close()
        if self._status.error:
            self._pause()

    def _open(self, settings: CameraSettings) -> CameraDevice:
        try:
            return self._open_camera(settings)
        except OSError as error:
            raise SinkError(
                "The virtual camera does not open: {reason}.",
                "See what is missing: python main.py doctor",
                reason=error.strerror or error,
            ) from error

    def _send_from(self, camera: CameraDevice) -> None:
        output = OutputLoop(camera, self._link, self._gate, self._placeholder)
        try:
            try:
                self._announce(camera)
                self._take_turns(camera, output)
            finally:  # after an error, too: a camera that is still read keeps its last picture
                self._say_goodbye(output)
        finally:
            output.wipe()

    def _take_turns(self, camera: CameraDevice, output: OutputLoop) -> None:
        pacer = Pacer(self._settings.fps, sleep=self._link.serve)
        waits: deque[float] = deque(maxlen=_WAITS)
        check_at = 0.0
        while not self._done() and not self._another_format_requested():
            pacer.wait()
            on_air, waited = output.send_next(time.monotonic)
            if waited is not None:
                pacer.lean(waited)
                waits.append(max(0.0, waited))
                self._link.waited = median(waits)
            status = self._status
            if time.monotonic() >= check_at:
                status = replace(
                    status, watched=camera.watched(), device=camera.node, kinds=_kinds(camera)
                )
                self._give_way_to_new_device(status.watched)
                if self._can_change_size(camera, status.watched):
                    return
                self._unreachable = not self._link.reachable
                check_at = time.monotonic() + _CHECK_EVERY
            self._tell(replace(status, on_air=on_air) if status.on_air != on_air else status)

    def _give_way_to_new_device(self, watched: bool | None) -> None:
        """End where another publisher could open more. Who reads what is open now keeps it."""
        if watched is False and self._is_outdated(self._settings):
            logger.info("a device has come: another publisher will open it")
            self.stop()

    def _can_change_size(self, camera: CameraDevice, watched: bool | None) -> bool:
        """Whether a program that kept the camera at another size has let go. Tried once for each
        size: a device may have one of its own, and programs that look for it must find it.
        """
        if camera.size == self._settings.size or watched is not False:
            return False
        free, self._size_may_be_free = self._size_may_be_free, False
        return free

    def _say_goodbye(self, output: OutputLoop) -> None:
        """The placeholder is the last that programs see, and the owner is informed."""
        pacer = Pacer(self._settings.fps)
        for _ in range(_LAST_TURNS):
            output.send(OnAir.PLACEHOLDER)
            pacer.wait()
        self._tell(replace(self._status, on_air=OnAir.NOTHING, sending=False))

    def _another_format_requested(self) -> bool:
        return self._link.request not in (None, self._applied_request)

    def _apply_requested_format(self) -> None:
        """Take over what the application wants of the camera; nonsense is left alone."""
        request = self._link.request
        if request is None or request == self._applied_request:
            return
        self._applied_request, self._size_may_be_free = request, True
        try:
            self._settings = replace(self._settings, size=request[0], fps=request[1])
        except SettingError as error:
            logger.warning("%s", error)

    def _done(self) -> bool:
        now = time.monotonic()
        silent = min(self._gate.silent_for(now), now - self._started)
        unwanted = not self._link.status.owner and (self._link.replaced or self._unreachable)
        return self._stopped.is_set() or unwanted or silent > OUTLIVES_BY

    def _pause(self) -> None:
        """Wait before the next try, and go on hearing the application."""
        until = time.monotonic() + _RETRY_EVERY
        while time.monotonic() < until and not self._done():
            self._link.serve(0.1)
            self._gate.decide(self._link.status, time.monotonic())
            self._unreachable = not self._link.reachable
            self._tell(self._status)

    def _announce(self, camera: CameraDevice) -> None:
        self._tell(replace(
            self._status, sending=True, on_air=OnAir.PLACEHOLDER, error="",
            camera_name=camera.name, device=camera.node, kinds=_kinds(camera),
            width=camera.size.width, height=camera.size.height,
        ))  # fmt: skip

    def _tell(self, status: CameraStatus) -> None:
        """Let the owner know, and the log where it is news."""
        if status != self._status:
            logger.info("%s%s", STATUS_LOGGED, status_line(status))
        self._status = status
        self._link.tell(status)


def _kinds(camera: CameraDevice) -> str:
    return " ".join(sorted(camera.kinds))


def status_line(status: CameraStatus) -> str:
    """A status as the log has it."""
    return json.dumps({
        "sending": status.sending, "on_air": OnAir(status.on_air).name, "watched": status.watched,
        "size": f"{status.width}x{status.height}", "error": status.error, "kinds": status.kinds,
    })  # fmt: skip
