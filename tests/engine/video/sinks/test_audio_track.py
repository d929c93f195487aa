from pathlib import Path

import pytest

from tests.engine.video.clips import contents, greys, restyle, write_clip


@pytest.mark.parametrize(
    ("codec", "source", "target", "expected"),
    [
        ("aac", "clip.mp4", "out.mp4", "aac"),
        ("libopus", "clip.mkv", "out.mp4", "opus"),
        ("pcm_s16le", "clip.mkv", "out.mp4", "aac"),
        ("flac", "clip.mkv", "out.mkv", "flac"),
        ("mp3", "clip.avi", "out.mov", "mp3"),
    ],
)
def test_the_sound_is_kept(
    tmp_path: Path, codec: str, source: str, target: str, expected: str
) -> None:
    clip = write_clip(tmp_path / source, greys(30), sound=codec)
    restyle(clip, tmp_path / target, audio=clip)
    written = contents(tmp_path / target)
    assert written.sound_codec == expected
    assert written.sound_seconds == pytest.approx(1.0, abs=0.1)
    assert written.sound_level == pytest.approx(contents(clip).sound_level, rel=0.1)


def test_the_sound_ends_with_the_pictures(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "clip.mp4", greys(30), sound="aac")
    restyle(clip, tmp_path / "out.mp4", frames=15, audio=clip)
    assert contents(tmp_path / "out.mp4").sound_seconds == pytest.approx(0.5, abs=0.1)


def test_a_silent_input_gives_a_silent_output(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "clip.mp4", greys(3))
    restyle(clip, tmp_path / "out.mp4", audio=clip)
    assert contents(tmp_path / "out.mp4").sound_codec is None
