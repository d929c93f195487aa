"""Video files as a source of frames, and as a place for finished ones."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from engine.errors import SourceError
from engine.frames import Frame, Pixels, Size, StyledFrame
from engine.video.pace import Pacer
from engine.video.provenance import Provenance
from engine.video.writer import Encoding, VideoWriter

logger = logging.getLogger(__name__)

DEFAULT_FPS = 30.0
_UNSPECIFIED_COLOUR_SPACE = 2
_HD_HEIGHT = 720


class FileSource:
    """The frames of a video file, in order.

    paced: frames come at the file's own rate, as from a camera; otherwise as fast as they are
    asked for, every one of them. loop: begin again at the end, for ever.
    """

    def __init__(self, path: Path, *, loop: bool = False, paced: bool = False) -> None:
        self.name, self.live = path.name, paced
        self.size, self.fps = Size(0, 0), DEFAULT_FPS
        self.frames: int | None = None
        self._path, self._loop = path, loop
        self._container: InputContainer | None = None
        self._pictures: Iterator[tuple[Pixels, float]] = iter(())
        self._first: tuple[Pixels, float] | None = None
        self._pacer = Pacer()
        self._number = 0
        self._time_before = 0.0
        self._last_moment = 0.0

    def open(self) -> None:
        """Open the file and decode its first frame, whose size is the stream's.

        Raises SourceError where there is no file, no video in it, or nothing to decode.
        """
        self._pacer, self._number, self._time_before = Pacer(), 0, 0.0
        self._begin()
        self._first = next(self._pictures, None)
        if self._first is None:
            self.close()
            raise _unreadable(self._path, "It holds no picture that can be decoded.")
        height, width = self._first[0].shape[:2]
        self.size = Size(width, height)

    def read(self) -> Frame | None:
        """The next frame; None after the last. Raises SourceError when the file breaks off."""
        picture = self._first or self._next_picture()
        self._first = None
        if picture is None:
            return None
        pixels, moment = picture
        self._last_moment = moment
        if self.live:
            self._pacer.wait_for(self._time_before + moment)
        frame = Frame(pixels, self._number, time.monotonic())
        self._number += 1
        return frame

    def close(self) -> None:
        """Let go of the file."""
        self._pictures, self._first = iter(()), None
        if self._container is not None:
            self._container.close()
            self._container = None

    def _begin(self) -> None:
        self.close()
        self._container, stream = open_video(self._path)
        self.fps = _frame_rate(stream)
        self.frames = None if self._loop else stream.frames or None
        self._pictures = _decode(self._container, stream, self._path)

    def _next_picture(self) -> tuple[Pixels, float] | None:
        picture = next(self._pictures, None)
        if picture is None and self._loop and self._container is not None:
            self._time_before += self._last_moment + 1 / self.fps
            self._begin()
            picture = next(self._pictures, None)
        return picture


class FileSink:
    """Writes every frame to a video file, at a constant rate; the file is whole or not there.

    audio: a file whose sound is taken over, up to the length of what was written.
    """

    def __init__(self, path: Path, provenance: Provenance, *, audio: Path | None = None) -> None:
        self._writer = VideoWriter(path, provenance, audio=audio)
        self._number = 0

    def open(self, size: Size, fps: float) -> None:
        """Begin the file. Raises SinkError where it cannot be written."""
        rate = Fraction(fps).limit_denominator(1001)
        self._number = 0
        self._writer.open(size, Encoding(rate, time_base=1 / rate))

    def send(self, frame: StyledFrame) -> None:
        """Write one frame. Raises SinkError, and then nothing stays of the file."""
        self._writer.write(frame.pixels, self._number)
        self._number += 1

    def close(self) -> None:
        """Complete the file and give it its name. Raises SinkError."""
        self._writer.close()

    def abort(self) -> None:
        """Remove what was written."""
        self._writer.abort()


def open_video(path: Path) -> tuple[InputContainer, VideoStream]:
    """Open a file that holds video. Raises SourceError with the reason where it does not."""
    if not path.is_file():
        raise SourceError(f"There is no file {path}.", "Check the path, or use `demo` as input.")
    try:
        container = av.open(path)
    except PermissionError as error:
        raise _unreadable(path, "You have no right to read it.") from error
    except (av.FFmpegError, OSError, ValueError) as error:
        logger.debug("opening %s: %s", path, error)
        raise _unreadable(path, "It is empty, broken or not a video.") from error
    if not container.streams.video:
        container.close()
        raise _unreadable(path, "It holds no video.")
    stream = container.streams.video[0]
    stream.thread_type = "AUTO"
    return container, stream


def _unreadable(path: Path, why: str) -> SourceError:
    return SourceError(f"{path} cannot be played: {why}", "Choose another video file.")


def _frame_rate(stream: VideoStream) -> float:
    """Frames per second: the average, so that a file of changing rate keeps its length."""
    rate = stream.average_rate or stream.guessed_rate or stream.base_rate
    return float(rate) if rate and 0 < rate <= 1000 else DEFAULT_FPS


def _decode(
    container: InputContainer, stream: VideoStream, path: Path
) -> Iterator[tuple[Pixels, float]]:
    """RGB pictures of the stream, each with its moment in seconds since the first.

    A broken frame in the middle is passed over. Raises SourceError when nothing follows it
    because the file cannot be read on.
    """
    fps, start, moment = _frame_rate(stream), None, 0.0
    for number, frame in enumerate(_frames(container, stream, path)):
        at = frame.time if frame.time is not None else number / fps
        start = at if start is None else start
        moment = max(at - start, moment)
        yield to_rgb(frame), moment


def _frames(container: InputContainer, stream: VideoStream, path: Path) -> Iterator[VideoFrame]:
    try:
        for packet in container.demux(stream):
            try:
                yield from packet.decode()
            except av.error.InvalidDataError as error:
                logger.warning("%s: a broken frame is left out: %s", path.name, error)
    except (av.FFmpegError, OSError) as error:
        raise _unreadable(path, "It breaks off in the middle.") from error


def to_rgb(frame: VideoFrame) -> Pixels:
    """(height, width, 3) RGB of a decoded frame, turned the way it is meant to be seen.

    A file that does not name its colour matrix gets the usual one of its size: BT.709 from 720
    lines on, BT.601 below.
    """
    unnamed = frame.colorspace == _UNSPECIFIED_COLOUR_SPACE
    matrix = "ITU709" if unnamed and frame.height >= _HD_HEIGHT else None
    pixels = frame.to_ndarray(format="rgb24", src_colorspace=matrix).astype(np.uint8, copy=False)
    return np.ascontiguousarray(_upright(pixels, frame.rotation))


def _upright(pixels: Pixels, rotation: int) -> Pixels:
    """Turn by the display matrix's angle: `rotation` degrees, counter-clockwise."""
    turns = {
        90: cv2.ROTATE_90_COUNTERCLOCKWISE,
        180: cv2.ROTATE_180,
        270: cv2.ROTATE_90_CLOCKWISE,
    }
    turn = turns.get(rotation % 360)
    return pixels if turn is None else cv2.rotate(pixels, turn)
