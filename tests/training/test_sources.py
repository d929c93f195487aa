"""The pictures that training starts from: which are kept from it, and how they are cut."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.random import default_rng

from tests.engine.video.clips import grey, greys, write_clip
from training import sources, stills
from training.pictures import write_sheet
from training.sources import HELD_OUT_CLIPS, HELD_OUT_FACES, at_height, read_clip, read_picture
from training.stills import SIDE, crop, crops_of, open_shards, pasted, write_shard
from training.teachers import TEACHERS


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with portraits, clips and wallpapers, as the training's own has them."""
    monkeypatch.setattr(sources, "DATA", tmp_path)
    monkeypatch.setattr(sources, "WALLPAPERS", tmp_path / "wallpapers")
    for name in ("faces", "clips", "wallpapers"):
        (tmp_path / name).mkdir()
    for name in ("001", HELD_OUT_FACES[0], "002"):
        write_sheet(tmp_path / "faces" / f"{name}.jpg", [[grey(90)]])
    for name in ("walk", HELD_OUT_CLIPS[0]):
        write_clip(tmp_path / "clips" / f"{name}.mkv", greys(3))
    return tmp_path


def wallpaper(data: Path, name: str, side: int) -> None:
    noise = default_rng(0).integers(0, 255, (side, side, 3), dtype=np.uint8)
    write_sheet(data / "wallpapers" / name, [[noise]])


def names(paths: list[Path]) -> list[str]:
    return [path.stem for path in paths]


@pytest.mark.usefixtures("data")
def test_what_is_held_out_is_in_no_other_list() -> None:
    assert names(sources.face_paths(held_out=False)) == ["001", "002"]
    assert names(sources.face_paths(held_out=True)) == [HELD_OUT_FACES[0]]
    assert names(sources.clip_paths(held_out=False)) == ["walk"]
    assert names(sources.clip_paths(held_out=True)) == [HELD_OUT_CLIPS[0]]


def test_screenshots_and_thumbnails_are_no_wallpapers(data: Path) -> None:
    wallpaper(data, "hills.png", 256)
    wallpaper(data, "screenshot.png", 256)
    wallpaper(data, "small.png", 32)
    assert names(sources.wallpaper_paths()) == ["hills"]


def test_stills_name_what_they_show(data: Path) -> None:
    wallpaper(data, "hills.png", 256)
    kinds = [(still.kind, still.name.partition("-")[0]) for still in sources.stills()]
    assert kinds[:2] == [("face", "001"), ("face", "002")]
    assert kinds[2:14] == [("clip", "walk")] * sources.CLIP_FRAMES
    assert kinds[14:] == [("wallpaper", "hills")]


def test_the_stills_held_out_have_no_wallpapers(data: Path) -> None:
    wallpaper(data, "hills.png", 256)
    assert {still.kind for still in sources.stills(held_out=True)} == {"face", "clip"}


def test_a_picture_is_read_as_red_green_and_blue(tmp_path: Path) -> None:
    red = np.zeros((8, 8, 3), np.uint8)
    red[..., 0] = 255
    write_sheet(tmp_path / "red.png", [[red]])
    assert np.array_equal(read_picture(tmp_path / "red.png"), red)


def test_a_file_that_is_no_picture_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text.jpg").write_text("hello")
    with pytest.raises(ValueError, match="is not a readable picture"):
        read_picture(tmp_path / "text.jpg")


def test_a_clip_gives_all_its_frames_in_order(tmp_path: Path) -> None:
    frames = read_clip(write_clip(tmp_path / "clip.mp4", greys(5)))
    levels = [int(frame.mean()) for frame in frames]
    assert len(frames) == 5
    assert levels == sorted(levels)


def test_an_empty_clip_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.mp4").touch()
    with pytest.raises(ValueError, match="has no frames"):
        read_clip(tmp_path / "empty.mp4")


def test_a_picture_keeps_its_shape_at_another_height() -> None:
    assert at_height(grey(10, 96, 64), 32).shape == (32, 48, 3)


def test_packages_that_are_there_are_not_fetched_again(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *others = sources.WALLPAPER_PACKAGES
    for package in others:
        (data / "wallpapers" / f"x_{package}").mkdir()
    (data / "wallpapers" / f"{first}_1.0_all.deb").touch()
    ran: list[list[str]] = []
    monkeypatch.setattr("training.sources.subprocess.run", lambda command, **_: ran.append(command))
    sources.fetch_wallpapers()
    assert [command[0] for command in ran] == ["apt-get", "dpkg-deb"]
    assert ran[0][-1] == first


def test_rows_of_pictures_become_one_sheet(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "sheet.png"
    write_sheet(path, [[grey(10), grey(20)], [grey(30), grey(40)]])
    sheet = read_picture(path)
    assert sheet.shape == (128, 192, 3)
    assert [int(sheet[y, x, 0]) for y in (10, 100) for x in (10, 150)] == [10, 20, 30, 40]


def test_a_sheet_that_cannot_be_written_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cv2, "imwrite", lambda *_: False)
    with pytest.raises(OSError, match="could not write"):
        write_sheet(tmp_path / "sheet.png", [[grey(1)]])


@pytest.mark.parametrize(("width", "height"), [(800, 600), (384, 384), (200, 500), (90, 90)])
def test_a_cut_always_has_the_same_size(width: int, height: int) -> None:
    cut = crop(grey(7, width, height), 1.0, default_rng(0))
    assert cut.shape == (SIDE, SIDE, 3)
    assert (cut == 7).all()


def test_a_cut_is_a_part_of_its_picture() -> None:
    picture = default_rng(0).integers(0, 255, (SIDE + 6, SIDE, 3), dtype=np.uint8)
    cut = crop(picture, 1.0, default_rng(1))
    assert any(np.array_equal(cut, picture[top : top + SIDE]) for top in range(7))


def test_a_small_portrait_stands_at_the_bottom_in_front_of_the_ground() -> None:
    result = pasted(grey(200, 500, 500), grey(20, SIDE, SIDE), default_rng(0))
    assert (result[:80] == 20).all()
    assert (result[-1] == 200).any()
    assert result.shape == (SIDE, SIDE, 3)


@pytest.mark.parametrize(("kind", "count"), [("face", 1), ("clip", 1), ("wallpaper", 2)])
def test_a_wallpaper_gives_two_crops_and_all_else_one(kind: str, count: int) -> None:
    still = sources.TrainingImage(kind, "one", grey(9, 700, 700))
    crops = list(crops_of(still, default_rng(0)))
    assert [crop.shape for crop in crops] == [(SIDE, SIDE, 3)] * count


@pytest.mark.usefixtures("data")
def test_crops_come_in_the_order_that_the_seed_gives() -> None:
    one, same, other = ([crop.tobytes() for crop in stills.all_crops(seed)] for seed in (1, 1, 2))
    assert one == same != other


def test_a_shard_holds_each_crop_and_all_its_styles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stills, "TEACHERS", TEACHERS[:2])
    monkeypatch.setattr(cv2, "setNumThreads", lambda _: None)
    crops = [grey(60, SIDE, SIDE), grey(90, SIDE, SIDE)]
    write_shard((tmp_path / "train-000.npy", crops))
    (shard,) = open_shards(tmp_path)
    assert shard.shape == (2, 3, SIDE, SIDE, 3)
    assert np.array_equal(shard[1, 0], crops[1])
    assert np.array_equal(shard[1, 2], TEACHERS[1](crops[1]))


def test_without_shards_it_is_said_what_to_do(tmp_path: Path) -> None:
    np.save(tmp_path / "held-out.npy", np.zeros(1))
    with pytest.raises(FileNotFoundError, match="make them first"):
        open_shards(tmp_path)
