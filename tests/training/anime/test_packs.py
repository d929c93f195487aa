from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.drawing.landmarks import Face
from engine.drawing.palette import decided
from tests.engine.drawing.seen import BROWN
from tests.training.anime.test_palette import BLUE
from training.anime.packs import SHAPES, Pair, pair_face, read_pack, write_pack


def picture(tone: int) -> np.ndarray:
    y, x = np.mgrid[0:96, 0:96]
    return np.stack([x + tone, y + tone, np.full_like(x, tone)], 2).astype(np.uint8)


@pytest.fixture
def pairs(face: Face) -> list[Pair]:
    faces = tuple(pair_face(face, decided([seen]), 0.375) for seen in (BLUE, BROWN))
    return [
        Pair("alone", picture(20), picture(90), faces[:1]),
        Pair("nobody", picture(40), picture(60), ()),
        Pair("two", picture(30), picture(80), faces),
    ]


def test_a_pack_gives_back_what_was_put_in(pairs: list[Pair], tmp_path: Path) -> None:
    size = write_pack(tmp_path / "train-000.npz", pairs)
    again = list(read_pack(tmp_path / "train-000.npz"))
    assert size == (tmp_path / "train-000.npz").stat().st_size
    for before, after in zip(pairs, again, strict=True):
        assert (after.name, len(after.faces)) == (before.name, len(before.faces))
        assert np.abs(after.source.astype(int) - before.source).mean() < 3
        assert np.abs(after.drawing.astype(int) - before.drawing).mean() < 3


def test_points_and_palettes_keep_their_order(pairs: list[Pair], tmp_path: Path) -> None:
    write_pack(tmp_path / "pack.npz", pairs)
    first, second = list(read_pack(tmp_path / "pack.npz"))[2].faces
    assert np.abs(first.seen - pairs[2].faces[0].seen).max() < 0.06
    assert np.allclose(first.palette.vector(), decided([BLUE]).vector(), atol=1e-6)
    assert np.allclose(second.palette.vector(), decided([BROWN]).vector(), atol=1e-6)
    assert first.shapes.shape == (len(SHAPES),)


def test_points_are_told_in_pixels_of_the_packed_picture(face: Face) -> None:
    assert np.allclose(pair_face(face, decided([BROWN]), 0.375).seen, face.seen * 0.375)


def test_a_pack_cut_short_leaves_no_file_of_its_name(
    pairs: list[Pair], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_named: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(np, "savez", full)
    with pytest.raises(OSError, match="space"):
        write_pack(tmp_path / "pack.npz", pairs)
    assert not (tmp_path / "pack.npz").exists()


def test_a_damaged_picture_is_said(pairs: list[Pair], tmp_path: Path) -> None:
    path = tmp_path / "pack.npz"
    write_pack(path, pairs)
    with np.load(path) as pack:
        told = {name: pack[name] for name in pack.files}
    told["sources"][:] = 0
    np.savez(path, **told)
    with pytest.raises(ValueError, match="cannot be read"):
        list(read_pack(path))


def test_small_irises_keep_their_colour(tmp_path: Path) -> None:
    drawing = np.full((96, 96, 3), 235, np.uint8)
    cv2.circle(drawing, (48, 48), 4, (40, 90, 200), -1)
    write_pack(tmp_path / "pack.npz", [Pair("eye", drawing, drawing, ())])
    centre = next(read_pack(tmp_path / "pack.npz")).drawing[48, 48].astype(int)
    assert np.abs(centre - (40, 90, 200)).max() < 16
