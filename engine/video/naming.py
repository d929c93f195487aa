"""File names for recordings and snapshots."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from pathlib import Path


def fresh_path(folder: Path, suffix: str, *, at: datetime | None = None) -> Path:
    """A path in `folder` that is not taken, named after the moment; suffix: ".mp4", ".png"."""
    stem = (at or datetime.now().astimezone()).strftime("Live2Diff %Y-%m-%d %H.%M.%S")
    path = folder / f"{stem}{suffix}"
    for number in count(2):
        if not path.exists():
            break
        path = folder / f"{stem} ({number}){suffix}"
    return path
