"""Carries the sound of one film into another, copied where the container supports its codec."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias

from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.packet import Packet
from av.stream import Stream

from engine.video.film.opening import TROUBLE
from engine.video.film.probe import open_film
from engine.video.film.sound import SoundReader
from engine.video.sinks.sound_alignment import SoundAlignment

logger = logging.getLogger(__name__)

COPIED = {
    "mp4": {"aac", "mp3", "ac3", "eac3", "alac", "opus"},
    "mov": {"aac", "mp3", "ac3", "eac3", "alac", "pcm_s16le", "pcm_s24le"},
    "matroska": {"aac", "mp3", "ac3", "eac3", "alac", "opus", "vorbis", "flac", "pcm_s16le"},
}
"""The codecs that each container takes as they are; all others are encoded as AAC."""
BIT_RATE_PER_CHANNEL = 96_000
_AAC_RATES = frozenset(
    {96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000}
)
_USUAL_RATE = 48_000
_AAC_LAYOUTS = {1: "mono", 6: "5.1"}
"""By channels; everything else is mixed down to stereo."""
_MADE_FOR_STREAMS = frozenset({"mpegts", "aac", "mpeg"})
"""Containers whose sound describes itself in each packet and may change in the middle: a file
cannot hold it as it is."""

SoundPiece: TypeAlias = "Packet[Stream] | AudioFrame"
"""A packet to copy, or a frame to encode."""


class AudioTrack:
    """A sound track of a film, on its way into another file.

    It is fed up to the last picture written, so that both lie side by side in the file, and so
    that it ends where they end. Time 0 is the film's beginning. All methods may raise what PyAV
    raises for damaged sound; the pictures are worth more, so whoever uses it goes on without.
    """

    def __init__(self, reader: SoundReader, container_format: str, *, copies: bool) -> None:
        self._reader, self._copies = reader, copies
        self._output: AudioStream | None = None
        rate, channels = reader.track.rate or 0, reader.track.layout.nb_channels
        self._rate = rate if rate in _AAC_RATES else _USUAL_RATE
        self._layout = _AAC_LAYOUTS.get(channels, "stereo")
        primed = container_format != "matroska" or reader.names_delay
        self._pieces: Iterator[tuple[SoundPiece, Fraction]]
        self._pieces = reader.packets(primed=primed) if copies else self._encodable()
        self._waiting = next(self._pieces, None)

    @property
    def begin(self) -> Fraction | None:
        """When the next sound begins, in seconds after the film; None where there is none."""
        return None if self._waiting is None else self._waiting[1]

    @property
    def damaged(self) -> int:
        """How many pieces could not be read so far."""
        return self._reader.damaged

    def add_to(self, container: OutputContainer) -> None:
        """Add the track to a container that has not begun."""
        if self._copies:
            self._output = container.add_stream_from_template(self._reader.track)
            return
        self._output = container.add_stream("aac", rate=self._rate)
        self._output.layout = self._layout
        self._output.bit_rate = BIT_RATE_PER_CHANNEL * max(self._output.layout.nb_channels, 2)

    def feed(self, container: OutputContainer, until: Fraction | None) -> None:
        """Write what begins before `until` seconds; everything where it is None."""
        while self._waiting is not None and (until is None or self._waiting[1] < until):
            self._write(container, self._waiting[0])
            self._waiting = next(self._pieces, None)

    def finish(self, container: OutputContainer, until: Fraction | None) -> None:
        """Write up to `until` seconds, and what the encoder still holds."""
        self.feed(container, until)
        if self._output is not None and not self._copies:
            container.mux(self._output.encode(None))

    def close(self) -> None:
        """Close the file that the sound comes from."""
        self._reader.close()

    def _write(self, container: OutputContainer, piece: SoundPiece) -> None:
        assert self._output is not None
        if isinstance(piece, AudioFrame):
            container.mux(self._output.encode(piece))
            return
        piece.stream = self._output
        container.mux(piece)

    def _encodable(self) -> Iterator[tuple[SoundPiece, Fraction]]:
        alignment = SoundAlignment(self._rate, self._layout)
        for frame, begin in self._reader.frames():
            for aligned in alignment.push(frame, begin):
                yield aligned, Fraction(aligned.pts or 0, self._rate)
        for aligned in alignment.flush():
            yield aligned, Fraction(aligned.pts or 0, self._rate)


def sound_tracks(path: Path, container_format: str) -> Iterator[AudioTrack]:
    """The ways to carry a film's sound into a container of this format, the best one first: each
    track that has a decoder as it is, then encoded anew. Whoever takes one closes it.
    """
    for number, copies in _ways(path, container_format):
        film = open_film(path)
        track: AudioTrack | None = None
        try:
            track = AudioTrack(
                SoundReader(film, film.sounds[number]), container_format, copies=copies
            )
        except TROUBLE as error:
            logger.debug("a sound track cannot be used: %r", error)
        if track is not None and track.begin is not None:
            yield track
        else:
            film.close()


def _ways(path: Path, container_format: str) -> list[tuple[int, bool]]:
    """Numbers of sound tracks, each with whether it is copied."""
    film = open_film(path)
    copied = COPIED[container_format]
    if film.container.format.name in _MADE_FOR_STREAMS:
        copied = set()
    ways = []
    for number, track in enumerate(film.sounds):
        if track.codec.canonical_name in copied:
            ways.append((number, True))
        ways.append((number, False))
    film.close()
    return ways
