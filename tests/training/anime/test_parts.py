"""With MediaPipe, in the own environment that training/anime/README.md tells of; else skipped."""

from pathlib import Path

import numpy as np
import pytest

from training.paths import DATA
from training.sources import face_paths, read_picture

pytest.importorskip("mediapipe")
if not (DATA / "models" / "skin_clothes_hair_pan.onnx").exists():
    pytest.skip("the test data's models are not here", allow_module_level=True)

from engine.drawing.parts import CLOTHES, HAIR, REST, SKIN
from training.anime.packs import Pair, read_pack, write_pack
from training.anime.parts import label, labels_of
from training.anime.teacher import Teacher, squared


def test_a_portrait_is_told_apart() -> None:
    teacher = Teacher()
    pixels = squared(read_picture(face_paths(held_out=True)[0]), 384)
    labels = labels_of(teacher, pixels)
    (face,) = teacher.readers.faces(pixels)
    x, y = face.points[4].astype(int)
    assert labels[y, x] == SKIN
    assert labels[2, 2] == REST
    assert {SKIN, CLOTHES, HAIR, REST} == set(np.unique(labels).tolist())


def test_labels_stand_beside_their_packs_and_are_not_made_again(tmp_path: Path) -> None:
    wall = np.full((384, 384, 3), 130, np.uint8)
    packs, folder = tmp_path / "packs", tmp_path / "parts"
    packs.mkdir()
    write_pack(packs / "train-000.npz", [Pair("face-1", wall, wall, ())])
    label(packs, folder, (0, 1))
    with np.load(folder / "train-000.npz") as told:
        assert (told["labels"] == REST).mean() > 0.99
    before = (folder / "train-000.npz").stat().st_mtime_ns
    label(packs, folder, (0, 1))
    assert (folder / "train-000.npz").stat().st_mtime_ns == before
    assert len(list(read_pack(packs / "train-000.npz"))) == 1
