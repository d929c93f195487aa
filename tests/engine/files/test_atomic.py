from pathlib import Path

import pytest

from engine.files.atomic import write_text, written_whole


def test_a_file_is_written_and_its_folder_made(tmp_path: Path) -> None:
    write_text(tmp_path / "a" / "b.json", "{}")
    assert (tmp_path / "a" / "b.json").read_text() == "{}"
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b.json"]


def test_an_error_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "kept.txt"
    target.write_text("old")

    def half() -> None:
        with written_whole(target) as partial:
            partial.write_text("ne")
            raise OSError("no space left")

    with pytest.raises(OSError, match="no space left"):
        half()
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_two_writers_do_not_meet(tmp_path: Path) -> None:
    target = tmp_path / "both.txt"
    with written_whole(target) as first, written_whole(target) as second:
        first.write_text("first")
        second.write_text("second")
    assert target.read_text() == "first"


def test_a_new_file_has_the_rights_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    write_text(tmp_path / "whole", "x")
    assert (tmp_path / "whole").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_writer_that_judges_by_the_name_gets_its_ending(tmp_path: Path) -> None:
    with written_whole(tmp_path / "engine.ep", suffix=".ep") as partial:
        assert partial.suffix == ".ep"
        partial.touch()
    assert [path.name for path in tmp_path.iterdir()] == ["engine.ep"]
