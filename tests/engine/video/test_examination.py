"""Videos of strangers are looked at in a child first."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engine.errors import SourceError
from engine.files.sandbox import Work
from engine.video import examination
from engine.video.examination import examine
from engine.video.sources.file import FileSource
from tests.engine.video.clips import greys, write_clip


def greedy(_: Path) -> str:
    """As a parser that was led astray."""
    return str(len(bytearray(8 << 30)))


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files for which a child was started."""
    started: list[Path] = []
    real = examination.run_bounded

    def run(work: Work, path: Path, *, seconds: int, megabytes: int) -> str:
        started.append(path)
        return real(work, path, seconds=seconds, megabytes=megabytes)

    monkeypatch.setattr(examination, "run_bounded", run)
    monkeypatch.setattr(examination, "_seen", set())
    return started


def test_a_video_is_looked_at_once_before_it_is_opened(tmp_path: Path, runs: list[Path]) -> None:
    clip = write_clip(tmp_path / "clip.mp4", greys(12))
    for _ in range(2):
        source = FileSource(clip)
        source.open()
        assert source.read() is not None
        source.close()
    assert runs == [clip]


def test_one_that_has_changed_is_looked_at_again(tmp_path: Path, runs: list[Path]) -> None:
    clip = write_clip(tmp_path / "clip.mp4", greys(12))
    examine(clip)
    os.utime(clip, ns=(1, 1))
    examine(clip)
    assert len(runs) == 2


def test_one_that_takes_too_much_is_told_before_it_is_opened(
    tmp_path: Path, runs: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examination, "look", greedy)
    clip = write_clip(tmp_path / "clip.mp4", greys(12))
    with pytest.raises(SourceError, match="too much memory or time") as caught:
        FileSource(clip).open()
    assert caught.value.remedy == "Choose another video file."


def test_what_is_no_video_is_told_by_whoever_opens_it(tmp_path: Path, runs: list[Path]) -> None:
    path = tmp_path / "no.mp4"
    path.write_bytes(b"no video")
    examine(path)
    assert runs == [path]
    examine(tmp_path / "missing.mp4")
    assert runs == [path]
