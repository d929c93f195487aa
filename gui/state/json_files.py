"""Frozen dataclasses as JSON files of the window; a broken one is set aside."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TypeVar

from engine.errors import EngineError
from engine.files.json_data import read_json

logger = logging.getLogger(__name__)

T = TypeVar("T")


def load_json(path: Path, kind: type[T]) -> T | None:
    """Read a frozen dataclass from a JSON file; None where there is none.

    A file that cannot be understood is renamed to `….broken`. One that the system does not give,
    for want of open files or because a disk has failed, may be as good as ever: it is left alone.
    Raises OSError for it.
    """
    try:
        return read_json(path, kind)
    except EngineError as error:
        if isinstance(error.__cause__, FileNotFoundError):
            return None
        if isinstance(error.__cause__, OSError):
            raise error.__cause__ from error
        logger.warning("a settings file cannot be read and is set aside: %s", error)
        _set_aside(path)
        return None


def _set_aside(path: Path) -> None:
    try:
        path.replace(path.with_name(path.name + ".broken"))
    except OSError:
        logger.exception("a settings file could not be set aside")
