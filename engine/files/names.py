"""File names that are not taken and not too long."""

from __future__ import annotations

import os
from itertools import count
from pathlib import Path

LONGEST_NAME = 255
"""Bytes, on every file system in use."""


def file_name(stem: str, rest: str) -> str:
    """Stem and rest as a file name; the stem is cut where the name would be too long."""
    room = LONGEST_NAME - len(os.fsencode(rest))
    return os.fsencode(stem)[:room].decode("utf-8", errors="ignore") + rest


def free_path(folder: Path, stem: str, suffix: str, note: str = "") -> Path:
    """A path in `folder` that is not taken: "stem.mp4", then "stem (2).mp4" and so on; with a
    note "stem (note).mp4", then "stem (note 2).mp4".
    """
    for number in count(1):
        words = " ".join(filter(None, [note, str(number) if number > 1 else ""]))
        path = folder / file_name(stem, f" ({words}){suffix}" if words else suffix)
        if not os.path.lexists(path):
            return path
    raise AssertionError("counting does not end")
