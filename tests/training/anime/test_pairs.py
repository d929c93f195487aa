"""With MediaPipe, in the own environment that training/anime/README.md tells of; else skipped."""

from pathlib import Path

import numpy as np
import pytest
from numpy.random import default_rng

from engine.drawing.looks import ANIME, Look
from training.anime.packs import Pair, read_pack

pytest.importorskip("mediapipe")

from training.anime import pairs
from training.anime.pairs import Job, altered, draw_packs, jobs, placed
from training.anime.teacher import Teacher


class NoTeacher:
    """Reads nothing: the jobs of these tests need no teacher."""


def counting(number: int, drawn: list[int]) -> Job:
    def draw(_teacher: Teacher, _look: Look) -> list[Pair]:
        drawn.append(number)
        picture = np.full((32, 32, 3), number, np.uint8)
        return [Pair(f"{number}", picture, picture, ())]

    return Job(f"{number}", draw)


def names(folder: Path) -> list[str]:
    return [pair.name for path in sorted(folder.glob("*.npz")) for pair in read_pack(path)]


def test_packs_go_on_where_they_were_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "Teacher", NoTeacher)
    monkeypatch.setattr(pairs, "PER_PACK", 2)
    drawn: list[int] = []
    todo = [counting(i, drawn) for i in range(6)]
    draw_packs(tmp_path, "train", todo[:4], ANIME, 10**9)
    draw_packs(tmp_path, "train", todo, ANIME, 10**9)
    assert drawn == list(range(6))
    assert names(tmp_path) == [str(i) for i in range(6)]


def test_packs_stop_before_their_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "Teacher", NoTeacher)
    monkeypatch.setattr(pairs, "PER_PACK", 2)
    drawn: list[int] = []
    todo = [counting(i, drawn) for i in range(9)]
    draw_packs(tmp_path, "train", todo, ANIME, 2_000_000)
    draw_packs(tmp_path, "train", todo, ANIME, 2_000_000)  # started again, it is full still
    assert len(drawn) == 2


def test_what_cannot_be_drawn_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "Teacher", NoTeacher)

    def fail(_teacher: Teacher, _look: Look) -> list[Pair]:
        raise ValueError("no picture that can be read")

    draw_packs(tmp_path, "train", [Job("bad", fail), counting(1, [])], ANIME, 10**9)
    assert names(tmp_path) == ["1"]


def test_an_altered_copy_tells_where_everything_went() -> None:
    picture = np.full((256, 256, 3), 40, np.uint8)
    picture[100:104, 150:154] = 250
    for seed in range(5):
        copy, matrix = altered(picture, default_rng(seed))
        x, y = matrix[:, :2] @ (151.5, 101.5) + matrix[:, 2]
        around = copy[int(y) - 3 : int(y) + 4, int(x) - 3 : int(x) + 4]
        assert around.max() > 1.6 * np.median(copy)


def test_a_cut_out_stands_on_the_lower_edge() -> None:
    front, ground = np.full((64, 64, 3), 200, np.uint8), np.zeros((64, 64, 3), np.uint8)
    scene, matrix = placed(ground, front, np.ones((64, 64), np.float32), 0.5, 0.25)
    assert scene[60, 32].min() > 190
    assert scene[20].max() == 0
    assert np.allclose(matrix[:, :2] @ (0, 64) + matrix[:, 2], (16, 65))


def test_clips_are_spread_among_the_portraits() -> None:
    found = [job.name.split("-")[0] for job in jobs(held_out=False)]
    if len(found) < 100:
        pytest.skip("the portraits are not here")
    first = found[: len(found) // 3]
    assert 0 < first.count("near") + first.count("whole") < len(first) / 5
