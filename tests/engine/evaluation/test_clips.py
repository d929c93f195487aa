"""The clips that models are scored on."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import SettingError, SourceError
from engine.evaluation.clips import FEWEST_FRAMES, ClipSet, Teacher
from engine.frames import Size
from tests.engine.video.clips import greys, write_clip

SIZE = Size(64, 64)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_clip(tmp_path / "walk.mp4", greys(12))
    return tmp_path


def test_videos_are_listed_by_name_and_other_files_left_out(folder: Path) -> None:
    for name in ("b.MKV", "a.webm", "notes.txt"):
        (folder / name).touch()
    clips = ClipSet.of_folder(folder, SIZE)
    assert [path.name for path in clips.paths] == ["a.webm", "b.MKV", "walk.mp4"]


def test_pictures_come_fitted_to_the_size(folder: Path) -> None:
    clips = ClipSet.of_folder(folder, SIZE)
    pictures = list(clips.frames(clips.paths[0]))
    assert [picture.shape for picture in pictures] == [(64, 64, 3)] * 12


def test_a_limit_holds_for_each_clip(folder: Path) -> None:
    clips = ClipSet.of_folder(folder, SIZE, limit=10)
    assert len(list(clips.frames(clips.paths[0]))) == 10
    assert clips.length(clips.paths[0]) == 10
    assert ClipSet.of_folder(folder, SIZE).length(clips.paths[0]) == 12


def test_fewer_frames_than_a_warm_up_are_refused(folder: Path) -> None:
    with pytest.raises(SettingError, match="9 frames per clip are too few") as caught:
        ClipSet.of_folder(folder, SIZE, limit=FEWEST_FRAMES - 1)
    assert caught.value.remedy == "Use at least 10."


def test_a_clip_that_is_too_short_is_named(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "short.mp4", greys(4))
    with pytest.raises(SourceError, match=r"short\.mp4 has only 4 frames"):
        list(ClipSet((path,), SIZE).frames(path))


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"There is no folder .*gone"):
        ClipSet.of_folder(tmp_path / "gone", SIZE)


def test_a_folder_without_videos_says_what_counts_as_one(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no videos") as caught:
        ClipSet.of_folder(tmp_path, SIZE)
    assert ".mkv, .mov, .mp4" in caught.value.remedy


@pytest.mark.parametrize("ending", [".mkv", ".mp4"])
def test_a_teachers_clip_may_be_of_another_format(tmp_path: Path, ending: str) -> None:
    taught = tmp_path / "ink" / f"walk{ending}"
    taught.parent.mkdir()
    taught.touch()
    assert Teacher(tmp_path).path("ink", Path("clips/walk.webm")) == taught


def test_what_the_teacher_lacks_is_named_with_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no ink/walk in") as caught:
        Teacher(tmp_path).path("ink", Path("walk.mkv"))
    assert "training.teacher_clips" in caught.value.remedy
