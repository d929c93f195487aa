import os
import time
from pathlib import Path

import av
import pytest

from engine.errors import SourceError
from engine.frames import Size
from engine.video.sources.file import FileSource
from tests.engine.video.clips import grey, greys, write_clip

CLIPS = Path(os.environ.get("LIVE2DIFF_TEST_DATA", "../shared")) / "clips"


def levels_of(source: FileSource) -> list[float]:
    source.open()
    levels = []
    while (frame := source.read()) is not None:
        levels.append(float(frame.pixels.mean()))
    source.close()
    return levels


def test_every_frame_of_a_file_is_read_in_order(tmp_path: Path) -> None:
    levels = levels_of(FileSource(write_clip(tmp_path / "clip.mp4", greys(20))))
    assert levels == pytest.approx([8 * n for n in range(20)], abs=3)


def test_a_file_says_its_size_rate_and_length(tmp_path: Path) -> None:
    source = FileSource(write_clip(tmp_path / "clip.mp4", greys(12), fps=24))
    source.open()
    assert (source.size, source.fps, source.frames) == (Size(96, 64), 24.0, 12)
    source.close()


def test_time_stamps_rounded_to_milliseconds_do_not_bend_the_rate(tmp_path: Path) -> None:
    source = FileSource(write_clip(tmp_path / "clip.mkv", greys(12), fps=24))
    source.open()
    assert source.fps == 24.0
    source.close()


def test_a_looped_file_begins_again(tmp_path: Path) -> None:
    source = FileSource(write_clip(tmp_path / "clip.mp4", greys(3)), loop=True)
    source.open()
    frames = [frame for _ in range(7) if (frame := source.read()) is not None]
    assert [frame.number for frame in frames] == list(range(7))
    assert frames[6].pixels.mean() == pytest.approx(frames[0].pixels.mean(), abs=3)
    source.close()


def test_a_paced_file_plays_at_its_own_changing_rate(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "clip.mkv", greys(4), moments=[0, 20, 220, 240])
    source = FileSource(clip, paced=True)
    source.open()
    times = [frame.captured_at for _ in range(4) if (frame := source.read()) is not None]
    assert times[1] - times[0] < 0.15 < times[2] - times[1] < 2.0
    source.close()


@pytest.mark.parametrize(("rotation", "bright_row"), [(90, -8), (-90, 8)])
def test_a_file_filmed_upright_is_shown_upright(
    tmp_path: Path, rotation: int, bright_row: int
) -> None:
    picture = grey(0)
    picture[:, :48] = 255
    source = FileSource(write_clip(tmp_path / "c.mp4", [picture], rotation=rotation))
    source.open()
    frame = source.read()
    source.close()
    assert frame is not None
    assert source.size == Size(64, 96)
    assert frame.pixels[bright_row].mean() > 200
    assert frame.pixels[-bright_row].mean() < 50


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("missing.mp4", None, "There is no file"),
        ("empty.mp4", b"", "It is empty, damaged or not a video"),
        ("text.mp4", b"no video at all" * 999, "It is empty, damaged or not a video"),
    ],
)
def test_what_is_no_video_is_refused_in_words(
    tmp_path: Path, name: str, data: bytes | None, said: str
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(SourceError, match=said):
        FileSource(tmp_path / name).open()


def test_a_file_of_sound_alone_is_refused(tmp_path: Path) -> None:
    with av.open(tmp_path / "sound.wav", "w") as container:
        container.add_stream("pcm_s16le", rate=48_000).layout = "mono"
        container.start_encoding()
    with pytest.raises(SourceError, match="cannot be played"):
        FileSource(tmp_path / "sound.wav").open()


def test_a_file_cut_off_in_the_middle_gives_what_it_has(tmp_path: Path) -> None:
    whole = write_clip(tmp_path / "clip.mkv", greys(30), sound="pcm_s16le").read_bytes()
    (tmp_path / "cut.mkv").write_bytes(whole[: len(whole) // 2])
    assert 0 < len(levels_of(FileSource(tmp_path / "cut.mkv"))) <= 30


@pytest.mark.skipif(not CLIPS.is_dir(), reason="the clips of the test data are not here")
def test_a_real_webcam_clip_is_read_whole() -> None:
    began = time.monotonic()
    assert len(levels_of(FileSource(CLIPS / "learn.mkv"))) == 61
    assert time.monotonic() - began < 20
