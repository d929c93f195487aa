"""Checks, before any work, whether a video file can be written where it is wanted."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from engine.errors import SinkError
from engine.video.sinks.unfinished_file import UnfinishedFile

CONTAINERS = {".mp4": "mp4", ".m4v": "mp4", ".mov": "mov", ".mkv": "matroska"}
_DISK_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def check_target(path: Path) -> str:
    """FFmpeg's name of the container for this file; nothing is left behind by the check.

    Raises SinkError with the reason where it cannot be written there, or under that name.
    """
    if not path.name:
        raise SinkError("No file to write is named.", "Give a name, such as film.mp4.")
    try:
        is_folder, has_folder = path.is_dir(), path.parent.is_dir()
        name = _format_of(path) if not is_folder else ""
        target = path.resolve()
    except (OSError, RuntimeError) as error:  # a name too long, a folder that may not be entered
        raise write_error(path, error) from error
    if is_folder:
        raise SinkError("{path} is a folder.", "Give the name of a file.", path=path)
    if not has_folder or not target.parent.is_dir():
        raise SinkError(
            "There is no folder {folder}.",
            "Create it, or choose another one.",
            folder=path.parent if not has_folder else target.parent,
        )
    if _is_special(target):
        raise SinkError(
            "{path} is not an ordinary file.",
            "Give the name of a file, or use virtual-camera as output.",
            path=path,
        )
    if _is_protected(target):
        raise SinkError(
            "{path} is protected against writing.",
            "Choose another name, or allow writing to it.",
            path=path,
        )
    try:
        UnfinishedFile(path).check()
    except OSError as error:
        raise write_error(path, error) from error
    return name


def write_error(path: Path, error: Exception, kept: Path | None = None) -> SinkError:
    """The user's error for what the system reported. kept: where the film so far is."""
    if getattr(error, "errno", None) in _DISK_FULL:
        return _disk_full(path, kept)
    if isinstance(error, PermissionError) and kept is None:
        return SinkError(
            "You are not allowed to write {path}.", "Choose a folder of your own.", path=path
        )
    if getattr(error, "errno", None) == errno.ENAMETOOLONG:
        return SinkError("The name {file} is too long.", "Choose a shorter one.", file=path.name)
    reason = getattr(error, "strerror", None) or error
    if kept is None:
        return SinkError(
            "{path} could not be written: {reason}.",
            "Choose another folder or name.",
            path=path,
            reason=reason,
        )
    return SinkError(
        "{path} could not be written: {reason}.",
        "What was made so far can be played: {kept}",
        path=path,
        reason=reason,
        kept=kept,
    )


def _format_of(path: Path) -> str:
    name = CONTAINERS.get(path.suffix.lower())
    if name is None:
        raise SinkError(
            "{file} is not a video format that can be written.",
            "End the name in {endings}.",
            file=path.name,
            endings=", ".join(CONTAINERS),
        )
    return name


def _is_special(target: Path) -> bool:
    """Whether it is a device, a pipe or the like, which a file must not replace."""
    return target.exists() and not target.is_file()


def _is_protected(target: Path) -> bool:
    """Whether its owner has forbidden writing, which replacing would get round. Administrators
    may write to everything, so the mode is asked as well.
    """
    try:
        mode = target.stat().st_mode
    except OSError:
        return False
    return not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(target, os.W_OK)


def _disk_full(path: Path, kept: Path | None) -> SinkError:
    if kept is None:
        return SinkError(
            "The disk is full: {file} could not be written.",
            "Free some space, or choose a folder on another disk.",
            file=path.name,
        )
    return SinkError(
        "The disk is full: {file} could not be completed.",
        "Free some space. What was made so far can be played: {kept}",
        file=path.name,
        kept=kept,
    )
