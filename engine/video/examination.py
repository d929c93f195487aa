"""Has a child process look at a video file of a stranger's before this process opens it.

A parser that a file makes run wild, or takes over, then does so where memory and time are bounded,
and nothing but an answer comes back. What the child has seen is the file's beginning: its headers,
and of its first packets the sound and some pictures.
"""

from __future__ import annotations

import errno
import os
import sys
from collections import Counter
from itertools import islice
from multiprocessing import parent_process
from pathlib import Path

from av.packet import Packet
from av.stream import Stream
from av.video.frame import VideoFrame

from engine.errors import ModelError, SourceError
from engine.files.media import DECODER_LIMITS, open_media
from engine.files.sandbox import run_bounded

SECONDS, MEGABYTES = 20, 2048
"""What the child may take: processor time, and memory."""
_PACKETS, _PICTURES = 200, 16
"""How many are looked at: packets of the file, and pictures of each video in them."""

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
        raise SourceError(
            "Reading {file} took too much memory or time, and was stopped.",
            "Choose another video file.",
            file=path.name,
        ) from error
    _seen.add(identity)


def look(path: Path) -> str:
    """Open a file and decode its beginning, past what is damaged; how many pictures that were.

    Raises MemoryError.
    """
    pictures: Counter[int] = Counter()  # by stream
    if sys.platform == "linux":  # one thread: others would each reserve memory of their own
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    try:
        with open_media(path) as container:
            for stream in container.streams.video:
                if stream.codec_context is not None:
                    stream.codec_context.options = DECODER_LIMITS
            for packet in islice(container.demux(), _PACKETS):
                number = packet.stream_index
                if pictures[number] < _PICTURES:  # more of a large film would take its time
                    pictures[number] += _decode(packet)
    except Exception as error:  # noqa: BLE001 - whatever a parser raises
        _pass_over(error)
    return str(pictures.total())


def _decode(packet: Packet[Stream]) -> int:
    """Decode a packet, and convert its pictures; gives how many there were."""
    pictures = 0
    try:
        for frame in packet.decode():
            if isinstance(frame, VideoFrame):
                frame.to_ndarray(format="rgb24")
                pictures += 1
    except Exception as error:  # noqa: BLE001 - whatever a parser raises
        _pass_over(error)
    return pictures


def _pass_over(error: Exception) -> None:
    """Damage is told by whoever opens the file. Raises MemoryError where memory has run out."""
    if isinstance(error, MemoryError) or getattr(error, "errno", 0) == errno.ENOMEM:
        raise MemoryError from error


def _identity(path: Path) -> _Identity | None:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return str(path), found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
