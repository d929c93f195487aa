"""File names that are not taken and not too long; names of strangers made fit to be shown."""

from __future__ import annotations

import os
from itertools import count
from pathlib import Path

LONGEST_NAME = 255
"""Bytes, on every file system in use."""


def shown(text: str, longest: int = 200) -> str:
    """Text of a stranger's in a form that any sentence can hold: on one line, printable, and with
    its middle left out where it has more than `longest` characters.
    """
    if len(text) > longest:
        half = longest // 2
        text = f"{text[:half]}…{text[-half:]}"
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def file_name(stem: str, rest: str) -> str:
    """Stem and rest as a file name; the stem is cut where the name would be too long."""
    limit = LONGEST_NAME - len(os.fsencode(rest))
    return os.fsencode(stem)[:limit].decode("utf-8", errors="ignore") + rest


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
