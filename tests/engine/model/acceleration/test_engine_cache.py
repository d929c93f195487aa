"""Compiled networks on the disk: written whole, looked through before they are given."""

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.model.acceleration.engine_cache import INDEX, EngineCache


def writing(content: bytes) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_bytes(content)

    return write


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "engines"


def test_what_was_kept_is_found_by_its_key_alone(place: Path) -> None:
    path = EngineCache(place).add("a", writing(b"engine"))
    assert path.read_bytes() == b"engine"
    assert EngineCache(place).find("a") == path
    assert EngineCache(place).find("b") is None


@pytest.mark.skipif(os.name != "posix", reason="other systems keep such rights elsewhere")
def test_the_folder_is_its_owners_alone(place: Path) -> None:
    EngineCache(place).add("a", writing(b"engine"))
    assert stat.S_IMODE(place.stat().st_mode) == 0o700


@pytest.mark.parametrize("content", [b"enginE", b"engine and more", b""])
def test_a_file_that_was_changed_is_deleted_unopened(place: Path, content: bytes) -> None:
    folder = EngineCache(place)
    path = folder.add("a", writing(b"engine"))
    path.write_bytes(content)
    assert folder.find("a") is None
    assert not path.exists()
    assert folder.find("a") is None


def test_a_file_that_this_program_did_not_write_is_never_given(place: Path) -> None:
    folder = EngineCache(place)
    folder.add("a", writing(b"engine"))
    (place / "b.ep").write_bytes(b"from elsewhere")
    assert folder.find("b") is None


@pytest.mark.parametrize(
    "index", ["{", '{"engines": [{"name": "../a.ep"}]}', '{"engines": 3}'], ids=str
)
def test_a_broken_index_counts_as_none(place: Path, index: str) -> None:
    folder = EngineCache(place)
    folder.add("a", writing(b"engine"))
    (place / INDEX).write_text(index)
    assert folder.find("a") is None
    assert folder.add("a", writing(b"anew")).read_bytes() == b"anew"


def test_the_index_cannot_name_a_file_elsewhere(place: Path) -> None:
    folder = EngineCache(place)
    folder.add("a", writing(b"engine"))
    (place.parent / "outside.ep").write_bytes(b"engine")
    content = json.loads((place / INDEX).read_text())
    content["engines"][0]["name"] = "../outside.ep"
    (place / INDEX).write_text(json.dumps(content))
    assert folder.find("../outside") is None
    assert (place.parent / "outside.ep").exists()


def test_work_that_ends_in_the_middle_leaves_nothing_to_be_found(place: Path) -> None:
    def broken(path: Path) -> None:
        path.write_bytes(b"half")
        raise OSError("disk full")

    folder = EngineCache(place)
    with pytest.raises(OSError, match="full"):
        folder.add("a", broken)
    assert folder.find("a") is None
    assert list(place.iterdir()) == []


def test_what_a_killed_program_left_is_swept_away(place: Path) -> None:
    folder = EngineCache(place)
    folder.add("a", writing(b"engine"))
    for name, age in (("partial-b.ep", 0), ("partial-c.ep", 1)):
        (place / name).write_bytes(b"half")
        os.utime(place / name, (age, age) if age else None)
    folder.add("d", writing(b"engine"))
    names = {path.name for path in place.iterdir()}
    assert names == {INDEX, "a.ep", "d.ep", "partial-b.ep"}


def test_the_oldest_make_room_for_the_newest(place: Path) -> None:
    folder = EngineCache(place, largest=12)
    for key in "abc":
        folder.add(key, writing(b"engine"))
    assert [folder.find(key) is not None for key in "abc"] == [False, True, True]
    folder.add("large", writing(b"larger than everything"))
    assert folder.find("large") is not None
    assert len(list(place.glob("*.ep"))) == 1
