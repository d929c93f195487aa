"""Decides, before any work, what of a file is the film: streams, shape, rate and clock."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntFlag
from fractions import Fraction
from pathlib import Path

from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet
from av.stream import Disposition, Stream
from av.video.codeccontext import VideoCodecContext
from av.video.stream import VideoStream

from engine.errors import TranslatableValue
from engine.files.media import DECODER_LIMITS, LARGEST_PICTURE
from engine.video.film.opening import TROUBLE, open_container, too_large, unreadable
from engine.video.film.timeline import Timeline

logger = logging.getLogger(__name__)

DEFAULT_FPS = 30.0
LATEST_PICTURE = 600
"""Seconds. Where the pictures begin later than this after the sound, one of the clocks is wrong,
and the film begins with the pictures."""

_PICTURE_CODECS = {"mjpeg", "png", "bmp", "gif", "webp", "tiff", "jpegxl"}
"""What covers are stored as, if a file has another video besides."""
_NOT_THE_FILM = Disposition.attached_pic | Disposition.timed_thumbnails | Disposition.still_image
_NOT_THE_SOUND = Disposition.hearing_impaired | Disposition.visual_impaired | Disposition.comment
_MOST_FAILURES = 200
"""Reads in a row. Behind damage a demuxer finds its way again, or never."""


class _FormatFlag(IntFlag):
    """FFmpeg's flags of a container format (AVFMT_...) that PyAV does not name."""

    NO_TIMESTAMPS = 0x0080
    DISCONTINUOUS = 0x0200


@dataclass(frozen=True, slots=True)
class OpenFilm:
    """An open file and what of it is the film.

    sounds: its sound tracks that have a decoder, the best one first; has_sound: whether there are
    any, with a decoder or without. zero: where the film begins on the file's clock, in seconds:
    with its first picture or sound.
    """

    path: Path
    container: InputContainer
    video: VideoStream
    sounds: tuple[AudioStream, ...]
    has_sound: bool
    zero: Fraction

    def packets(
        self, sound: AudioStream | None, on_damage: Callable[[], None]
    ) -> Iterator[Packet[Stream]]:
        """The packets of the video and of a sound track on the film's clock, in file order.

        on_damage: called for each place that cannot be read; reading goes on behind it.
        """
        flags = _FormatFlag(self.container.format.flags)
        timeline = Timeline(closes_gaps=_FormatFlag.DISCONTINUOUS in flags)
        wanted: list[Stream] = [self.video] if sound is None else [self.video, sound]
        failures = 0
        while failures < _MOST_FAILURES:
            try:
                for packet in self.container.demux(wanted):
                    failures = 0
                    if packet.size:
                        timeline.place(packet)
                        yield packet
            except TROUBLE as error:
                logger.debug("reading a video: %r", error)
                failures += 1
                if failures == 1:
                    on_damage()
            else:
                return

    def close(self) -> None:
        """Close the file."""
        self.container.close()


def open_film(path: Path) -> OpenFilm:
    """Open a file that holds video. Raises SourceError with the reason where it does not."""
    container = open_container(path)
    try:
        video = _film_of(container, path)
        rate = _named_rate(container, video)
        if rate is not None:
            container.close()
            container = open_container(path, {"framerate": str(rate)})
            video = _film_of(container, path)
        _check_decoder(path, video)
        sounds, has_sound = _sounds(container), bool(container.streams.audio)
        return OpenFilm(path, container, video, sounds, has_sound, _zero(container, video))
    except BaseException:
        container.close()
        raise


def has_sound(path: Path) -> bool:
    """Whether a film has any sound, decodable or not. Raises SourceError like `open_film`."""
    film = open_film(path)
    film.close()
    return film.has_sound


def frame_rate(stream: VideoStream) -> float:
    """Frames per second: the average, so that a file of changing rate keeps its length.

    Where the nominal rate lies within half a percent of it, the difference comes from rounded time
    stamps, and the nominal rate is used.
    """
    average, nominal = float(stream.average_rate or 0), float(stream.guessed_rate or 0)
    rate = nominal if not average or abs(nominal / average - 1) < 0.005 else average
    return rate if 0 < rate <= 1000 else DEFAULT_FPS


def _film_of(container: InputContainer, path: Path) -> VideoStream:
    """The video that a player would show: no cover, and the one marked as the default.

    Raises SourceError where there is none.
    """
    films = [s for s in container.streams.video if not s.disposition & _NOT_THE_FILM]
    if not films and container.streams.audio:
        raise unreadable(path, TranslatableValue("It contains no video."))
    films = films or list(container.streams.video)
    if not films:
        raise unreadable(path, TranslatableValue("It contains no video."))
    return min(films, key=_video_rank)


def _video_rank(stream: VideoStream) -> tuple[bool, bool, bool, int]:
    codec: VideoCodecContext | None = stream.codec_context
    single = stream.frames == 1 or (codec is not None and codec.name in _PICTURE_CODECS)
    default = bool(stream.disposition & Disposition.default)
    return codec is None, single, not default, stream.index


def _check_decoder(path: Path, video: VideoStream) -> None:
    codec: VideoCodecContext | None = video.codec_context
    if codec is None:  # there is no decoder for it
        raise unreadable(path, TranslatableValue("It is empty, damaged or not a video."))
    if codec.width * codec.height > LARGEST_PICTURE:
        raise too_large(path, codec)
    codec.options = DECODER_LIMITS  # for frames that are larger than the file says
    video.thread_type = "AUTO"


def _named_rate(container: InputContainer, video: VideoStream) -> Fraction | None:
    """The rate that the pictures themselves name, where the file has no time stamps at all and
    FFmpeg assumes 25 a second; None elsewhere.
    """
    codec: VideoCodecContext | None = video.codec_context
    if _FormatFlag.NO_TIMESTAMPS not in _FormatFlag(container.format.flags) or codec is None:
        return None
    named = codec.framerate
    if not named or named == video.average_rate or not 0 < named <= 1000:
        return None
    return Fraction(named)


def _sounds(container: InputContainer) -> tuple[AudioStream, ...]:
    decodable = [s for s in container.streams.audio if _decodable(s)]
    return tuple(sorted(decodable, key=_sound_rank))


def _decodable(stream: AudioStream) -> bool:
    return bool(stream.codec_context)  # None where there is no decoder, whatever the types say


def _sound_rank(stream: AudioStream) -> tuple[bool, bool, int]:
    default = bool(stream.disposition & Disposition.default)
    return bool(stream.disposition & _NOT_THE_SOUND), not default, stream.index


def _zero(container: InputContainer, video: VideoStream) -> Fraction:
    first = _start(video)
    sounds = [_start(stream) for stream in container.streams.audio]
    known = [start for start in sounds if start is not None]
    if first is None:
        return min(known, default=Fraction(0))
    zero = min([first, *known])
    return zero if first - zero <= LATEST_PICTURE else first


def _start(stream: Stream) -> Fraction | None:
    if stream.start_time is None or not stream.time_base:
        return None
    return stream.start_time * stream.time_base
