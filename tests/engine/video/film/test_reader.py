"""What of a file is the film, and what becomes of the parts that are broken."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from engine.errors import SourceError
from engine.frames import Frame
from engine.video.sources.file import FileSource
from tests.engine.video.clips import greys, write_clip
from tests.engine.video.film.made import beeps, film, flash, steady


def frames_of(path: Path, **options: bool) -> tuple[list[Frame], list[str]]:
    source = FileSource(path, **options)
    source.open()
    found = list(iter(source.read, None))
    remarks = [str(remark) for remark in source.remarks()]
    source.close()
    return found, remarks


def two_videos(path: Path, *, covers: int | None = None, default: int = 1) -> Path:
    """A dark video, then a bright one, of which one is the default; or `covers` is a cover."""
    with av.open(path, "w") as container:
        streams = []
        for number in (0, 1):
            codec = "mjpeg" if number == covers else "libx264"
            video = container.add_stream(codec, rate=30)
            assert isinstance(video, VideoStream)
            video.width, video.height = 96, 64
            video.pix_fmt = "yuvj420p" if number == covers else "yuv420p"
            flag = Disposition.attached_pic if number == covers else Disposition(0)
            video.disposition = (
                Disposition.default if number == default and covers is None else flag
            )
            streams.append(video)
        for count, (number, video) in enumerate(zip((0, 1), streams, strict=True)):
            level = 40 + 160 * number
            for at in range(1 if number == covers else 10 + count):
                frame = VideoFrame.from_ndarray(np.full((64, 96, 3), level, np.uint8), "rgb24")
                frame.pts, frame.time_base = at, Fraction(1, 30)
                container.mux(video.encode(frame))
            container.mux(video.encode(None))
    return path


@pytest.mark.parametrize(("default", "level"), [(0, 40), (1, 200)])
def test_the_default_video_is_the_film(tmp_path: Path, default: int, level: int) -> None:
    frames, _ = frames_of(two_videos(tmp_path / "two.mkv", default=default))
    assert frames[0].pixels.mean() == pytest.approx(level, abs=4)


@pytest.mark.parametrize("covers", [0, 1])
def test_a_cover_is_never_the_film(tmp_path: Path, covers: int) -> None:
    frames, _ = frames_of(two_videos(tmp_path / "cover.mp4", covers=covers))
    assert len(frames) > 5


def raw_h264(path: Path, rate: int) -> Path:
    with av.open(path, "w", format="h264") as container:
        video = container.add_stream("libx264", rate=rate)
        assert isinstance(video, VideoStream)
        video.width, video.height, video.pix_fmt = 96, 64, "yuv420p"
        for number in range(rate):
            frame = VideoFrame.from_ndarray(flash(number / rate), "rgb24")
            frame.pts, frame.time_base = number, Fraction(1, rate)
            container.mux(video.encode(frame))
        container.mux(video.encode(None))
    return path


@pytest.mark.parametrize("rate", [50, 12])
def test_a_raw_stream_plays_at_the_rate_that_it_names(tmp_path: Path, rate: int) -> None:
    frames, _ = frames_of(raw_h264(tmp_path / "raw.h264", rate))
    last = frames[-1].span
    assert last is not None
    assert len(frames) == rate
    assert last.end == pytest.approx(1.0, abs=0.01)


def test_damage_in_the_middle_is_left_out_and_counted(tmp_path: Path) -> None:
    clip = film(tmp_path / "in.ts", steady(8))
    broken = bytearray(clip.read_bytes())
    for at in range(len(broken) // 3, len(broken) // 3 + 188 * 20, 7):
        broken[at] ^= 0x5A
    clip.write_bytes(broken)
    frames, remarks = frames_of(clip)
    last = frames[-1].span
    assert 100 < len(frames) < 240
    assert last is not None
    assert last.end == pytest.approx(8.0, abs=0.3)
    assert len(remarks) == 1
    assert "damaged" in remarks[0]


def with_index_first(clip: Path, target: Path) -> Path:
    """As programs write an MP4 for the web; cut off, it still has its index."""
    with av.open(clip) as source, av.open(target, "w", options={"movflags": "faststart"}) as new:
        copies = {stream: new.add_stream_from_template(stream) for stream in source.streams}
        for packet in source.demux():
            if packet.dts is not None:
                packet.stream = copies[packet.stream]
                new.mux(packet)
    return target


def test_a_cut_off_file_says_how_much_is_missing(tmp_path: Path) -> None:
    whole = with_index_first(film(tmp_path / "a.mp4", steady(3)), tmp_path / "in.mp4")
    whole.write_bytes(whole.read_bytes()[: whole.stat().st_size * 7 // 10])
    frames, remarks = frames_of(whole)
    assert remarks == [
        f"in.mp4 is cut off: it has only {len(frames)} of its 90 pictures. "
        "Get the file again if you need the rest."
    ]


def test_a_song_with_a_cover_holds_no_video(tmp_path: Path) -> None:
    path = tmp_path / "song.m4a"
    with av.open(path, "w", format="mp4") as container:
        track = container.add_stream("aac", rate=48_000)
        assert isinstance(track, AudioStream)
        cover = container.add_stream("mjpeg", rate=1)
        assert isinstance(cover, VideoStream)
        cover.width, cover.height, cover.pix_fmt = 96, 64, "yuvj420p"
        cover.disposition = Disposition.attached_pic
        frame = VideoFrame.from_ndarray(flash(0), "rgb24")
        frame.pts, frame.time_base = 0, Fraction(1, 1)
        container.mux(cover.encode(frame))
        container.mux(cover.encode(None))
        sound = AudioFrame.from_ndarray(beeps(0.0, 1.0), "s16", "mono")
        sound.sample_rate = 48_000
        container.mux(track.encode(sound))
        container.mux(track.encode(None))
    with pytest.raises(SourceError, match="contains no video"):
        FileSource(path).open()


def test_a_paced_film_repeats_a_picture_that_is_shown_for_long(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "clip.mkv", greys(3), moments=[0, 40, 1640])
    frames, _ = frames_of(clip, paced=True)
    levels = [round(float(frame.pixels.mean()) / 8) for frame in frames]
    assert levels == [0, 1, 1, 1, 1, 2]
    assert frames[-1].captured_at - frames[1].captured_at == pytest.approx(1.6, abs=0.4)


def test_a_looped_film_goes_on_in_time(tmp_path: Path) -> None:
    source = FileSource(write_clip(tmp_path / "clip.mp4", greys(3)), loop=True)
    source.open()
    spans = [frame.span for _ in range(7) if (frame := source.read()) is not None]
    source.close()
    assert [span.begin for span in spans if span] == pytest.approx([n / 30 for n in range(7)])
    assert not any(span.last for span in spans if span)
