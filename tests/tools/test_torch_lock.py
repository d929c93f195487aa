"""The record of torch's hashes: what is taken from an index's page, and what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import torch_lock
from tools.torch_lock import main, record, wheels_of

NAMES = {
    "torch-2.0.0-cp311-cp311-manylinux_2_28_x86_64.whl": "a" * 64,
    "torch-2.0.0-cp311-cp311-win_amd64.whl": "b" * 64,
    "torch-2.0.0-cp312-cp312-macosx_11_0_arm64.whl": "c" * 64,
}
OTHERS = (
    "torch-2.0.0-cp38-cp38-win_amd64.whl",
    "torch-2.0.0-cp313-cp313t-win_amd64.whl",
    "torch-2.0.0-cp311-cp311-win_arm64.whl",
    "torch-1.9.0-cp311-cp311-win_amd64.whl",
    "torch-2.0.0.tar.gz",
    "torchvision-2.0.0-cp311-cp311-win_amd64.whl",
)
PAGE = "".join(
    f'<a href="https://x.test/{name}#sha256={digest}">{name}</a><br/>\n'
    for name, digest in {**NAMES, **dict.fromkeys(OTHERS, "d" * 64)}.items()
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "torch.txt").write_text("torch==2.0.0\n")
    monkeypatch.setattr(torch_lock, "FOLDER", tmp_path)
    return tmp_path


def test_only_wheels_of_the_version_for_served_systems_are_taken() -> None:
    assert wheels_of(PAGE, "2.0.0") == NAMES


def test_a_local_version_is_found_under_its_escaped_name() -> None:
    page = '<a href="/x/torch-2.0.0%2Bcpu-cp311-cp311-win_amd64.whl#sha256=ab">x</a>'
    assert wheels_of(page, "2.0.0+cpu") == {"torch-2.0.0+cpu-cp311-cp311-win_amd64.whl": "ab"}


def test_a_link_without_a_hash_is_left_out() -> None:
    assert wheels_of('<a href="torch-2.0.0-cp311-cp311-win_amd64.whl">x</a>', "2.0.0") == {}


def test_the_record_is_a_requirement_with_every_hash() -> None:
    lines = record("2.0.0", NAMES).splitlines()
    assert [line for line in lines if line[0] != "#"] == [
        "torch==2.0.0 \\",
        f"    --hash=sha256:{'a' * 64} \\",
        f"    --hash=sha256:{'b' * 64} \\",
        f"    --hash=sha256:{'c' * 64}",
    ]
    assert f"# macOS: {'c' * 64} torch-2.0.0-cp312-cp312-macosx_11_0_arm64.whl" in lines


def test_a_record_of_another_version_fails_the_check(folder: Path) -> None:
    assert main(["check"]) == 1
    (folder / "torch-hashes.txt").write_text(record("2.0.0", NAMES))
    assert main(["check"]) == 0
    (folder / "torch-cpu-hashes.txt").write_text(record("1.9.0+cpu", NAMES))
    assert main(["check"]) == 1


def test_other_words_are_answered_with_the_usage(folder: Path) -> None:
    assert main(["what"]) == 2


def test_the_record_that_ships_is_of_the_pinned_version() -> None:
    assert main(["check"]) == 0
