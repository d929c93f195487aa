import os
import stat
from pathlib import Path

import av
import pytest

from engine.errors import SinkError
from engine.files.names import file_name, free_path
from engine.frames import Size
from engine.video.sinks.file import FileSink
from engine.video.sinks.unfinished_file import UnfinishedFile, stem_of_unfinished
from tests.engine.video.clips import PROVENANCE, contents, grey, greys, restyle, styled, write_clip

ANY_SUFFIX = pytest.mark.parametrize("suffix", [".mp4", ".m4v", ".mov", ".mkv"])


def begun(target: Path, count: int = 1) -> FileSink:
    sink = FileSink(target, PROVENANCE)
    sink.open(Size(96, 64), 30.0)
    for number in range(count):
        sink.send(styled(grey(number % 256)))
    return sink


@ANY_SUFFIX
def test_a_file_can_be_played_while_it_is_written(tmp_path: Path, suffix: str) -> None:
    sink = begun(tmp_path / f"clip{suffix}", 90)
    unfinished = tmp_path / f"clip.unfinished{suffix}"
    assert len(contents(unfinished).levels) >= 90 - 30
    sink.abort()


@ANY_SUFFIX
def test_sound_and_pictures_both_reach_the_file_as_they_come(tmp_path: Path, suffix: str) -> None:
    clip = write_clip(tmp_path / "clip.mp4", greys(90), sound="aac")
    sink = FileSink(tmp_path / f"out{suffix}", PROVENANCE, audio=clip)
    sink.open(Size(96, 64), 30.0)
    for _ in range(75):
        sink.send(styled(grey(0)))
    so_far = contents(tmp_path / f"out.unfinished{suffix}")
    assert so_far.video_seconds >= 1.5
    assert so_far.sound_seconds == pytest.approx(so_far.video_seconds, abs=0.2)
    sink.abort()


@pytest.mark.parametrize("delayed", [0.0, 1.5])
def test_sound_that_ends_early_or_begins_late_holds_no_picture_back(
    tmp_path: Path, delayed: float
) -> None:
    clip = write_clip(tmp_path / "clip.mp4", greys(12), sound="aac", sound_from=delayed)
    sink = FileSink(tmp_path / "out.mp4", PROVENANCE, audio=clip)
    sink.open(Size(96, 64), 30.0)
    for _ in range(90):
        sink.send(styled(grey(0)))
    assert len(contents(tmp_path / "out.unfinished.mp4").levels) >= 60
    sink.abort()


def test_an_mp4_is_an_ordinary_one_when_it_is_complete(tmp_path: Path) -> None:
    begun(tmp_path / "clip.mp4", 40).close()
    with av.open(tmp_path / "clip.mp4") as container:
        assert container.streams.video[0].frames == 40
    assert len(contents(tmp_path / "clip.mp4").levels) == 40


def test_a_video_is_its_owners_alone_to_read(tmp_path: Path) -> None:
    begun(tmp_path / "clip.mp4").close()
    assert stat.S_IMODE((tmp_path / "clip.mp4").stat().st_mode) == 0o600


def test_two_runs_to_one_target_lose_neither_film(tmp_path: Path) -> None:
    first, second = begun(tmp_path / "clip.mp4", 3), begun(tmp_path / "clip.mp4", 5)
    first.close()
    second.close()
    assert first.path == tmp_path / "clip.mp4"
    assert second.path == tmp_path / "clip (2).mp4"
    assert [len(contents(sink.path).levels) for sink in (first, second)] == [3, 5]


def test_what_somebody_puts_at_the_target_meanwhile_stays(tmp_path: Path) -> None:
    target = tmp_path / "clip.mp4"
    target.write_bytes(b"older")
    sink = begun(target)
    target.write_bytes(b"somebody's own film")
    sink.close()
    assert target.read_bytes() == b"somebody's own film"
    assert len(contents(sink.path).levels) == 1


def test_a_target_that_is_deleted_meanwhile_is_written_all_the_same(tmp_path: Path) -> None:
    target = tmp_path / "clip.mp4"
    target.write_bytes(b"older")
    sink = begun(target)
    target.unlink()
    sink.close()
    assert sink.path == target
    assert len(contents(target).levels) == 1


def test_a_link_as_target_is_followed(tmp_path: Path) -> None:
    (tmp_path / "link.mp4").symlink_to(tmp_path / "film.mp4")
    (tmp_path / "film.mp4").write_bytes(b"older")
    begun(tmp_path / "link.mp4").close()
    assert (tmp_path / "link.mp4").is_symlink()
    assert len(contents(tmp_path / "film.mp4").levels) == 1


@pytest.mark.parametrize("name", ["clip.mp4.partial", "clip.unfinished.mp4", ".clip.mp4"])
def test_an_input_of_any_name_survives_the_writing(tmp_path: Path, name: str) -> None:
    write_clip(tmp_path / "clip.mkv", greys(3)).rename(tmp_path / name)
    before = (tmp_path / name).read_bytes()
    restyle(tmp_path / name, tmp_path / "clip.mp4")
    assert (tmp_path / name).read_bytes() == before
    assert len(contents(tmp_path / "clip.mp4").levels) == 3


def test_a_folder_that_vanishes_is_said(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    sink = begun(tmp_path / "folder" / "clip.mp4", 90)
    for path in (tmp_path / "folder").iterdir():
        path.unlink()
    (tmp_path / "folder").rmdir()
    with pytest.raises(SinkError, match="could not be written"):
        sink.close()


def test_a_folder_that_may_not_be_written_is_said_before_the_first_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(SinkError, match="not allowed to write"):
        FileSink(tmp_path / "clip.mp4", PROVENANCE).open(Size(96, 64), 30.0)


def test_nothing_is_written_after_a_write_that_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = UnfinishedFile(tmp_path / "clip.mp4")
    file.write(bytes(100))
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", lambda *_: (_ for _ in ()).throw(OSError(28, "full")))
        with pytest.raises(OSError, match="full"):
            file.write(bytes(100))
    file.write(bytes(100))
    with pytest.raises(OSError, match="full"):
        file.finish()
    kept = file.keep()
    assert kept is not None
    assert kept.stat().st_size == 100


def test_a_name_of_the_greatest_length_is_written(tmp_path: Path) -> None:
    target = tmp_path / ("影" * 83 + ".mp4")
    begun(target).close()
    assert len(contents(target).levels) == 1


def test_names_are_cut_between_letters() -> None:
    assert file_name("影" * 90, ".mp4") == "影" * 83 + ".mp4"


def test_a_free_path_counts_on(tmp_path: Path) -> None:
    assert free_path(tmp_path, "a", ".mp4", "recovered").name == "a (recovered).mp4"
    (tmp_path / "a (recovered).mp4").touch()
    assert free_path(tmp_path, "a", ".mp4", "recovered").name == "a (recovered 2).mp4"


@pytest.mark.parametrize(
    ("name", "stem"),
    [("a.unfinished.mp4", "a"), ("a.unfinished-2.mkv", "a"), ("a.mp4", None), ("a.b.mp4", None)],
)
def test_an_unfinished_file_is_known_by_its_name(name: str, stem: str | None) -> None:
    assert stem_of_unfinished(Path(name)) == stem
