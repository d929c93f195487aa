"""Clips as the teachers style them, and how near a picture is to its teacher's."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.frames import Size
from tests.engine.video.clips import grey, greys, write_clip
from training import teacher_clips
from training.render import square
from training.report import psnr
from training.sources import read_clip
from training.teacher_clips import Order, render
from training.teachers import TEACHERS


@pytest.fixture
def order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Order:
    """One clip of three frames, and two of the teachers."""
    monkeypatch.setattr(teacher_clips, "TEACHERS", TEACHERS[4:6])
    return Order((write_clip(tmp_path / "walk.mkv", greys(3)),), Size(64, 64), frames=2)


def test_each_style_gets_a_clip_of_the_size_and_length_ordered(
    order: Order, tmp_path: Path
) -> None:
    render(order, tmp_path / "taught")
    for teacher in TEACHERS[4:6]:
        frames = read_clip(tmp_path / "taught" / teacher.name / "walk.mkv")
        assert [frame.shape for frame in frames] == [(64, 64, 3)] * 2


def test_a_taught_clip_is_the_teachers_picture_to_the_bit(order: Order, tmp_path: Path) -> None:
    render(order, tmp_path / "taught")
    source = [frame[:, 16:80] for frame in read_clip(order.clips[0])[:2]]
    taught = read_clip(tmp_path / "taught" / TEACHERS[5].name / "walk.mkv")
    for before, after in zip(source, taught, strict=True):
        assert np.abs(TEACHERS[5](before).astype(int) - after).max() <= 1


def test_a_clip_that_is_there_is_not_made_again(order: Order, tmp_path: Path) -> None:
    path = tmp_path / "taught" / TEACHERS[4].name / "walk.mkv"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"made before")
    render(order, tmp_path / "taught")
    assert path.read_bytes() == b"made before"


def test_what_is_said_on_the_command_line_is_what_is_ordered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ordered: list[tuple[Order, Path]] = []
    monkeypatch.setattr(teacher_clips, "render", lambda order, out: ordered.append((order, out)))
    (tmp_path / "clips").mkdir()
    (tmp_path / "clips" / "a.mkv").touch()
    words = ["--out", str(tmp_path), "--clips", str(tmp_path / "clips"), "--size", "256x192"]
    monkeypatch.setattr("sys.argv", ["teacher_clips", *words, "--frames", "9"])
    teacher_clips.main()
    assert ordered == [(Order((tmp_path / "clips" / "a.mkv",), Size(256, 192), 9), tmp_path)]


@pytest.mark.parametrize(("off", "decibels"), [(1, 48.13), (16, 24.05), (255, 0.0)])
def test_the_figure_of_nearness_is_in_decibels(off: int, decibels: float) -> None:
    assert psnr(grey(off), grey(0)) == pytest.approx(decibels, abs=0.01)


def test_the_middle_of_a_picture_is_square() -> None:
    wide = np.concatenate([grey(10, 32), grey(90, 64), grey(10, 32)], axis=1)
    assert square(wide, 64).shape == (64, 64, 3)
    assert (square(wide, 64) == 90).all()
