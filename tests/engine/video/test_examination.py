"""Videos of strangers are looked at in a child first."""

from __future__ import annotations

import os
from pathlib import Path

import av
import pytest
from av.packet import Packet
from av.stream import Stream
from av.video.stream import VideoStream

from engine.errors import SourceError
from engine.files.sandbox import Work, run_bounded
from engine.video import examination
from engine.video.examination import examine, look
from engine.video.sources.file import FileSource
from tests.engine.video.clips import grey, greys, write_clip


def greedy(_: Path) -> str:
    """As a parser that was led astray."""
    return str(len(bytearray(8 << 30)))


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files for which a child was started."""
    started: list[Path] = []

    def run(work: Work, path: Path, *, seconds: int, megabytes: int) -> str:
        started.append(path)
        return run_bounded(work, path, seconds=seconds, megabytes=megabytes)

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


@pytest.mark.parametrize("name", ["clip.mp4", "12:30 call.mp4", "50%d.mp4"])
def test_its_beginning_is_decoded_whatever_its_name(tmp_path: Path, name: str) -> None:
    clip = write_clip(tmp_path / "clip.mp4", greys(12)).rename(tmp_path / name)
    assert run_bounded(look, clip, seconds=20, megabytes=2048) == "12"


def test_no_more_of_a_long_film_is_decoded_than_its_beginning(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "clip.mp4", greys(60))
    assert run_bounded(look, clip, seconds=20, megabytes=2048) == "16"


def test_what_comes_behind_damage_is_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "damaged.mov"
    with av.open(path, "w") as container:
        video = container.add_stream("png", rate=5)
        video.width, video.height, video.pix_fmt = 96, 64, "rgb24"
        for number in range(6):
            frame = av.VideoFrame.from_ndarray(grey(40 * number), "rgb24")
            for packet in video.encode(frame):
                container.mux(packet if number else damaged(packet))
    assert run_bounded(look, path, seconds=20, megabytes=2048) == "5"


def damaged(packet: Packet[VideoStream]) -> Packet[Stream]:
    """One that no decoder takes, at the same time."""
    broken = Packet(b"damaged" * 10)
    broken.stream, broken.time_base = packet.stream, packet.time_base
    broken.pts, broken.dts = packet.pts, packet.dts
    return broken
