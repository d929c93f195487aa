"""Films made by PyAV alone, each odd in one way, and what can be measured in what comes of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from engine.frames import Pixels, StyledFrame
from engine.video.sinks.file import FileSink
from engine.video.sources.file import FileSource
from tests.engine.video.clips import PROVENANCE

RATE = 48_000
BEEP = 0.1
"""Seconds. Each whole second a tenth of a second is white, and 880 Hz."""


def flash(moment: float) -> Pixels:
    level = 235 if moment % 1 < BEEP - 1e-4 else 16
    return np.full((64, 96, 3), level, np.uint8)


def beeps(begin: float, end: float, rate: int = RATE) -> np.ndarray:
    """(1, samples) 16-bit."""
    at = np.arange(round(begin * rate), round(end * rate)) / rate
    wave = np.sin(2 * np.pi * 880 * at) * (at % 1 < BEEP)
    return (26_000 * wave).astype(np.int16)[None]


def film(
    path: Path,
    moments: Sequence[float],
    *,
    sound: tuple[float, float] | None = None,
    codec: str = "aac",
    video_codec: str = "libx264",
    rate: int = RATE,
    sound_format: str | None = None,
) -> Path:
    """Flashes at these seconds, with beeps from `sound[0]` to `sound[1]`."""
    with av.open(path, "w") as container:
        video = container.add_stream(video_codec, rate=30)
        assert isinstance(video, VideoStream)
        video.width, video.height, video.pix_fmt = 96, 64, "yuv420p"
        video.codec_context.time_base = Fraction(1, 90_000)
        if video_codec != "libx264":
            video.codec_context.time_base = Fraction(1, 30)
        track: AudioStream | None = None
        if sound is not None:
            found = container.add_stream(codec, rate=rate)
            assert isinstance(found, AudioStream)
            track, track.layout = found, "mono"
            if sound_format:
                track.format = sound_format
        for moment in moments:
            frame = VideoFrame.from_ndarray(flash(moment), "rgb24")
            frame.time_base = video.codec_context.time_base
            frame.pts = round(moment / frame.time_base)
            container.mux(video.encode(frame))
        container.mux(video.encode(None))
        if track is not None and sound is not None:
            samples = AudioFrame.from_ndarray(beeps(*sound, rate), "s16", "mono")
            samples.sample_rate, samples.pts = rate, round(sound[0] * rate)
            samples.time_base = Fraction(1, rate)
            container.mux(track.encode(samples))
            container.mux(track.encode(None))
    return path


def steady(seconds: float, begin: float = 0.0) -> list[float]:
    return [begin + number / 30 for number in range(round(seconds * 30))]


def restyled(clip: Path, target: Path, *, limit: int | None = None) -> FileSink:
    """What a run does with a model that changes nothing."""
    source, sink = FileSource(clip), FileSink(target, PROVENANCE, audio=clip)
    source.open()
    sink.open(source.size, source.fps)
    while (frame := source.read()) is not None and frame.number != limit:
        sink.send(StyledFrame(frame.pixels, frame.number, frame.captured_at, span=frame.span))
    sink.close()
    source.close()
    return sink


@dataclass(frozen=True)
class Measured:
    """pictures: their times. ends: of the last picture and of the sound. flashes and beeps: when
    each begins. All in seconds.
    """

    pictures: list[float]
    ends: tuple[float, float]
    flashes: list[float]
    beeps: list[float]

    def worst(self) -> float:
        """The largest distance between a flash and the nearest beep."""
        return max(min(abs(beep - flash) for beep in self.beeps) for flash in self.flashes)


def measure(path: Path) -> Measured:
    times, bright, end = [], [], 0.0
    with av.open(path) as container:
        for frame in container.decode(video=0):
            times.append(float(frame.time or 0))
            bright.append(frame.to_ndarray(format="gray").mean() > 120)
            end = float(((frame.pts or 0) + frame.duration) * (frame.time_base or 0))
    loud_at: list[float] = []
    loud: list[bool] = []
    sound_end = 0.0
    with av.open(path) as container:
        resampler = av.AudioResampler("fltp", "mono", RATE)
        for sound in container.decode(audio=0) if container.streams.audio else ():
            begin = float(sound.time or 0)
            sound_end = begin + sound.samples / sound.sample_rate
            for part in resampler.resample(sound):
                for at in range(0, part.samples - 47, 48):
                    loud_at.append(begin + at / RATE)
                    loud.append(bool(np.abs(part.to_ndarray()[0, at : at + 48]).max() > 0.3))
    return Measured(times, (end, sound_end), _onsets(times, bright), _onsets(loud_at, loud))


def _onsets(times: Sequence[float], on: Sequence[bool]) -> list[float]:
    found, before = [], -9.0
    for moment, is_on in zip(times, on, strict=True):
        if is_on:
            if moment - before > 0.5:
                found.append(moment)
            before = moment
    return found
