"""A webcam as a source of frames, through OpenCV."""

from __future__ import annotations

import errno
import logging
import os
import sys
import threading
import time

import cv2
import numpy as np

from engine.concurrency.mailbox import Mailbox, MailboxClosed
from engine.concurrency.worker import Worker
from engine.errors import SourceError
from engine.frames import Frame, Pixels, Size
from engine.video.sources.camera_list import CameraInfo, camera_backend, find_camera
from engine.video.sources.pacing import PacedSource

logger = logging.getLogger(__name__)

READ_TIMEOUT = 2.0
"""Seconds without a picture after which a camera counts as disconnected."""
CLOSE_TIMEOUT = 1.0
"""Seconds that `close` waits; a driver that hangs is left to a thread that ends by itself."""
DEFAULT_FPS = 30.0
_MJPG_WIDTH = 800  # from here on USB 2 is too slow for uncompressed pictures at 30 a second
_FAILED_GRABS = 5

# A driver that stops answering must not block OpenCV for its default of ten seconds; a slow one may
# take a few seconds for its first picture.
os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", "4")
# OpenCV writes its complaints to the terminal; the user gets a `SourceError` instead.
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)


class CameraSource(PacedSource):
    """The newest picture of a camera, each once.

    which: the camera's number or name, looked up at every `open`, so that one that was unplugged
    is found again wherever the system puts it. size and fps are what is asked for until then;
    afterwards they are what the camera really delivers.

    A thread of its own empties the driver's queue, so that a picture is never older than one
    interval, and so that `read` and `close` return in time even when the driver does not.
    """

    def __init__(self, which: str, *, size: Size | None = None, fps: float | None = None) -> None:
        super().__init__(which, fps or DEFAULT_FPS)
        self.size = size or Size(0, 0)
        self._which, self._requested = which, (size, fps)
        self._grabber: _FrameGrabber | None = None

    def open(self) -> None:
        """Start the camera. Raises SourceError: not there, busy, no right to use it."""
        self.close()
        camera = find_camera(self._which)
        capture = _open(camera, *self._requested)
        picture = _first_picture(capture)
        if picture is None:
            capture.release()
            raise _why_not(camera)
        self.name = camera.name
        self.size = Size(picture.shape[1], picture.shape[0])
        rate = capture.get(cv2.CAP_PROP_FPS)
        self.fps = rate if 1 <= rate <= 1000 else self._requested[1] or DEFAULT_FPS
        self._start_over()
        self._grabber = _FrameGrabber(capture, self.name)

    def read(self) -> Frame | None:
        """Wait for the next picture. Raises SourceError when the camera stops giving them."""
        if self._grabber is None:
            raise self._not_open()
        newest = self._grabber.take(READ_TIMEOUT)
        if newest is None:
            raise SourceError(
                "The camera {name} no longer sends pictures.",
                "Check its cable; the stream resumes when it is back.",
                name=self.name,
            )
        picture, captured_at = newest
        return self._frame(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB), captured_at)

    def close(self) -> None:
        """Release the camera."""
        if self._grabber is not None:
            self._grabber.stop()
            self._grabber = None


class _FrameGrabber:
    """Reads a capture on a thread of its own and keeps the newest picture."""

    def __init__(self, capture: cv2.VideoCapture, name: str) -> None:
        self._capture, self._name = capture, name
        self._newest: Mailbox[tuple[Pixels, float]] = Mailbox()
        self._worker = Worker("camera", self._run)
        self._worker.start()

    def take(self, timeout: float) -> tuple[Pixels, float] | None:
        """The newest picture not yet taken (BGR) and when it came; None if none comes."""
        try:
            return self._newest.get(timeout)
        except MailboxClosed:
            return None

    def stop(self) -> None:
        """Ask the thread to release the camera and wait briefly for it."""
        self._worker.stop()
        if not self._worker.join(CLOSE_TIMEOUT):
            logger.warning("the camera's driver does not answer")

    def _run(self, stopping: threading.Event) -> None:
        try:
            while not stopping.is_set() and (picture := self._read(stopping)) is not None:
                self._newest.put((picture, time.monotonic()))
        finally:
            self._capture.release()
            self._newest.close()

    def _read(self, stopping: threading.Event) -> Pixels | None:
        """The next picture; a few broken ones in a row are skipped, more mean the end."""
        for _ in range(_FAILED_GRABS):
            good, picture = self._capture.read()
            if good or stopping.is_set():
                return picture if good else None
        return None


def _open(camera: CameraInfo, size: Size | None, fps: float | None) -> cv2.VideoCapture:
    """A capture that was asked for this size and rate. Raises SourceError."""
    capture = cv2.VideoCapture(camera.index, camera_backend())
    if not capture.isOpened():
        capture.release()
        raise _why_not(camera)
    if size is not None:
        if size.width >= _MJPG_WIDTH:
            capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, size.width)
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, size.height)
    if fps is not None:
        capture.set(cv2.CAP_PROP_FPS, fps)
    capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
    return capture


def _first_picture(capture: cv2.VideoCapture) -> Pixels | None:
    """The first picture that comes; many cameras fail once or twice while they start."""
    patience = time.monotonic() + READ_TIMEOUT
    for _ in range(_FAILED_GRABS):
        good, picture = capture.read()
        if good:
            return np.asarray(picture, np.uint8)
        if time.monotonic() > patience:
            break
    return None


def _why_not(camera: CameraInfo) -> SourceError:
    """The reason why a camera cannot be used, as far as the system reports it."""
    reason = _system_error(camera.index)
    if reason in (errno.ENOENT, errno.ENODEV, errno.ENXIO):
        return SourceError(
            "The camera {camera} is not there.",
            "Plug it in, or choose one that `devices` lists.",
            camera=camera.name,
        )
    if reason in (errno.EACCES, errno.EPERM):
        return SourceError(
            "You are not allowed to use the camera {camera}.",
            "Add yourself to the group `video` and log in again.",
            camera=camera.name,
        )
    return SourceError(
        "The camera {camera} is in use by another program or does not answer.",
        "Close the other program, or unplug the camera and plug it in again.",
        camera=camera.name,
    )


def _system_error(index: int) -> int | None:
    """What opening the device reports on Linux; None where it opens or cannot be asked."""
    if sys.platform != "linux":
        return None
    try:
        os.close(os.open(f"/dev/video{index}", os.O_RDWR | os.O_NONBLOCK))
    except OSError as error:
        return error.errno
    return None
