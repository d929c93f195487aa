"""Opens video files and turns what is in them into RGB pictures."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import av
import cv2
import numpy as np
from av.container import InputContainer
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from engine.errors import SourceError, TranslatableValue
from engine.frames import Pixels
from engine.video.examination import examine

logger = logging.getLogger(__name__)

DEFAULT_FPS = 30.0

LARGEST_SIDE = 8192
LARGEST_PICTURE = LARGEST_SIDE**2
"""Pixels of one frame: a file of a megabyte can make pictures of many gigabytes."""

_LIMITS = {"max_pixels": str(LARGEST_PICTURE)}
_UNSPECIFIED_COLOUR_SPACE = 2
_HD_HEIGHT = 720


def open_video(path: Path) -> tuple[InputContainer, VideoStream]:
    """Open a file that holds video. Raises SourceError with the reason where it does not."""
    if not path.is_file():
        raise SourceError(
            "There is no file {path}.", "Check the path, or use `demo` as input.", path=path
        )
    examine(path)
    try:
        container = av.open(path, options=_LIMITS)
    except PermissionError as error:
        raise unreadable(path, TranslatableValue("You are not allowed to read it.")) from error
    except (av.FFmpegError, OSError, ValueError) as error:
        logger.debug("opening a video: %r", error)
        raise unreadable(path, TranslatableValue("It is empty, damaged or not a video.")) from error
    if not container.streams.video:
        container.close()
        raise unreadable(path, TranslatableValue("It contains no video."))
    stream = container.streams.video[0]
    codec: VideoCodecContext | None = stream.codec_context
    if codec is None:  # there is no decoder for it
        container.close()
        raise unreadable(path, TranslatableValue("It is empty, damaged or not a video."))
    if codec.width * codec.height > LARGEST_PICTURE:
        container.close()
        raise _too_large(path, codec)
    codec.options = _LIMITS  # for frames that are larger than the file says
    stream.thread_type = "AUTO"
    return container, stream


def _too_large(path: Path, codec: VideoCodecContext) -> SourceError:
    return SourceError(
        "{path} cannot be played: its pictures of {width}x{height} are too large.",
        "Scale it down to {largest}x{largest} or less with another program.",
        path=path,
        width=codec.width,
        height=codec.height,
        largest=LARGEST_SIDE,
    )


def unreadable(path: Path, why: TranslatableValue) -> SourceError:
    """The user's error for a file that exists but cannot be used; why: one sentence."""
    return SourceError(
        "{path} cannot be played: {why}", "Choose another video file.", path=path, why=why
    )


def frame_rate(stream: VideoStream) -> float:
    """Frames per second: the average, so that a file of changing rate keeps its length.

    Where the nominal rate lies within half a percent of it, the difference comes from rounded time
    stamps, and the nominal rate is used.
    """
    average, nominal = float(stream.average_rate or 0), float(stream.guessed_rate or 0)
    rate = nominal if not average or abs(nominal / average - 1) < 0.005 else average
    return rate if 0 < rate <= 1000 else DEFAULT_FPS


def decode(
    container: InputContainer, stream: VideoStream, path: Path
) -> Iterator[tuple[Pixels, float]]:
    """RGB pictures of the stream, each with its time in seconds after the first.

    A damaged frame in the middle is skipped. Raises SourceError where nothing follows it
    because the rest of the file cannot be read.
    """
    fps, start, moment = frame_rate(stream), None, 0.0
    for number, frame in enumerate(_frames(container, stream, path)):
        at = frame.time if frame.time is not None else number / fps
        start = at if start is None else start
        moment = max(at - start, moment)
        try:
            pixels = to_rgb(frame)
        except (av.FFmpegError, OSError, ValueError) as error:
            logger.warning("a frame that cannot be converted is skipped: %s", type(error).__name__)
        else:
            yield pixels, moment


def _frames(container: InputContainer, stream: VideoStream, path: Path) -> Iterator[VideoFrame]:
    try:
        for packet in container.demux(stream):
            try:
                yield from packet.decode()
            except av.error.InvalidDataError as error:
                logger.warning("a damaged frame is skipped: %s", error.strerror)
    except (av.FFmpegError, OSError) as error:
        raise unreadable(path, TranslatableValue("It breaks off in the middle.")) from error


def to_rgb(frame: VideoFrame) -> Pixels:
    """(height, width, 3) RGB of a decoded frame, turned the way it is meant to be seen.

    For a file that does not name its colour matrix, the usual one for its size is taken: BT.709
    from 720 lines on, BT.601 below.
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
