"""Small video files for tests, and what is in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.video.frame import VideoFrame

from engine.frames import Pixels, StyledFrame
from engine.video.sinks.file import FileSink
from engine.video.sinks.metadata import Provenance
from engine.video.sources.file import FileSource

PROVENANCE = Provenance("built-in", "comic", {"seed": "7"})
SAMPLE_RATE = 48_000


def grey(level: int, width: int = 96, height: int = 64) -> Pixels:
    return np.full((height, width, 3), level, np.uint8)


def greys(count: int) -> list[Pixels]:
    """Picture n has level 8 n."""
    return [grey(min(8 * number, 255)) for number in range(count)]


def styled(pixels: Pixels, number: int = 0, captured_at: float = 0.0) -> StyledFrame:
    return StyledFrame(pixels, number, captured_at)


def write_clip(
    path: Path,
    pictures: Sequence[Pixels],
    *,
    fps: int = 30,
    sound: str | None = None,
    sound_from: float = 0.0,
    moments: list[int] | None = None,
    rotation: int = 0,
) -> Path:
    """Pictures of 96x64 as H.264. moments: their times in milliseconds, for a changing rate.
    sound_from: when the sound begins, in seconds.
    """
    with av.open(path, "w") as container:
        video = container.add_stream("libx264", rate=fps)
        video.width, video.height, video.pix_fmt = 96, 64, "yuv420p"
        time_base = Fraction(1, 1000) if moments else Fraction(1, fps)
        video.codec_context.time_base = time_base
        if rotation:
            video.set_display_rotation(rotation)
        track = None if sound is None else add_track(container, sound)
        for number, picture in enumerate(pictures):
            frame = VideoFrame.from_ndarray(picture, "rgb24")
            frame.pts, frame.time_base = moments[number] if moments else number, time_base
            container.mux(video.encode(frame))
        container.mux(video.encode(None))
        if track is not None:
            tone = _tone(len(pictures) / fps)
            tone.pts = round(sound_from * SAMPLE_RATE)
            container.mux(track.encode(tone))
            container.mux(track.encode(None))
    return path


def add_track(container: OutputContainer, codec: str) -> AudioStream:
    track = container.add_stream(codec, rate=SAMPLE_RATE)
    assert isinstance(track, AudioStream)
    track.layout = "stereo"
    return track


@dataclass(frozen=True)
class Contents:
    """What a file holds. seconds: the length of each track."""

    levels: list[float]
    video_seconds: float
    sound_codec: str | None
    sound_seconds: float
    sound_level: float
    metadata: dict[str, str]


def contents(path: Path) -> Contents:
    """Decode the whole file."""
    with av.open(path) as container:
        frames = list(container.decode(video=0))
        levels = [float(frame.to_ndarray(format="rgb24").mean()) for frame in frames]
        last, unit = frames[-1], frames[-1].time_base or Fraction(0)
        length = float((last.time or 0) + last.duration * unit)
        tags = {name.lower(): text for name, text in container.metadata.items()}
        codec, samples = None, np.zeros((1, 0))
        if container.streams.audio:
            container.seek(0)
            codec = container.streams.audio[0].codec.canonical_name
            samples = np.concatenate([_plain(f) for f in container.decode(audio=0)], axis=1)
    level = float(np.abs(samples).mean()) if samples.size else 0.0
    return Contents(levels, length, codec, samples.shape[1] / SAMPLE_RATE, level, tags)


def restyle(
    clip: Path, target: Path, *, frames: int | None = None, audio: Path | None = None
) -> None:
    """Write the frames of `clip` to `target` as they are."""
    source, sink = FileSource(clip), FileSink(target, PROVENANCE, audio=audio)
    source.open()
    sink.open(source.size, source.fps)
    while (frame := source.read()) is not None and frame.number != frames:
        sink.send(styled(frame.pixels, frame.number))
    sink.close()
    source.close()


def _plain(frame: AudioFrame) -> np.ndarray:
    resampler = av.AudioResampler(format="fltp", layout="mono", rate=SAMPLE_RATE)
    return np.concatenate([part.to_ndarray() for part in resampler.resample(frame)], axis=1)


def _tone(seconds: float) -> AudioFrame:
    wave = 8000 * np.sin(2 * np.pi * 440 * np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE)
    stereo = np.repeat(wave.astype(np.int16), 2).reshape(1, -1)
    frame = AudioFrame.from_ndarray(stereo, format="s16", layout="stereo")
    frame.sample_rate, frame.pts = SAMPLE_RATE, 0
    return frame
