"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PARTIAL_SUFFIX = ".partial"


@contextmanager
def written_whole(target: Path) -> Iterator[Path]:
    """Gives a path beside `target` to write to, and puts it in its place at the end.

    What was at `target` stays untouched until then, and for good if the block raises; nothing
    half-written is left. What has been put in place is on the disk. Two writers of the same file
    have a path each; the later one wins. The folder is made where it is missing. Raises OSError.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(
        prefix=f".{target.name[:100]}-", suffix=PARTIAL_SUFFIX, dir=target.parent
    )
    os.close(handle)
    partial = Path(name)
    try:
        yield partial
        _sync(partial)
        partial.replace(target)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def write_text(target: Path, text: str) -> None:
    """Write a text file in UTF-8, whole or not at all. Raises OSError."""
    with written_whole(target) as partial:
        partial.write_text(text, encoding="utf-8")


def write_bytes(target: Path, data: bytes) -> None:
    """Write a file, whole or not at all. Raises OSError."""
    with written_whole(target) as partial:
        partial.write_bytes(data)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
