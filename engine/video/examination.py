"""Has a child process look at a video file of a stranger's before this process opens it.

A parser that a file makes run wild, or takes over, then does so where memory and time are bounded,
and nothing but an answer comes back. What the child has seen is the file's beginning: its headers,
and the first seconds of all its streams.
"""

from __future__ import annotations

import errno
import os
import sys
from itertools import islice
from multiprocessing import parent_process
from pathlib import Path

import av
from av.video.frame import VideoFrame

from engine.errors import ModelError, SourceError
from engine.files.sandbox import run_bounded

SECONDS, MEGABYTES = 20, 2048
"""What the child may take: processor time, and memory."""
_PACKETS, _PICTURES = 200, 16
_OPTIONS = {"max_pixels": str(8192**2), "protocol_whitelist": "file"}

_Identity = tuple[str, int, int, int, int]

_seen: set[_Identity] = set()
"""Files that have been looked at, and have not changed since."""


def examine(path: Path) -> None:
    """Raise SourceError where the file takes too much memory or time, or ends its parser.

    One that is merely no video passes: whoever opens it says so. Each file is examined once.
    """
    identity = _identity(path)
    if identity is None or identity in _seen or parent_process() is not None:
        return  # a process with a parent was made for work such as this
    try:
        run_bounded(look, path, seconds=SECONDS, megabytes=MEGABYTES)
    except ModelError as error:
        raise SourceError(error.template, "Choose another video file.", **error.values) from error
    _seen.add(identity)


def look(path: Path) -> str:
    """Open a file and decode its beginning. Raises MemoryError."""
    if sys.platform == "linux":  # one thread: others would each reserve memory of their own
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    try:
        with av.open(path, options=_OPTIONS) as container:
            for stream in container.streams.video:
                if stream.codec_context is not None:
                    stream.codec_context.options = _OPTIONS
            pictures = 0
            for packet in islice(container.demux(), _PACKETS):
                for frame in packet.decode():
                    if isinstance(frame, VideoFrame) and pictures < _PICTURES:
                        frame.to_ndarray(format="rgb24")
                        pictures += 1
    except MemoryError:
        raise
    except Exception as error:
        if getattr(error, "errno", 0) == errno.ENOMEM:
            raise MemoryError from error
    return ""


def _identity(path: Path) -> _Identity | None:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return str(path), found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
