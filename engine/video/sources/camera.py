"""A webcam as a source of frames, through OpenCV."""

from __future__ import annotations

import errno
import logging
import os
import sys
import threading
import time

import cv2

from engine.errors import SourceError
from engine.frames import Frame, Pixels, Size
from engine.video.sources.camera_list import CameraInfo, camera_backend, find_camera

logger = logging.getLogger(__name__)

READ_TIMEOUT = 2.0
"""Seconds without a picture after which a camera counts as gone."""
CLOSE_TIMEOUT = 1.0
"""Seconds that `close` waits; a driver that hangs is left to a thread that ends by itself."""
DEFAULT_FPS = 30.0
_MJPG_WIDTH = 800  # from here on USB 2 is too slow for uncompressed pictures at 30 a second
_FAILED_GRABS = 5

# A driver that stops answering must not hold OpenCV for its own ten seconds; a slow one may take
# a few to give its first picture.
os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", "4")
# OpenCV writes its complaints to the terminal; `SourceError` says it to the user instead.
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)


class CameraSource:
    """The newest picture of a camera, each once.

    which: the camera's number or name, looked up anew at every `open`, so that one that was
    unplugged is found again wherever the system puts it. size and fps are wishes until then;
    afterwards they are what the camera really gives.

    A thread of its own empties the driver's queue, so that a picture is never older than one
    interval, and so that `read` and `close` return in time even when the driver does not.
    """

    def __init__(self, which: str, *, size: Size | None = None, fps: float | None = None) -> None:
        self.name, self.size, self.fps = which, size or Size(0, 0), fps or DEFAULT_FPS
        self.live, self.frames = True, None
        self._which, self._wish = which, (size, fps)
        self._grabber: _FrameGrabber | None = None
        self._number = 0

    def open(self) -> None:
        """Start the camera. Raises SourceError: not there, busy, no right to use it."""
        self.close()
        camera = find_camera(self._which)
        capture = _open(camera, *self._wish)
        good, picture = capture.read()
        if not good:
            capture.release()
            raise _why_not(camera)
        self.name = camera.name
        self.size = Size(picture.shape[1], picture.shape[0])
        rate = capture.get(cv2.CAP_PROP_FPS)
        self.fps = rate if 1 <= rate <= 1000 else self._wish[1] or DEFAULT_FPS
        self._number = 0
        self._grabber = _FrameGrabber(capture, self.name)

    def read(self) -> Frame | None:
        """Wait for the next picture. Raises SourceError when the camera stops giving them."""
        if self._grabber is None:
            raise SourceError("The camera {name} is not open.", "Start it first.", name=self.name)
        newest = self._grabber.take(READ_TIMEOUT)
        if newest is None:
            raise SourceError(
                "The camera {name} gives no more pictures.",
                "Check its plug; the stream goes on when it is back.",
                name=self.name,
            )
        picture, captured_at = newest
        frame = Frame(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB), self._number, captured_at)
        self._number += 1
        return frame

    def close(self) -> None:
        """Let go of the camera."""
        if self._grabber is not None:
            self._grabber.stop()
            self._grabber = None


class _FrameGrabber:
    """Reads a capture on a thread of its own and keeps the newest picture."""

    def __init__(self, capture: cv2.VideoCapture, name: str) -> None:
        self._capture = capture
        self._changed = threading.Condition()
        self._newest: tuple[Pixels, float] | None = None
        self._stopping = self._ended = False
        self._thread = threading.Thread(target=self._run, name=f"camera {name}", daemon=True)
        self._thread.start()

    def take(self, timeout: float) -> tuple[Pixels, float] | None:
        """The newest picture not yet taken (BGR) and when it came; None if none comes."""
        with self._changed:
            self._changed.wait_for(lambda: self._ended or self._newest is not None, timeout)
            newest, self._newest = self._newest, None
            return newest

    def stop(self) -> None:
        """Ask the thread to let go of the camera and wait a little for it."""
        self._stopping = True
        self._thread.join(CLOSE_TIMEOUT)
        if self._thread.is_alive():
            logger.warning("%s: the driver does not answer", self._thread.name)

    def _run(self) -> None:
        try:
            while not self._stopping and (picture := self._read()) is not None:
                with self._changed:
                    self._newest = picture, time.monotonic()
                    self._changed.notify()
        finally:
            self._capture.release()
            with self._changed:
                self._ended = True
                self._changed.notify()

    def _read(self) -> Pixels | None:
        """The next picture; a few broken ones in a row are passed over, more mean the end."""
        for _ in range(_FAILED_GRABS):
            good, picture = self._capture.read()
            if good or self._stopping:
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


def _why_not(camera: CameraInfo) -> SourceError:
    """The reason why a camera cannot be used, as far as the system tells it."""
    reason = _system_error(camera.index)
    if reason in (errno.ENOENT, errno.ENODEV, errno.ENXIO):
        return SourceError(
            "The camera {camera} is not there.",
            "Plug it in, or choose one that `devices` lists.",
            camera=camera.name,
        )
    if reason in (errno.EACCES, errno.EPERM):
        return SourceError(
            "You have no right to use the camera {camera}.",
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
