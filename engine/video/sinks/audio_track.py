"""Takes the sound of one file over into another, packet by packet where that is possible."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.packet import Packet

logger = logging.getLogger(__name__)

COPIED = {
    "mp4": {"aac", "mp3", "ac3", "eac3", "alac", "opus"},
    "mov": {"aac", "mp3", "ac3", "eac3", "alac", "pcm_s16le", "pcm_s24le"},
    "matroska": {"aac", "mp3", "ac3", "eac3", "alac", "opus", "vorbis", "flac", "pcm_s16le"},
}
"""Per container, what it can hold as it is; everything else is encoded anew."""
AAC_BIT_RATE = 192_000

AudioPacket: TypeAlias = "Packet[AudioStream] | AudioFrame"
"""A packet to copy, or a frame to encode."""


class AudioTrack:
    """The first sound track of a file, on its way into another file.

    It is fed up to where the pictures have come, so that both lie side by side in the file, and
    so that it ends where they end. Time 0 is the first picture of the file it comes from. Broken
    sound ends early with a line in the log: the pictures are worth more.
    """

    def __init__(
        self, source: InputContainer, track: AudioStream, output: AudioStream, *, copies: bool
    ) -> None:
        self._source, self._output, self._copies = source, output, copies
        self._begin = _first_picture(source)
        self._waiting: AudioPacket | None = None
        self._parts = self._read(track)

    @staticmethod
    def take_over(path: Path, container: OutputContainer) -> AudioTrack | None:
        """Add the file's sound to a container that has not begun; None where it has none."""
        source = av.open(path)
        if not source.streams.audio:
            source.close()
            return None
        track = source.streams.audio[0]
        copies = track.codec.canonical_name in COPIED[container.format.name]
        if copies:
            output = container.add_stream_from_template(track)
        else:
            output = container.add_stream("aac", rate=track.rate)
            output.bit_rate = AAC_BIT_RATE
            output.layout = "mono" if track.layout.nb_channels == 1 else "stereo"
        return AudioTrack(source, track, output, copies=copies)

    def feed(self, container: OutputContainer, until: Fraction) -> None:
        """Write what begins before `until` seconds."""
        while True:
            part = self._waiting or next(self._parts, None)
            self._waiting = part
            if part is None or _begins(part) >= until:
                return
            self._waiting = None
            self._write(container, part)

    def finish(self, container: OutputContainer, until: Fraction) -> None:
        """Write up to `until` seconds, and what the encoder still holds."""
        self.feed(container, until)
        if not self._copies:
            container.mux(self._output.encode(None))

    def close(self) -> None:
        """Let go of the file the sound comes from."""
        self._source.close()

    def _write(self, container: OutputContainer, part: AudioPacket) -> None:
        if isinstance(part, AudioFrame):
            container.mux(self._output.encode(part))
            return
        part.stream = self._output
        container.mux(part)

    def _read(self, track: AudioStream) -> Iterator[AudioPacket]:
        """Packets to copy or frames to encode, in order, from time 0 on."""
        try:
            for packet in self._source.demux(track):
                for part in [packet] if self._copies else packet.decode():
                    if self._shift(part):
                        yield part
        except (av.FFmpegError, OSError) as error:
            logger.warning("the sound ends early: %s", error)

    def _shift(self, part: AudioPacket) -> bool:
        """Move the part so that time 0 is the first picture; False where it lies before."""
        if part.pts is None or part.time_base is None:
            return False
        offset = round(self._begin / part.time_base)
        part.pts -= offset
        if part.dts is not None and isinstance(part, Packet):
            part.dts -= offset
        return part.pts >= 0


def _first_picture(source: InputContainer) -> Fraction:
    """The moment of the first picture of a file, in seconds of the file's own clock."""
    for video in source.streams.video:
        if video.start_time is not None and video.time_base is not None:
            return video.start_time * video.time_base
    return Fraction(0)


def _begins(part: AudioPacket) -> Fraction:
    """Seconds; `_shift` lets only parts with a time through."""
    return (part.pts or 0) * (part.time_base or Fraction(0))
