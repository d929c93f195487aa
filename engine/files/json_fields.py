"""Reads JSON data field by field, so that a broken file is refused with the field's name."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from engine.errors import ModelError

T = TypeVar("T")
LARGEST_FILE = 1 << 20
"""Bytes. A style or a list of models is a few kilobytes; anything larger is something else."""


class Fields:
    """One JSON object of a file. Every reader raises ModelError naming the file and the field."""

    def __init__(self, data: object, where: str) -> None:
        if not isinstance(data, dict):
            raise _broken(where, "an object was expected")
        self._data: Mapping[str, object] = data
        self.where = where

    def text(self, name: str, default: str | None = None) -> str:
        """A string; required where no default is given."""
        return self._read(name, str, default)

    def whole(self, name: str, default: int | None = None) -> int:
        """A whole number; required where no default is given."""
        return self._read(name, int, default)

    def number(self, name: str, default: float | None = None) -> float:
        """A number; required where no default is given."""
        value = self._data.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise _broken(self.where, f"{name!r} must be a number")
        return float(value)

    def flag(self, name: str, default: bool) -> bool:
        """True or false."""
        return self._read(name, bool, default)

    def maybe_whole(self, name: str) -> int | None:
        """A whole number, or None where the field is missing."""
        return self.whole(name) if name in self._data else None

    def wholes(self, name: str) -> tuple[int, ...]:
        """A list of whole numbers; empty where the field is missing."""
        return tuple(self._items(name, int))

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of strings; empty where the field is missing."""
        return tuple(self._items(name, str))

    def objects(self, name: str) -> Iterator[Fields]:
        """A list of objects; empty where the field is missing."""
        return (Fields(item, f"{self.where}, {name}") for item in self._items(name, dict))

    def object(self, name: str) -> Fields:
        """An object; required."""
        return Fields(self._data.get(name), f"{self.where}, {name}")

    def _read(self, name: str, kind: type[T], default: T | None) -> T:
        value = self._data.get(name, default)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise _broken(self.where, f"{name!r} must be of the kind {kind.__name__}")
        return value

    def _items(self, name: str, kind: type[T]) -> list[T]:
        value = self._data.get(name, [])
        if not isinstance(value, list) or not all(type(item) is kind for item in value):
            raise _broken(self.where, f"{name!r} must be a list of the kind {kind.__name__}")
        return value


def read_fields(path: Path) -> Fields:
    """The object that a JSON file holds. Raises ModelError where it holds none."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise _broken(path.name, "it is far too large")
        return Fields(json.loads(path.read_text(encoding="utf-8")), path.name)
    except (OSError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise _broken(path.name, str(error)) from error


def _broken(where: str, reason: str) -> ModelError:
    return ModelError(
        "{where} cannot be read: {reason}.",
        "Mend the file, or take it out and add it again.",
        where=where,
        reason=reason,
    )
