"""Reads windows of a film for the detector: small, grey, and no more of it than is needed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from engine.errors import SourceError
from engine.files.media import LARGEST_PICTURE, open_media
from engine.provenance.mark.detection import PIXELS
from engine.provenance.mark.spectrum import GreyFilm

WINDOW_S = 8.0
MOST_WINDOWS = 24
"""A longer film is looked at in as many places, evenly spread."""
_HIGHEST_RATE = 31.0
"""Frames per second beyond which frames are left out: the mark turns slowly."""
_MOST_FRAMES = int(WINDOW_S * _HIGHEST_RATE) + 1
_LARGEST_SIDE = 16384
_NO_FILMS = frozenset(
    {"adf", "bin", "concat", "dash", "ffmetadata", "hls", "idf", "sdp", "tty", "xbin"}
)
"""FFmpeg's names of what it would show as a film: texts, and lists of other files."""
_MOST_DECODING_S = 60.0
"""Seconds of processor time for one window: what has been read by then is looked at."""
_UNKNOWN_S = 60.0
"""Seconds that are looked at where a file does not say how long it is."""

_Plane = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a film. start: seconds from its beginning. count: how many windows it has."""

    film: GreyFilm
    start: float
    count: int


def windows_of(path: Path) -> Iterator[Window]:
    """The windows of a video, or the only one of a picture. Raises SourceError for another file."""
    with closing(_open(path)) as container:
        starts = _starts(_seconds_of(container))
        for start in starts:
            film = _read(container, start, path, seek=start > 0)
            if film is not None:
                yield Window(film, start, len(starts))


def _open(path: Path) -> InputContainer:
    try:
        container = open_media(path)
    except (av.FFmpegError, OSError, ValueError) as error:
        raise _unreadable(path) from error
    if not container.streams.video or not _NO_FILMS.isdisjoint(container.format.name.split(",")):
        container.close()
        raise _unreadable(path)
    return container


def _starts(seconds: float) -> list[float]:
    """Where windows begin: half a window apart, further where that would be too many.

    A second more than a window is not worth another one.
    """
    room = max(seconds - WINDOW_S, 0.0)
    count = min(int(np.ceil(max(room - 1, 0) / (WINDOW_S / 2))) + 1, MOST_WINDOWS)
    return [float(start) for start in np.linspace(0.0, room, count)]


def _seconds_of(container: InputContainer) -> float:
    if container.duration is not None:
        return max(container.duration / av.time_base, 0.0)
    return 0.0 if container.format.name.endswith("_pipe") else _UNKNOWN_S


def _read(container: InputContainer, start: float, path: Path, *, seek: bool) -> GreyFilm | None:
    """The frames of a window; None where there are none, as behind a cut."""
    begin = (container.start_time or 0) / av.time_base + start
    try:
        if seek:
            container.seek(int(begin * av.time_base))
        pictures, seconds = _collect(container, begin)
    except (av.FFmpegError, OSError, ValueError, IndexError) as error:
        if start > 0:
            return None
        raise _unreadable(path) from error
    if not pictures:
        return None
    return GreyFilm(np.stack(pictures).astype(np.float32), np.array(seconds))


def _collect(container: InputContainer, begin: float) -> tuple[list[_Plane], list[float]]:
    """The frames from `begin` on, and their times; what was read before a fault, or before it
    took too long, counts.
    """
    late = time.process_time() + _MOST_DECODING_S
    pictures: list[_Plane] = []
    seconds: list[float] = []
    size: tuple[int, int] | None = None
    try:
        for number, frame in enumerate(container.decode(video=0)):
            at = number / 30 if frame.time is None else float(frame.time)
            if at >= begin + WINDOW_S or len(pictures) == _MOST_FRAMES:
                break
            if time.process_time() > late:
                break
            if at < begin - 1e-3 or (seconds and at - seconds[-1] < 1 / _HIGHEST_RATE):
                continue
            size = size or _small(frame)
            pictures.append(_grey(frame, size))
            seconds.append(at)
    except (av.FFmpegError, OSError, ValueError):
        if not pictures:
            raise
    return pictures, seconds


def _small(frame: VideoFrame) -> tuple[int, int]:
    """The (width, height) at which a film is analysed. Raises ValueError for an absurd size."""
    width, height = frame.width, frame.height
    if max(width, height) > _LARGEST_SIDE or width * height > LARGEST_PICTURE:
        raise ValueError(f"{width}x{height} pixels are too many")
    scale = np.sqrt(PIXELS / (width * height))
    return max(round(width * scale), 16), max(round(height * scale), 16)


def _grey(frame: VideoFrame, size: tuple[int, int]) -> _Plane:
    small = frame.reformat(*size, format="gray", interpolation="AREA")
    return np.asarray(small.to_ndarray(), np.uint8)


def _unreadable(path: Path) -> SourceError:
    return SourceError(
        "{file} is neither a picture nor a video that can be read.",
        "Choose a PNG, JPEG, MP4, MOV, MKV or WebM file.",
        file=path.name,
    )
