"""Drawn clips lie where `evaluate` looks for them, frame for frame and to the bit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest

from engine.drawing.looks import ANIME, MANGA, Look
from engine.evaluation.clips import Teacher as TeacherFolder
from engine.frames import Pixels
from tests.engine.video.clips import greys, write_clip
from training.anime.clips import render, write_lossless
from training.sources import read_clip

if TYPE_CHECKING:
    from training.anime.teacher import Teacher


class Negative:
    """A teacher that draws negatives; over a clip, those of its first frame."""

    def still(self, pixels: Pixels, look: Look) -> SimpleNamespace:
        return SimpleNamespace(picture=255 - pixels, look=look)

    def clip(self, frames: Sequence[Pixels], look: Look) -> Iterator[SimpleNamespace]:
        return (self.still(frames[0], look) for _ in frames)


@pytest.fixture
def teacher() -> Teacher:
    return cast("Teacher", Negative())


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    return write_clip(tmp_path / "walk.mkv", greys(4))


@pytest.mark.parametrize("look", [ANIME, MANGA])
def test_evaluate_finds_the_drawing_of_each_frame(
    teacher: Teacher, clip: Path, tmp_path: Path, look: Look
) -> None:
    render(teacher, look, [clip], tmp_path / "taught", side=64, frames=3)
    found = read_clip(TeacherFolder(tmp_path / "taught").path(look.name.lower(), clip))
    sources = read_clip(clip)[:3]
    assert [picture.shape for picture in found] == [(64, 64, 3)] * 3
    for source, picture in zip(sources, found, strict=True):
        assert np.abs(255 - source.mean(axis=(0, 1)) - picture.mean(axis=(0, 1))).max() < 1.0


def test_a_held_clip_is_drawn_as_one(teacher: Teacher, clip: Path, tmp_path: Path) -> None:
    render(teacher, ANIME, [clip], tmp_path, side=64, held=True)
    first, *others = read_clip(tmp_path / "anime" / "walk.mkv")
    assert all(np.array_equal(first, other) for other in others)


def test_what_is_there_is_not_drawn_again(teacher: Teacher, clip: Path, tmp_path: Path) -> None:
    (tmp_path / "anime").mkdir()
    (tmp_path / "anime" / "walk.mkv").write_bytes(b"drawn before")
    render(teacher, ANIME, [clip], tmp_path)
    assert (tmp_path / "anime" / "walk.mkv").read_bytes() == b"drawn before"


def test_pictures_come_back_to_the_bit(tmp_path: Path) -> None:
    random = np.random.default_rng(0)
    pictures = [random.integers(0, 256, (48, 48, 3), np.uint8) for _ in range(3)]
    write_lossless(tmp_path / "a.mkv", pictures, 48)
    found = read_clip(tmp_path / "a.mkv")
    assert all(np.array_equal(a, b) for a, b in zip(pictures, found, strict=True))


def test_a_drawing_that_fails_leaves_no_file(tmp_path: Path) -> None:
    def failing() -> Iterator[Pixels]:
        yield np.zeros((48, 48, 3), np.uint8)
        raise ValueError("the reader failed")

    with pytest.raises(ValueError, match="reader failed"):
        write_lossless(tmp_path / "a.mkv", failing(), 48)
    assert list(tmp_path.iterdir()) == []
