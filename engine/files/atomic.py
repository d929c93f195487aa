"""Writes a file whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PARTIAL_SUFFIX = ".partial"


@contextmanager
def written_whole(
    target: Path, *, suffix: str = PARTIAL_SUFFIX, private: bool = False
) -> Iterator[Path]:
    """Yields a path next to `target` to write to, and moves it into place at the end.

    The old `target` stays untouched until then, and for good if the block raises; nothing
    half-written is left behind. The new one has been flushed to the disk before it replaces the
    old one. Two writers of the same file have a path each; the later one wins. The folder is
    created if it is missing. suffix: how the path ends, for writers that infer a format from it.
    private: only its owner may read it, from the first byte on. Raises OSError.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    name = f".{target.name[:100]}-{secrets.token_hex(4)}{suffix}"
    partial = target.with_name(name)
    partial.touch(0o600 if private else 0o666, exist_ok=False)
    try:
        yield partial
        _sync(partial)
        partial.replace(target)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def write_text(target: Path, text: str, *, private: bool = False) -> None:
    """Write a text file in UTF-8, whole or not at all. Raises OSError."""
    with written_whole(target, private=private) as partial:
        partial.write_text(text, encoding="utf-8")


def write_bytes(target: Path, data: bytes, *, private: bool = False) -> None:
    """Write a file, whole or not at all. Raises OSError."""
    with written_whole(target, private=private) as partial:
        partial.write_bytes(data)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
