"""Frozen dataclasses from JSON that people may have edited or foreign hosts have sent, and back.

A field's `metadata` may hold two things: `OLD_NAMES`, a tuple of further names under which the
field is read, and `NOT_STORED`, for a field that is neither read nor written.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from types import GenericAlias
from typing import Any, TypeVar, get_args, get_origin

import cattrs
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from engine.errors import EngineError, ModelError
from engine.files.atomic import write_text
from engine.files.names import shown

T = TypeVar("T")

LARGEST_FILE = 1 << 20
"""Bytes. A style or a list of models is a few kilobytes; anything larger is something else."""

LONGEST_REASON = 300
"""Characters of what is wrong with a file, in a sentence."""

LARGEST_INTEGER = 2**63 - 1

OLD_NAMES = "old_names"
NOT_STORED = "not_stored"

_FAULTS = (
    cattrs.BaseValidationError, ValueError, TypeError, AttributeError, RecursionError
)  # fmt: skip
_NAMES_OF_KINDS = {str: "text", int: "a whole number", float: "a number", bool: "true or false"}


def read_json(path: Path, kind: type[T], *, strict: bool = False) -> T:
    """Read a JSON file as a dataclass, or as a mapping or tuple of what JSON can hold.

    strict: refuse unknown fields, which are otherwise ignored. Raises ModelError, which names the
    file, the field and what is wrong with it, and the EngineError of a value's own validation.
    """
    return parse_json(_text_of(path), kind, path.name, strict=strict)


def _text_of(path: Path) -> str:
    """The text of a regular file: reading a pipe would never end, nor would reading a device."""
    try:
        if path.exists() and not path.is_file():
            raise _unreadable(path.name, "it is not a file")
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
        text = content.decode("utf-8-sig")  # editors on Windows put a byte order mark first
    except (OSError, ValueError) as error:
        raise _unreadable(path.name, str(error)) from error
    if len(content) > LARGEST_FILE:
        raise _unreadable(path.name, "it is far too large")
    return text


def parse_json(text: str, kind: type[T], where: str, *, strict: bool = False) -> T:
    """Read JSON text as `read_json` reads a file. where: what an error calls the text."""
    converter = _STRICT if strict else _TOLERANT
    try:
        return converter.structure(json.loads(text, parse_constant=_refuse_constant), kind)
    except (*_FAULTS, EngineError) as error:
        raise _own_error(error) or _unreadable(where, _first_fault(error)) from error


def to_json(value: object) -> str:
    """The JSON text of a dataclass or of what holds dataclasses, with a line break at its end.

    Halves of characters, as in names of files that are not UTF-8, become question marks. Raises
    ValueError for a number that JSON does not have.
    """
    data = _TOLERANT.unstructure(value)
    text = json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8", "replace").decode("utf-8") + "\n"


def write_json(path: Path, value: object) -> None:
    """Write what `read_json` reads, whole or not at all. Raises OSError, ValueError."""
    write_text(path, to_json(value))


def _own_error(error: BaseException) -> EngineError | None:
    """The error that a dataclass itself raised for its values; it has a remedy of its own."""
    if isinstance(error, EngineError):
        return error
    if isinstance(error, BaseExceptionGroup):
        found = (_own_error(inner) for inner in error.exceptions)
        return next((own for own in found if own is not None), None)
    return None


def _first_fault(error: BaseException) -> str:
    """The first thing that is wrong, such as "parts[0].size: a whole number is expected"."""
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    fault, _, place = cattrs.transform_error(error, format_exception=_fault)[0].rpartition(" @ ")
    place = place.removeprefix("$").removeprefix(".")
    return f"{place}: {fault}" if place else fault


def _fault(error: BaseException, kind: type | None) -> str:
    if isinstance(error, KeyError):
        return "it is missing"
    if isinstance(kind, type) and issubclass(kind, Enum):
        return f"one of {', '.join(str(member.value) for member in kind)} is expected"
    if isinstance(error, AttributeError):  # cattrs has asked for the items of a mapping
        return "an object is expected"
    if isinstance(error, cattrs.ForbiddenExtraKeysError):
        return f"unknown fields: {', '.join(sorted(error.extra_fields))}"
    return str(error)


def _unreadable(where: str, reason: str) -> ModelError:
    return ModelError(
        "{where} cannot be read: {reason}.",
        "Repair the file, or remove it and add it again.",
        where=where,
        reason=shown(reason.rstrip("."), LONGEST_REASON),
    )


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is not a number that JSON allows")


def _expect(value: object, kind: type[T]) -> T:
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise TypeError(f"{_NAMES_OF_KINDS[kind]} is expected")
    return value


def _text(value: object, _: type) -> str:
    text = _expect(value, str)
    if any("\ud800" <= character <= "\udfff" or character == "\0" for character in text):
        raise ValueError("it holds characters that cannot be stored")
    return text


def _whole_number(value: object, _: type) -> int:
    number = _expect(value, int)
    if abs(number) > LARGEST_INTEGER:
        raise ValueError("the number is too large")
    return number


def _number(value: object, _: type) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError("a number is expected")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise ValueError("the number is too large")
    return number


def _flag(value: object, _: type) -> bool:
    return _expect(value, bool)


def _structure_dataclass(kind: Any, converter: cattrs.Converter) -> Callable[[Any, Any], Any]:
    """Reads an object into a dataclass, with each field under its own or an older name."""
    structure = make_dict_structure_fn(kind, converter, **_not_stored(kind))
    current = {
        old: field.name for field in fields(kind) for old in field.metadata.get(OLD_NAMES, ())
    }

    def read(data: object, _: object) -> object:
        if not isinstance(data, dict):
            raise TypeError("an object is expected")
        older = {current[name]: value for name, value in data.items() if name in current}
        newer = {name: value for name, value in data.items() if name not in current}
        return structure({**older, **newer}, kind)

    return read


def _unstructure_dataclass(kind: Any, converter: cattrs.Converter) -> Callable[[Any], Any]:
    return make_dict_unstructure_fn(kind, converter, **_not_stored(kind))


def _not_stored(kind: Any) -> dict[str, Any]:
    omitted = override(omit=True)
    return {field.name: omitted for field in fields(kind) if field.metadata.get(NOT_STORED)}


def _is_tuple(kind: Any) -> bool:
    return get_origin(kind) is tuple


def _structure_tuple(kind: Any, converter: cattrs.Converter) -> Callable[[Any, Any], Any]:
    """Reads a list into a tuple of one kind of items. A text is iterable, too, but no list."""
    item, *others = get_args(kind)
    items: Any = GenericAlias(list, item)
    length = None if Ellipsis in others else 1 + len(others)

    def read(data: object, _: object) -> tuple[object, ...]:
        if not isinstance(data, list | tuple):
            raise TypeError("a list is expected")
        if length not in {None, len(data)}:
            raise ValueError(f"{length} items are expected")
        return tuple(converter.structure(data, items))

    return read


def _converter(*, strict: bool) -> cattrs.Converter:
    converter = cattrs.Converter(forbid_extra_keys=strict)
    converter.register_structure_hook(str, _text)
    converter.register_structure_hook(int, _whole_number)
    converter.register_structure_hook(float, _number)
    converter.register_structure_hook(bool, _flag)
    converter.register_structure_hook_factory(_is_tuple, _structure_tuple)
    converter.register_structure_hook_factory(is_dataclass, _structure_dataclass)
    converter.register_unstructure_hook_factory(is_dataclass, _unstructure_dataclass)
    return converter


_TOLERANT, _STRICT = _converter(strict=False), _converter(strict=True)
