"""Writes one video file: H.264 with sound, whole under its name or not there at all."""

from __future__ import annotations

import errno
import logging
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.container import OutputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from engine.errors import SinkError
from engine.frames import Pixels, Size, size_of
from engine.video.sinks.audio_track import AudioTrack
from engine.video.sinks.metadata import Provenance

logger = logging.getLogger(__name__)

CONTAINERS = {".mp4": "mp4", ".m4v": "mp4", ".mov": "mov", ".mkv": "matroska"}
PARTIAL_SUFFIX = ".partial"
QUALITY = 18
"""The constant rate factor of x264: 18 is taken to be visually lossless."""

_BT709 = 1
_LIMITED_RANGE = 1


@dataclass(frozen=True, slots=True)
class Encoding:
    """rate: frames per second. time_base: seconds per unit of a frame's time stamp.

    preset: x264's trade of speed against size. threads: 0 leaves the number to x264.
    index_first: move the index to the front at the end, so that browsers start at once.
    """

    rate: Fraction
    time_base: Fraction
    preset: str = "fast"
    threads: int = 0
    index_first: bool = True


class VideoWriter:
    """A video file in the making, beside its target under a name ending in `.partial`.

    Only `close` gives it its real name; a program killed in the middle leaves the partial file,
    which the next run for the same target replaces. One thread uses it.
    """

    def __init__(self, path: Path, provenance: Provenance, *, audio: Path | None = None) -> None:
        self._path, self._provenance, self._audio = path, provenance, audio
        self._partial = path.with_name(path.name + PARTIAL_SUFFIX)
        self._container: OutputContainer | None = None
        self._video: VideoStream | None = None
        self._sound: AudioTrack | None = None
        self._size = Size(0, 0)
        self._time_base, self._end = Fraction(1), Fraction(0)

    def open(self, size: Size, encoding: Encoding) -> None:
        """Begin the file. Raises SinkError where it cannot be written there or in that form."""
        container_format = self._check_target()
        self._size, self._end = size, Fraction(0)
        try:
            self._begin(container_format, encoding)
        except (av.FFmpegError, OSError) as error:
            self.abort()
            raise self._trouble(error) from error

    def write(self, pixels: Pixels, pts: int) -> None:
        """Add a picture (height, width, 3) at `pts` time base units.

        Raises SinkError: a picture of another size, and the file can still be completed; or a
        file that cannot be written on, of which nothing is left.
        """
        container, video = self._opened()
        if size_of(pixels) != self._size:
            raise SinkError(
                "The picture's size changed from {expected} to {size}.",
                "Start a new recording.",
                expected=self._size,
                size=size_of(pixels),
            )
        try:
            container.mux(video.encode(self._encodable(pixels, pts)))
            self._end = (pts + 1) * self._time_base
            if self._sound is not None:
                self._sound.feed(container, self._end)
        except (av.FFmpegError, OSError) as error:
            self.abort()
            raise self._trouble(error) from error

    def close(self) -> None:
        """Complete the file and give it its name. Raises SinkError. Harmless when not open.

        A file without a single picture is no video and is removed instead.
        """
        if self._container is None:
            return
        if not self._end:
            self.abort()
            return
        try:
            self._finish(self._container)
        except (av.FFmpegError, OSError) as error:
            self.abort()
            raise self._trouble(error) from error
        self._release()

    def abort(self) -> None:
        """Remove what was written. Harmless when not open."""
        container = self._container
        self._release()
        if container is None:
            return
        try:
            container.close()
        except (av.FFmpegError, OSError) as error:
            logger.debug("closing %s: %s", self._partial.name, error)
        self._partial.unlink(missing_ok=True)

    def _check_target(self) -> str:
        """The container's name for the target. Raises SinkError where it cannot be written."""
        name = CONTAINERS.get(self._path.suffix.lower())
        if name is None:
            raise SinkError(
                "{file} is no video file that can be written.",
                "End the name in {endings}.",
                file=self._path.name,
                endings=", ".join(CONTAINERS),
            )
        if not self._path.parent.is_dir():
            raise SinkError(
                "There is no folder {folder}.",
                "Create it, or choose another one.",
                folder=self._path.parent,
            )
        if self._path.is_dir():
            raise SinkError("{path} is a folder.", "Give the name of a file.", path=self._path)
        return name

    def _begin(self, container_format: str, encoding: Encoding) -> None:
        options = {"movflags": "faststart"} if encoding.index_first else {}
        if container_format == "matroska":
            options = {}
        self._container = av.open(self._partial, "w", format=container_format, options=options)
        self._container.metadata.update(self._provenance.tags())
        self._video = self._add_video(self._container, encoding)
        if self._audio is not None:
            self._sound = AudioTrack.take_over(self._audio, self._container)
        self._container.start_encoding()

    def _add_video(self, container: OutputContainer, encoding: Encoding) -> VideoStream:
        """An H.264 stream that every player takes, its colours named as what they are."""
        options = {"crf": str(QUALITY), "preset": encoding.preset}
        video = container.add_stream("libx264", rate=encoding.rate, options=options)
        video.width, video.height = _even(self._size.width), _even(self._size.height)
        video.pix_fmt, video.thread_count = "yuv420p", encoding.threads
        context = video.codec_context
        context.time_base, context.framerate = encoding.time_base, encoding.rate
        context.color_range = _LIMITED_RANGE
        context.colorspace = context.color_primaries = context.color_trc = _BT709
        self._time_base = encoding.time_base
        return video

    def _encodable(self, pixels: Pixels, pts: int) -> VideoFrame:
        """The picture in BT.709 of limited range; an odd last row or column is left out."""
        height, width = _even(pixels.shape[0]), _even(pixels.shape[1])
        rgb = VideoFrame.from_ndarray(np.ascontiguousarray(pixels[:height, :width]), "rgb24")
        frame = rgb.reformat(format="yuv420p", dst_colorspace="ITU709", dst_color_range="MPEG")
        frame.pts, frame.time_base = pts, self._time_base
        return frame

    def _finish(self, container: OutputContainer) -> None:
        if self._video is not None:
            container.mux(self._video.encode(None))
        if self._sound is not None:
            self._sound.finish(container, self._end)
        container.close()
        self._partial.replace(self._path)

    def _release(self) -> None:
        self._container, self._video = None, None
        if self._sound is not None:
            self._sound.close()
            self._sound = None

    def _opened(self) -> tuple[OutputContainer, VideoStream]:
        if self._container is None or self._video is None:
            raise SinkError(
                "{file} is not open.", "Start the recording first.", file=self._path.name
            )
        return self._container, self._video

    def _trouble(self, error: Exception) -> SinkError:
        """The user's error for what the system reported."""
        logger.debug("writing %s: %r", self._partial.name, error)
        if getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            return SinkError(
                "The disk is full: {file} could not be written.",
                "Free some space, or choose a folder on another disk.",
                file=self._path.name,
            )
        if isinstance(error, PermissionError):
            return SinkError(
                "You have no right to write {path}.",
                "Choose a folder of your own.",
                path=self._path,
            )
        return SinkError(
            "{path} could not be written: {reason}.",
            "Choose another folder or name.",
            path=self._path,
            reason=getattr(error, "strerror", None) or error,
        )


def _even(side: int) -> int:
    """H.264 stores colour for every second pixel, so sides are even."""
    return max(side - side % 2, 2)
