"""Carries the sound of one file into another, copied where the container supports its codec."""

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
"""The codecs that each container takes as they are; all others are encoded as AAC."""
AAC_BIT_RATE = 192_000

AudioPacket: TypeAlias = "Packet[AudioStream] | AudioFrame"
"""A packet to copy, or a frame to encode."""


class AudioTrack:
    """The first sound track of a file, on its way into another file.

    It is fed up to the last picture written, so that both lie side by side in the file, and so
    that it ends where they end. Time 0 is the first picture of the file it comes from. Damaged
    sound ends early with a line in the log: the pictures are worth more.
    """

    def __init__(self, source: InputContainer, track: AudioStream, *, copies: bool) -> None:
        self._source, self._track, self._copies = source, track, copies
        self._zero = _first_picture(source)
        self._output: AudioStream | None = None
        self._packets = self._read()
        self._waiting = next(self._packets, None)

    @staticmethod
    def open(path: Path, container_format: str) -> AudioTrack | None:
        """The file's sound, for a container of this format; None where it has none."""
        source = av.open(path)
        if not source.streams.audio:
            source.close()
            return None
        track = source.streams.audio[0]
        copies = track.codec.canonical_name in COPIED[container_format]
        found = AudioTrack(source, track, copies=copies)
        if found._waiting is None:
            found.close()
            return None
        return found

    @property
    def begin(self) -> Fraction:
        """When the next sound begins, in seconds after the first picture."""
        return Fraction(0) if self._waiting is None else _begins(self._waiting)

    def add_to(self, container: OutputContainer) -> None:
        """Add the track to a container that has not begun."""
        if self._copies:
            self._output = container.add_stream_from_template(self._track)
            return
        self._output = container.add_stream("aac", rate=self._track.rate)
        self._output.bit_rate = AAC_BIT_RATE
        self._output.layout = "mono" if self._track.layout.nb_channels == 1 else "stereo"

    def feed(self, container: OutputContainer, until: Fraction) -> None:
        """Write what begins before `until` seconds."""
        while self._waiting is not None and _begins(self._waiting) < until:
            self._write(container, self._waiting)
            self._waiting = next(self._packets, None)

    def finish(self, container: OutputContainer, until: Fraction) -> None:
        """Write up to `until` seconds, and what the encoder still holds."""
        self.feed(container, until)
        if self._output is not None and not self._copies:
            container.mux(self._output.encode(None))

    def close(self) -> None:
        """Close the file that the sound comes from."""
        self._source.close()

    def _write(self, container: OutputContainer, packet: AudioPacket) -> None:
        assert self._output is not None
        if isinstance(packet, AudioFrame):
            container.mux(self._output.encode(packet))
            return
        packet.stream = self._output
        container.mux(packet)

    def _read(self) -> Iterator[AudioPacket]:
        """Packets to copy or frames to encode, in order, from time 0 on."""
        try:
            for packet in self._source.demux(self._track):
                for piece in [packet] if self._copies else packet.decode():
                    if self._shift(piece):
                        yield piece
        except (av.FFmpegError, OSError) as error:
            logger.warning("the sound ends early: %s", error)

    def _shift(self, packet: AudioPacket) -> bool:
        """Move the packet so that time 0 is the first picture; False where it lies earlier."""
        if packet.pts is None or packet.time_base is None:
            return False
        offset = round(self._zero / packet.time_base)
        packet.pts -= offset
        if packet.dts is not None and isinstance(packet, Packet):
            packet.dts -= offset
        return packet.pts >= 0


def _first_picture(source: InputContainer) -> Fraction:
    """The time of a file's first picture, in seconds of the file's own clock."""
    for video in source.streams.video:
        if video.start_time is not None and video.time_base is not None:
            return video.start_time * video.time_base
    return Fraction(0)


def _begins(packet: AudioPacket) -> Fraction:
    """Seconds; `_shift` lets only packets through that have a time."""
    return (packet.pts or 0) * (packet.time_base or Fraction(0))
