import shutil
from pathlib import Path

import pytest

from engine.frames import Size
from engine.video.sinks.file import FileSink
from engine.video.sinks.recovery import recover_unfinished
from tests.engine.video.clips import PROVENANCE, contents, grey, greys, styled, write_clip

ANY_SUFFIX = pytest.mark.parametrize("suffix", [".mp4", ".mov", ".mkv"])


def leftover(folder: Path, suffix: str = ".mp4", *, pictures: int = 60) -> Path:
    """What a killed program leaves: a copy of a file that is being written."""
    sink = FileSink(folder / f"made{suffix}", PROVENANCE)
    sink.open(Size(96, 64), 30.0)
    for number in range(60):
        sink.send(styled(grey(number)))
    path = folder / f"clip.unfinished{suffix}"
    shutil.copy(folder / f"made.unfinished{suffix}", path)
    sink.abort()
    if not pictures:
        cut_before_first_picture(path)
    return path


def cut_before_first_picture(path: Path) -> None:
    data = path.read_bytes()
    first = data.index(b"\x1f\x43\xb6\x75") if path.suffix == ".mkv" else data.index(b"moof") - 4
    path.write_bytes(data[:first])


@ANY_SUFFIX
def test_a_leftover_gets_a_finished_name(tmp_path: Path, suffix: str) -> None:
    leftover(tmp_path, suffix)
    assert recover_unfinished(tmp_path) == [tmp_path / f"clip (recovered){suffix}"]
    assert [path.name for path in tmp_path.iterdir()] == [f"clip (recovered){suffix}"]
    assert len(contents(tmp_path / f"clip (recovered){suffix}").levels) >= 30


@ANY_SUFFIX
def test_a_leftover_without_a_picture_is_removed(tmp_path: Path, suffix: str) -> None:
    leftover(tmp_path, suffix, pictures=0)
    assert recover_unfinished(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_being_written_is_left_alone(tmp_path: Path) -> None:
    sink = FileSink(tmp_path / "clip.mp4", PROVENANCE)
    sink.open(Size(96, 64), 30.0)
    for number in range(60):
        sink.send(styled(grey(number)))
    assert recover_unfinished(tmp_path) == []
    sink.close()
    assert [path.name for path in tmp_path.iterdir()] == ["clip.mp4"]


def test_a_film_of_the_users_with_such_a_name_is_left_alone(tmp_path: Path) -> None:
    write_clip(tmp_path / "theirs.mp4", greys(3)).rename(tmp_path / "theirs.unfinished.mp4")
    (tmp_path / "notes.unfinished.mp4").write_text("no film at all")
    (tmp_path / "empty.unfinished.mkv").touch()
    recover_unfinished(tmp_path)
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"theirs.unfinished.mp4", "notes.unfinished.mp4", "empty.unfinished.mkv"}


@ANY_SUFFIX
def test_a_complete_film_of_ours_that_somebody_renamed_is_left_alone(
    tmp_path: Path, suffix: str
) -> None:
    sink = FileSink(tmp_path / f"made{suffix}", PROVENANCE)
    sink.open(Size(96, 64), 30.0)
    sink.send(styled(grey(0)))
    sink.close()
    renamed = (tmp_path / f"made{suffix}").rename(tmp_path / f"mine.unfinished{suffix}")
    assert recover_unfinished(tmp_path) == []
    assert renamed.exists()


def test_the_input_of_a_run_is_left_alone(tmp_path: Path) -> None:
    path = leftover(tmp_path)
    assert recover_unfinished(tmp_path, spare=[path]) == []
    assert path.exists()


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert recover_unfinished(tmp_path / "nowhere") == []
