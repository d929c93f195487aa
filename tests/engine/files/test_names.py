"""File names that are free, and short enough for every file system."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.files.names import LONGEST_NAME, file_name, free_path, shown


def test_a_short_name_stays_whole() -> None:
    assert file_name("holiday", ".mp4") == "holiday.mp4"


@pytest.mark.parametrize("letter", ["a", "ü", "笔", "🖌"])
def test_a_long_name_is_cut_between_two_letters(letter: str) -> None:
    name = file_name(letter * 300, " (2).mp4")
    assert LONGEST_NAME - 4 < len(os.fsencode(name)) <= LONGEST_NAME
    assert name.removesuffix(" (2).mp4").strip(letter) == ""


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300))
def test_any_name_keeps_its_ending_and_fits(stem: str) -> None:
    name = file_name(stem, ".partial")
    assert name.endswith(".partial")
    assert len(os.fsencode(name)) <= LONGEST_NAME
    assert stem.startswith(name.removesuffix(".partial"))


def test_names_that_are_taken_are_counted_on(tmp_path: Path) -> None:
    names = []
    for _ in range(3):
        path = free_path(tmp_path, "clip", ".mp4")
        path.touch()
        names.append(path.name)
    assert names == ["clip.mp4", "clip (2).mp4", "clip (3).mp4"]


def test_a_note_stands_in_the_name_and_is_counted_too(tmp_path: Path) -> None:
    first = free_path(tmp_path, "clip", ".mp4", "recovered")
    first.touch()
    assert first.name == "clip (recovered).mp4"
    assert free_path(tmp_path, "clip", ".mp4", "recovered").name == "clip (recovered 2).mp4"


def test_a_link_to_nothing_takes_a_name_too(tmp_path: Path) -> None:
    (tmp_path / "clip.mp4").symlink_to(tmp_path / "gone")
    assert free_path(tmp_path, "clip", ".mp4").name == "clip (2).mp4"


def test_a_long_name_that_is_taken_is_cut_to_make_room_for_its_number(tmp_path: Path) -> None:
    free_path(tmp_path, "x" * 300, ".mp4").touch()
    second = free_path(tmp_path, "x" * 300, ".mp4")
    assert second.name.endswith("x (2).mp4")
    second.touch()
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("text", ["plain words", "猫\u3000and ä", "👩\u200d🎨", ""])
def test_ordinary_text_is_shown_as_it_is(text: str) -> None:
    assert shown(text) == text


def test_what_cannot_be_printed_is_replaced() -> None:
    assert shown("a\0b\nc\ud800d\u202ee") == "a�b�c�d�e"


def test_long_text_loses_its_middle() -> None:
    assert shown("a" * 50 + "b" * 50, 10) == "aaaaa…bbbbb"
