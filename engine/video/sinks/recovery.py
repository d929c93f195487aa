"""Finds what a killed program left unfinished, and gives it a finished name."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import av
from av.container import InputContainer

from engine.files.locking import try_lock
from engine.files.names import free_path
from engine.video.sinks.metadata import MADE_BY, is_ours
from engine.video.sinks.unfinished_file import stem_of_unfinished

logger = logging.getLogger(__name__)

_LONGEST_HEADER = 1 << 16
"""Bytes. More than what a muxer writes before the first picture."""


def recover_unfinished(folder: Path, *, spare: Iterable[Path] = ()) -> list[Path]:
    """Rename what this program left unfinished in `folder` to "clip (recovered).mp4"; gives the
    new paths. Files without a decodable picture are removed.

    Only files are touched that bear the name of an unfinished file, say in their metadata that
    this program made them, were never completed, and that no living process is writing. spare:
    files to leave alone, such as the input of a run.
    """
    kept = {path.resolve() for path in spare}
    recovered = []
    for path in _candidates(folder):
        if path.resolve() in kept:
            continue
        try:
            new = _recover(path)
        except OSError as error:
            logger.warning("an unfinished file cannot be recovered: %s", error.strerror)
            continue
        if new is not None:
            recovered.append(new)
    return recovered


def has_picture(path: Path) -> bool:
    """Whether at least one picture of a video file can be decoded."""
    found = _examine(path)
    return found is not None and found.has_picture


@dataclass(frozen=True, slots=True)
class _Contents:
    """The content of an unfinished file. complete: the muxer was done; only the name is missing."""

    ours: bool
    complete: bool
    has_picture: bool


def _candidates(folder: Path) -> list[Path]:
    try:
        found = sorted(folder.iterdir())
    except OSError:
        return []
    return [
        path
        for path in found
        if stem_of_unfinished(path) is not None and path.is_file() and not path.is_symlink()
    ]


def _recover(path: Path) -> Path | None:
    """The new path of a leftover; None for a file that is not one, or that was empty."""
    handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        if not try_lock(handle) or not os.path.samestat(os.fstat(handle), path.stat()):
            return None
        found = _examine(path)
        if found is None or not found.ours or found.complete:
            return None
        os.fsync(handle)
    finally:
        os.close(handle)
    if not found.has_picture:
        path.unlink(missing_ok=True)
        return None
    new = free_path(path.parent, stem_of_unfinished(path) or path.stem, path.suffix, "recovered")
    path.rename(new)
    return new


def _examine(path: Path) -> _Contents | None:
    """None for what cannot be opened as a video."""
    try:
        with path.open("rb") as file, av.open(file, "r") as container:
            video = next(iter(container.streams.video), None)
            if "matroska" in container.format.name:
                complete = container.duration is not None
            else:
                complete = video is not None and video.frames > 0
            return _Contents(is_ours(container.metadata), complete, _decodes(container))
    except (av.FFmpegError, OSError, ValueError):
        return _Contents(ours=True, complete=False, has_picture=False) if _is_header(path) else None


def _is_header(path: Path) -> bool:
    """Whether a file, which cannot be opened as a video, is the mere beginning of one of ours."""
    try:
        return path.stat().st_size <= _LONGEST_HEADER and MADE_BY.encode() in path.read_bytes()
    except OSError:
        return False


def _decodes(container: InputContainer) -> bool:
    try:
        return next(container.decode(video=0), None) is not None
    except (av.FFmpegError, OSError, IndexError):
        return False
