"""Digests are those that `sha256sum` and git give."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.files.digest import BLOCK, GIT_BLOB_LENGTH, SHA256_LENGTH, digest_of

HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
HELLO_BLOB = "b6fc4c620b67d95f953a5c1c1230aaab5db5a1b0"
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
EMPTY_BLOB = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "file"
    path.write_bytes(b"hello")
    return path


@pytest.mark.parametrize(
    ("content", "sha256", "blob"), [(b"hello", HELLO, HELLO_BLOB), (b"", EMPTY, EMPTY_BLOB)]
)
def test_the_digest_is_of_the_kind_that_is_compared_with(
    file: Path, content: bytes, sha256: str, blob: str
) -> None:
    file.write_bytes(content)
    assert digest_of(file) == digest_of(file, "0" * SHA256_LENGTH) == sha256
    assert digest_of(file, "0" * GIT_BLOB_LENGTH) == blob


def test_every_block_is_reported_as_it_is_read(file: Path) -> None:
    file.write_bytes(b"x" * (2 * BLOCK + 5))
    blocks: list[int] = []
    digest_of(file, on_block=blocks.append)
    assert blocks == [BLOCK, BLOCK, 5]


def test_whoever_hears_of_the_blocks_can_stop_the_reading(file: Path) -> None:
    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        digest_of(file, on_block=stop)


def test_a_file_that_is_gone_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        digest_of(tmp_path / "gone")
