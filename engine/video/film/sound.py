"""Reads the sound of a film on the film's own clock: packets to copy, or decoded frames."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from fractions import Fraction

from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.packet import Packet
from av.stream import Stream

from engine.video.film.opening import TROUBLE
from engine.video.film.probe import OpenFilm

logger = logging.getLogger(__name__)

_PRIMING = Fraction(1, 10)
"""Seconds before the film by which a decoder may be fed, to be at work when it begins."""
_WITH_DELAY = frozenset({"opus", "vorbis"})
"""Codecs whose own headers tell the decoder's delay."""


class SoundReader:
    """One sound track of a film, from the film's beginning on; read once.

    Damaged packets are left out and counted; what follows keeps its time.
    """

    def __init__(self, film: OpenFilm, track: AudioStream) -> None:
        self.track, self.damaged = track, 0
        self._film = film

    @property
    def names_delay(self) -> bool:
        """Whether the decoder's delay is known, so that Matroska, which has no times before zero,
        can store it; otherwise the whole film would have to begin later.
        """
        matroska = "matroska" in self._film.container.format.name
        return matroska or self.track.codec.canonical_name in _WITH_DELAY

    def packets(self, *, primed: bool) -> Iterator[tuple[Packet[Stream], Fraction]]:
        """Packets as they are, and the seconds at which they begin; their time stamps count from
        the film's beginning and only ever rise. primed: also those shortly before it, with
        negative time stamps, which a decoder has to be fed but whose sound is not heard. Raises
        ValueError where there are such and primed is false: the beginning would be lost.
        """
        newest: int | None = None
        for packet in self._packets():
            unit = packet.time_base
            if not unit or packet.pts is None:
                continue
            offset = round(self._film.zero / unit)
            packet.pts -= offset
            packet.dts = packet.pts if packet.dts is None else packet.dts - offset
            rises = newest is None or packet.dts > newest
            priming = -_PRIMING < packet.pts * unit < 0
            if priming and not primed:
                raise ValueError("the sound needs a decoder that has begun before it")
            if rises and (priming or (packet.pts >= 0 and not packet.is_discard)):
                newest = packet.dts
                yield packet, packet.pts * unit

    def frames(self) -> Iterator[tuple[AudioFrame, Fraction]]:
        """Decoded frames, and the seconds at which they begin."""
        end = Fraction(0)
        for frame in self._decoded():
            unit = frame.time_base
            begin = end if frame.pts is None or not unit else frame.pts * unit - self._film.zero
            end = begin + Fraction(frame.samples, frame.sample_rate or 1)
            if end > 0 and frame.samples:
                yield frame, begin

    def close(self) -> None:
        """Close the file."""
        self._film.close()

    def _decoded(self) -> Iterator[AudioFrame]:
        decoder = self.track.codec_context
        for packet in self._packets():
            try:
                yield from decoder.decode(packet)
            except TROUBLE as error:
                logger.debug("damaged sound is left out: %r", error)
                self.damaged += 1
        try:
            yield from decoder.decode(None)
        except TROUBLE as error:
            logger.debug("the end of the sound is damaged: %r", error)

    def _packets(self) -> Iterator[Packet[Stream]]:
        for packet in self._film.packets(self.track, self._count_damage):
            if packet.stream_index == self.track.index:
                yield packet

    def _count_damage(self) -> None:
        self.damaged += 1
