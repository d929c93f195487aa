"""Opens films, and says why one cannot be opened."""

from __future__ import annotations

import logging
from pathlib import Path

import av
from av.container import InputContainer
from av.video.codeccontext import VideoCodecContext

from engine.errors import SourceError, TranslatableValue
from engine.files.media import LARGEST_SIDE, open_media
from engine.video.examination import examine

logger = logging.getLogger(__name__)

TROUBLE = (av.FFmpegError, OSError, ValueError, LookupError, ArithmeticError, RuntimeError)
"""What PyAV raises for damaged files: FFmpeg's own errors, and those of Python where a stream
appears in the middle, a time stamp overflows, or a frame's format changes."""


def open_container(path: Path, options: dict[str, str] | None = None) -> InputContainer:
    """Open a file of any kind. options: FFmpeg's, for its demuxer.

    Raises SourceError with the reason: not there, not to be read, or nothing that FFmpeg knows.
    """
    try:
        is_file = path.is_file()
    except OSError as error:  # a folder on the way may not be entered, or the name is too long
        raise _closed(path, error) from error
    if not is_file:
        raise SourceError(
            "There is no file {path}.", "Check the path, or use `demo` as input.", path=path
        )
    examine(path)
    try:
        return open_media(path, options)
    except PermissionError as error:
        raise unreadable(path, TranslatableValue("You are not allowed to read it.")) from error
    except TROUBLE as error:
        logger.debug("opening a video: %r", error)
        raise unreadable(path, TranslatableValue("It is empty, damaged or not a video.")) from error


def unreadable(path: Path, why: TranslatableValue) -> SourceError:
    """The user's error for a file that exists but cannot be used; why: one sentence."""
    return SourceError(
        "{path} cannot be played: {why}", "Choose another video file.", path=path, why=why
    )


def too_large(path: Path, codec: VideoCodecContext) -> SourceError:
    """The user's error for pictures of more than `LARGEST_PICTURE` pixels."""
    return SourceError(
        "{path} cannot be played: its pictures of {width}x{height} are too large.",
        "Scale it down to {largest}x{largest} or less with another program.",
        path=path,
        width=codec.width,
        height=codec.height,
        largest=LARGEST_SIDE,
    )


def _closed(path: Path, error: OSError) -> SourceError:
    if isinstance(error, PermissionError):
        return unreadable(path, TranslatableValue("You are not allowed to read it."))
    return SourceError(
        "{path} cannot be opened: {reason}.",
        "Check the path.",
        path=path,
        reason=error.strerror or error,
    )
