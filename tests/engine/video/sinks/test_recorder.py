import threading
import time
from dataclasses import replace
from pathlib import Path

import av
import pytest

from engine.errors import SinkError
from engine.frames import Size
from engine.video.sinks.recorder import QUEUE_LENGTH, Recorder
from engine.video.sinks.video_encoder import VideoWriter
from tests.engine.video.clips import PROVENANCE, contents, grey, styled

SIZE = Size(96, 64)


def decodable(path: Path) -> int:
    """How many pictures a file has, which may be about to get its first bytes."""
    try:
        return len(contents(path).levels)
    except (av.FFmpegError, OSError, IndexError):
        return 0


def test_a_recording_runs_at_the_speed_of_life(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "out.mp4", PROVENANCE)
    recorder.open(SIZE, 30.0)
    for number, moment in enumerate([100.0, 100.1, 100.15, 102.0]):
        recorder.send(styled(grey(60 * number), number, moment))
    recorder.close()
    written = contents(tmp_path / "out.mp4")
    assert written.levels == pytest.approx([0, 60, 120, 180], abs=4)
    assert written.video_seconds == pytest.approx(2.0, abs=0.1)


def test_frames_of_one_moment_are_all_kept(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "out.mkv", PROVENANCE)
    recorder.open(SIZE, 30.0)
    for number in range(8):
        recorder.send(styled(grey(20 * number), number, 5.0))
    recorder.close()
    assert len(contents(tmp_path / "out.mkv").levels) == 8


def test_a_slow_disk_costs_frames_and_never_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk, write = threading.Event(), VideoWriter.write

    def slow_write(*args: object) -> None:
        disk.wait(10)
        write(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(VideoWriter, "write", slow_write)
    recorder = Recorder(tmp_path / "out.mp4", PROVENANCE)
    recorder.open(SIZE, 30.0)
    began = time.monotonic()
    for number in range(3 * QUEUE_LENGTH):
        recorder.send(styled(grey(0), number, number / 30))
    assert time.monotonic() - began < 0.5
    disk.set()
    recorder.close()
    assert recorder.dropped in (2 * QUEUE_LENGTH - 1, 2 * QUEUE_LENGTH)
    assert len(contents(tmp_path / "out.mp4").levels) == 3 * QUEUE_LENGTH - recorder.dropped


def test_a_failing_disk_is_told_to_the_sender(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise SinkError("The disk is full.", "Free some space.")

    monkeypatch.setattr(VideoWriter, "write", fail)
    recorder = Recorder(tmp_path / "out.mp4", PROVENANCE)
    recorder.open(SIZE, 30.0)
    recorder.send(styled(grey(0)))
    with pytest.raises(SinkError, match="The disk is full"):
        recorder.close()
    recorder.abort()
    assert list(tmp_path.iterdir()) == [] or not (tmp_path / "out.mp4.partial").exists()


def test_a_change_of_size_ends_the_recording_but_keeps_it(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "out.mp4", PROVENANCE)
    recorder.open(SIZE, 30.0)
    recorder.send(styled(grey(0), 0, 1.0))
    recorder.send(styled(grey(0, 64, 64), 1, 1.1))
    with pytest.raises(SinkError, match="size changed from 96x64 to 64x64"):
        recorder.close()
    assert len(contents(tmp_path / "out.mp4").levels) == 1


def test_an_abandoned_recording_leaves_neither_file_nor_thread(tmp_path: Path) -> None:
    before = threading.active_count()
    recorder = Recorder(tmp_path / "out.mp4", PROVENANCE)
    recorder.open(SIZE, 30.0)
    recorder.send(styled(grey(0)))
    recorder.abort()
    assert threading.active_count() == before
    assert list(tmp_path.iterdir()) == []


def test_a_recording_that_never_began_closes_in_peace(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "out.mp4", PROVENANCE)
    recorder.close()
    recorder.abort()


def test_a_recording_pauses_while_the_original_is_on_air(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "out.mp4", PROVENANCE)
    recorder.open(SIZE, 30.0)
    for number in range(10):
        recorder.send(styled(grey(50), number, number * 0.1))
    for number in range(10, 60):
        recorder.send(replace(styled(grey(250), number, number * 0.1), original=True))
    for number in range(60, 70):
        recorder.send(styled(grey(100), number, number * 0.1))
    recorder.close()
    written = contents(tmp_path / "out.mp4")
    assert written.levels == pytest.approx([50] * 10 + [100] * 10, abs=4)
    assert written.video_seconds == pytest.approx(2.0, abs=0.1)


def test_a_recording_of_originals_alone_is_not_kept(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "out.mp4", PROVENANCE)
    recorder.open(SIZE, 30.0)
    recorder.send(replace(styled(grey(250)), original=True))
    recorder.close()
    assert list(tmp_path.iterdir()) == []


def test_a_recording_at_any_rate_can_be_played_as_it_goes(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "out.mp4", PROVENANCE)
    recorder.open(SIZE, 30.0)
    for number in range(12):
        recorder.send(styled(grey(20 * number), number, number * 0.5))
    unfinished, until = tmp_path / "out.unfinished.mp4", time.monotonic() + 10
    while time.monotonic() < until and decodable(unfinished) < 11:
        time.sleep(0.05)
    assert decodable(unfinished) >= 11
    recorder.abort()


def test_it_knows_its_length_and_whether_its_pictures_bear_the_mark(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "out.mp4", PROVENANCE)
    recorder.open(SIZE, 30.0)
    assert (recorder.seconds, recorder.marked) == (0.0, False)
    recorder.send(styled(grey(60), 0, 100.0))
    recorder.send(replace(styled(grey(60), 1, 101.0), original=True, marked=False))
    recorder.send(replace(styled(grey(60), 2, 103.0), marked=True))
    assert recorder.seconds == pytest.approx(1.0)  # without the pause
    recorder.close()
    assert recorder.marked
