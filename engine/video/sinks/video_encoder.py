"""Writes one video file: H.264 with sound, playable at any moment while it is being written."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.container import OutputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from engine.errors import EngineError, SinkError
from engine.frames import Pixels, Size, size_of
from engine.video.film.opening import TROUBLE
from engine.video.sinks.audio_track import AudioTrack
from engine.video.sinks.metadata import Provenance
from engine.video.sinks.recovery import has_picture
from engine.video.sinks.sound_companion import SoundCompanion
from engine.video.sinks.target import check_target, write_error
from engine.video.sinks.unfinished_file import UnfinishedFile

logger = logging.getLogger(__name__)

QUALITY = 18
"""The constant rate factor of x264: 18 is taken to be visually lossless."""
FRAGMENT_SECONDS = Fraction(3, 20)
"""What has been encoded reaches the file after this time at the latest."""
ENCODER_SECONDS = Fraction(7, 10)
"""How much of the film x264 may hold back. With a fragment this stays below one second, which is
what a killed program may lose."""

CLOCK = 90_000
"""Units of a time stamp per second at least, the customary clock of video."""
SLOW_CLOCK = 1000
"""The same for less than one picture a second: MP4 counts to 2^32 between two of them."""
SLOWEST, FASTEST, _USUAL_RATE = 1e-5, 1000.0, 30.0

_BUFFER = 4 << 20
"""Bytes. A fragment fits in, so that it reaches the file by one write, whole or not at all."""
_BT709 = 1
_LIMITED_RANGE = 1
_B_FRAMES = 3  # x264's own number
_MOST_THREADS = 4  # each holds a frame back, and no model is quicker than four encode


@dataclass(frozen=True, slots=True)
class Encoding:
    """rate: frames per second. time_base: seconds per unit of a frame's time stamp.

    preset: x264's trade of speed against size. lookahead: frames that x264 may look ahead to
    spend its bits well; fewer where they would hold back more than `ENCODER_SECONDS`, and with
    0 nothing is held back at all. quality: x264's constant rate factor; one better than
    `QUALITY`, which makes up for a look ahead that is shorter than x264's own. threads: x264's.
    """

    rate: Fraction
    time_base: Fraction
    preset: str = "fast"
    lookahead: int = 30
    quality: int = QUALITY - 1
    threads: int = min(max(3 * (os.cpu_count() or 1) // 2, 1), _MOST_THREADS)

    def x264_options(self) -> dict[str, str]:
        """The encoder's options by their FFmpeg names."""
        options = {"crf": str(self.quality), "preset": self.preset}
        if self.holds_nothing:
            return options | {"tune": "zerolatency"}
        return options | {"rc-lookahead": str(self._ahead), "x264-params": "sync-lookahead=0"}

    @property
    def holds_nothing(self) -> bool:
        """Whether each picture leaves the encoder at once, in the order of showing."""
        return self._ahead < _B_FRAMES

    @property
    def _ahead(self) -> int:
        """Frames; one more is held by the writer."""
        return min(int(ENCODER_SECONDS * self.rate) - self.threads - 1, self.lookahead)


def encoding_for(fps: float, **options: Any) -> Encoding:
    """An encoding for pictures that come at `fps` frames per second on average, each at a time of
    its own. Whole numbers of time base units fall on every picture of a steady rate, and a day
    fits into what an MP4 can count.
    """
    rate = _rational(fps)
    if rate < 1:
        return Encoding(rate, Fraction(1, SLOW_CLOCK), **options)
    return Encoding(rate, Fraction(1, rate.numerator * ceil(CLOCK / rate.numerator)), **options)


def _rational(fps: float) -> Fraction:
    if not SLOWEST <= fps <= FASTEST:  # also what is no number
        fps = min(max(fps, SLOWEST), FASTEST) if fps > 0 else _USUAL_RATE
    return Fraction(fps).limit_denominator(1001 if fps >= 1 else 1_000_000)


class VideoWriter:
    """A video file in the making, which `UnfinishedFile` owns until `close` completes it.

    It consists of short fragments (MP4, MOV) or clusters (Matroska), so that a program killed in
    the middle leaves a film that plays up to its last second. Completing an MP4 turns it into an
    ordinary one, which editors prefer: FFmpeg writes the whole index behind the pictures. One
    thread uses it.
    """

    def __init__(self, path: Path, provenance: Provenance, *, audio: Path | None = None) -> None:
        self.path, self.finished = path, False
        self._provenance, self._audio = provenance, audio
        self._file: UnfinishedFile | None = None
        self._container: OutputContainer | None = None
        self._video: VideoStream | None = None
        self._sound = SoundCompanion(None, "")
        self._size = Size(0, 0)
        self._time_base, self._end = Fraction(1), Fraction(0)
        self._durations: dict[int, int] = {}
        self._held: Packet[VideoStream] | None = None
        self._reordered = self._whole = False

    @property
    def remarks(self) -> Sequence[EngineError]:
        """What a user should know about the sound of what was written."""
        return self._sound.remarks

    def open(self, size: Size, encoding: Encoding) -> None:
        """Begin the file. Raises SinkError where it cannot be written there or in that format."""
        container_format = check_target(self.path)
        self._size, self._end = size, Fraction(0)
        self.finished = self._whole = False
        self._reordered = not encoding.holds_nothing
        try:
            self._begin(container_format, encoding)
        except TROUBLE as error:
            self.abort()
            raise write_error(self.path, error) from error

    def write(
        self, pixels: Pixels, pts: int, duration: int | None = None, *, last: bool = False
    ) -> None:
        """Add a picture (height, width, 3) at `pts` time base units, for `duration` of them; for
        as long as it takes where that is None. last: the film ends with it, and its sound
        goes on to its own end.

        Raises SinkError: a picture of another size, and the file can still be completed; or a
        file that cannot be written any further, of which what can be played is kept.
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
            if duration is not None:
                self._durations[pts] = duration
            self._end, self._whole = (pts + (duration or 1)) * self._time_base, last
            self._mux(container, video.encode(self._encodable(pixels, pts)))
        except TROUBLE as error:
            raise write_error(self.path, error, self._keep()) from error

    def close(self) -> None:
        """Complete the file and give it its name; `path` then says which. Harmless when not open.

        A file without a single picture is no video and is removed instead. Raises SinkError; what
        can be played is kept under the unfinished name.
        """
        if self._container is None or self._file is None:
            return
        if not self._end:
            self.abort()
            return
        try:
            self.path = self._complete(self._container, self._file)
            self.finished = True
        except TROUBLE as error:
            raise write_error(self.path, error, self._keep()) from error
        self._release()

    def abort(self) -> None:
        """Remove what was written. Harmless when not open."""
        file = self._file
        if file is not None:
            file.discard()
        self._drop_container()

    def _keep(self) -> Path | None:
        """End the writing where it is; where the film so far can be played, None if nowhere."""
        assert self._file is not None
        file = self._file
        kept = file.keep()
        self._drop_container()
        if kept is None or has_picture(kept):
            return kept
        file.discard()
        return None

    def _drop_container(self) -> None:
        """Let go of a container whose file accepts no more."""
        container = self._container
        self._release()
        if container is None:
            return
        try:
            container.close()
        except TROUBLE as error:
            logger.debug("closing %s: %s", self.path.suffix, error)

    def _begin(self, container_format: str, encoding: Encoding) -> None:
        """Begin the file with the best sound with which it can be begun."""
        self._sound = SoundCompanion(self._audio, container_format)
        for track in self._sound.choices():
            self._file = UnfinishedFile(self.path)
            try:
                self._start(self._file, container_format, encoding, track)
            except TROUBLE as error:
                if track is None or self._file.failed:
                    raise
                logger.debug("a file cannot be begun with a sound track: %r", error)
                track.close()
                self._file.discard()
                self._drop_container()
            else:
                self._sound.take(track)
                return

    def _start(
        self,
        file: UnfinishedFile,
        container_format: str,
        encoding: Encoding,
        track: AudioTrack | None,
    ) -> None:
        late = track is not None and (track.begin or 0) > FRAGMENT_SECONDS
        options = _muxer_options(container_format, wait_for_sound=not late)
        self._container = av.open(
            file, "w", format=container_format, options=options, buffer_size=_BUFFER
        )
        self._container.metadata.update(self._provenance.tags())
        self._video = self._add_video(self._container, encoding)
        if track is not None:
            track.add_to(self._container)
        self._container.start_encoding()

    def _add_video(self, container: OutputContainer, encoding: Encoding) -> VideoStream:
        """An H.264 stream that every player takes, its colours named as what they are."""
        options = encoding.x264_options()
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

    def _mux(self, container: OutputContainer, packets: list[Packet[VideoStream]]) -> None:
        """Write encoded pictures, and the sound up to them, so that neither waits for the other."""
        for packet in packets:
            if self._reordered:
                self._hold(container, packet)
            else:
                packet.duration = self._durations.pop(packet.pts or 0, 0)
                self._write_packet(container, packet)

    def _hold(self, container: OutputContainer, packet: Packet[VideoStream]) -> None:
        """Write the packet before this one. In the order of decoding it lasts until this one:
        muxers count with that, and would move what comes at changing intervals.
        """
        before, self._held = self._held, packet
        if before is not None:
            before.duration = max((packet.dts or 0) - (before.dts or 0), 0)
            self._write_packet(container, before)

    def _release_held(self, container: OutputContainer) -> None:
        """Write the last packet, which lasts to the end: FFmpeg takes the film to end with it,
        though others, decoded earlier, may be shown later.
        """
        held, self._held = self._held, None
        if held is not None:
            held.duration = max(round(self._end / self._time_base) - (held.pts or 0), 1)
            self._write_packet(container, held)

    def _write_packet(self, container: OutputContainer, packet: Packet[VideoStream]) -> None:
        assert self._file is not None
        until = _end_of(packet)
        container.mux(packet)
        self._sound.feed(container, self._file, until)

    def _complete(self, container: OutputContainer, file: UnfinishedFile) -> Path:
        """The one place where a file is completed: everything is written, the container closed,
        and the finished film given its name. Gives its path.
        """
        if self._video is not None:
            self._mux(container, self._video.encode(None))
            self._release_held(container)
        self._sound.finish(container, file, None if self._whole else self._end)
        container.close()
        return file.finish()

    def _release(self) -> None:
        self._file = self._container = self._video = self._held = None
        self._durations.clear()
        self._sound.close()

    def _opened(self) -> tuple[OutputContainer, VideoStream]:
        if self._container is None or self._video is None:
            raise SinkError(
                "{file} is not open.", "Start the recording first.", file=self.path.name
            )
        return self._container, self._video


def _muxer_options(container_format: str, *, wait_for_sound: bool) -> dict[str, str]:
    """FFmpeg's options for a file that can be played at any moment.

    wait_for_sound: begin the file when pictures and sound have come, which some kinds of sound
    need; sound that begins later must not hold the pictures back as long.
    """
    milliseconds = int(FRAGMENT_SECONDS * 1000)
    options = {"flush_packets": "1", "max_interleave_delta": str(milliseconds * 500)}
    if container_format == "matroska":
        return options | {"cluster_time_limit": str(milliseconds)}
    flags = "hybrid_fragmented+delay_moov" if wait_for_sound else "hybrid_fragmented"
    return options | {"movflags": flags, "frag_duration": str(milliseconds * 1000)}


def _end_of(packet: Packet[VideoStream]) -> Fraction:
    """Seconds. The picture's end where it is known, else its beginning."""
    return ((packet.pts or 0) + (packet.duration or 0)) * (packet.time_base or Fraction(0))


def _even(side: int) -> int:
    """H.264 stores colour for every second pixel, so sides are even."""
    return max(side - side % 2, 2)
