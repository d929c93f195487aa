"""File names that are not taken and not too long; names of strangers made fit to be shown."""

from __future__ import annotations

import os
from itertools import count
from pathlib import Path
from unicodedata import category

LONGEST_NAME = 255
"""Bytes, on every file system in use."""

_DIRECTIONS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def fits_a_line(text: str) -> bool:
    """Whether text holds nothing that breaks a line, turns its direction, or cannot be encoded."""
    return not any(map(_disturbs, text))


def _disturbs(character: str) -> bool:
    return category(character) in {"Cc", "Cs", "Zl", "Zp"} or character in _DIRECTIONS


def shown(text: str, longest: int = 200) -> str:
    """Text of a stranger's in a form that any sentence can hold: it fits a line, and its middle is
    left out where it has more than `longest` characters.
    """
    if len(text) > longest:
        half = longest // 2
        text = f"{text[:half]}…{text[-half:]}"
    return "".join("\N{REPLACEMENT CHARACTER}" if _disturbs(c) else c for c in text)


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
