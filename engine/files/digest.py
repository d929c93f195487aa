"""Digests of files: what is on disk must be what was published."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

BLOCK = 1 << 20


def digest_of(path: Path, like: str = "", on_block: Callable[[int], None] = lambda _: None) -> str:
    """A file's SHA-256, or its git blob id where `like` has that length. Raises OSError.

    on_block is called with the number of bytes after each block; it may raise to stop.
    """
    digest = hashlib.sha256()
    if len(like) == GIT_BLOB_LENGTH:  # how the hub identifies small files; not used for security
        digest = hashlib.sha1(usedforsecurity=False)
        digest.update(b"blob %d\0" % path.stat().st_size)
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
            on_block(len(block))
    return digest.hexdigest()


SHA256_LENGTH, GIT_BLOB_LENGTH = 64, 40
