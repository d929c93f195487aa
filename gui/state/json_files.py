"""Frozen dataclasses as JSON files, those of older versions of the program included."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

import cattrs
from cattrs.gen import make_dict_structure_fn

from engine.files.atomic import write_text
from engine.settings import FORMER_NAMES, LiveSettings

logger = logging.getLogger(__name__)

T = TypeVar("T")

UNREADABLE = (OSError, ValueError, TypeError, RecursionError, cattrs.BaseValidationError)
"""What `parse_json` and reading the file raise, whatever is wrong with it."""


def load_json(path: Path, kind: type[T]) -> T | None:
    """Read a frozen dataclass from a JSON file; None where there is none.

    A file that cannot be understood is renamed to `….broken`.
    """
    try:
        return parse_json(path.read_text(encoding="utf-8"), kind)
    except FileNotFoundError:
        return None
    except UNREADABLE as error:
        logger.warning("%s cannot be read and is set aside: %s", path.name, error)
        _set_aside(path)
        return None


def parse_json(text: str, kind: type[T]) -> T:
    """Read a frozen dataclass from JSON text; fields that it lacks keep their defaults.

    Raises ValueError, TypeError, RecursionError or cattrs' BaseValidationError.
    """
    data = json.loads(text)
    if not isinstance(data, dict):
        raise TypeError(f"expected an object, not {type(data).__name__}")
    return _converter.structure(data, kind)


def save_json(path: Path, value: object) -> None:
    """Write a frozen dataclass as JSON, whole or not at all. Raises OSError."""
    text = json.dumps(_converter.unstructure(value), indent=2, ensure_ascii=False)
    write_text(path, text + "\n")


def _make_converter() -> cattrs.Converter:
    converter = cattrs.Converter()
    live_from = make_dict_structure_fn(LiveSettings, converter)

    def structure(data: Mapping[str, object], kind: type[LiveSettings]) -> LiveSettings:
        renamed = {FORMER_NAMES.get(name, name): value for name, value in data.items()}
        return live_from(renamed, kind)

    converter.register_structure_hook(LiveSettings, structure)
    return converter


_converter = _make_converter()


def _set_aside(path: Path) -> None:
    try:
        path.replace(path.with_name(path.name + ".broken"))
    except OSError:
        logger.exception("%s could not be set aside", path.name)
